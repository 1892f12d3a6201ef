import type {
  EnrolmentOut,
  MeOut,
  OrganisationOut,
  PermissionOut,
  QualificationKindIn,
  QualificationKindOut,
  QualificationOut,
  RoleIn,
  RoleOut,
  RolePatchIn,
  SecondFactorOut,
  SecurityLogLineOut,
  SecurityPolicyOut,
  SessionOut,
  SetUpIn,
  StaffIn,
  StaffOut,
  StaffPatchIn,
  TokenIn,
  TokenOut,
} from '@/api/generated'

export type Me = MeOut
export type Staff = StaffOut
export type NewStaff = StaffIn
export type StaffChange = StaffPatchIn
export type Organisation = OrganisationOut
export type Role = RoleOut
export type SetUp = SetUpIn
export type LanguageCode = 'zh-CN' | 'en'
export type ThemeCode = 'system' | 'light' | 'dark'
export type Permission = PermissionOut
export type NewRole = RoleIn
export type RoleChange = Partial<RolePatchIn>
export type DataScope = NonNullable<StaffIn['scope']>
export type Enrolment = EnrolmentOut
export type FactorState = SecondFactorOut
export type SecurityPolicy = SecurityPolicyOut
export type Session = Omit<SessionOut, 'method'> & { method: 'password' | 'totp' | 'recovery' | 'oidc' | 'set-up' }
export type Token = TokenOut
export type NewToken = TokenIn
export type QualificationState = 'valid' | 'expiring' | 'expired'
export type Qualification = Omit<QualificationOut, 'state'> & { state: QualificationState }
export type QualificationKind = QualificationKindOut
export type NewKind = QualificationKindIn
export type LogLine = SecurityLogLineOut
