import type { MeOut, OrganisationOut, PermissionOut, RoleIn, RoleOut, RolePatchIn, SetUpIn, StaffIn, StaffOut, StaffPatchIn } from '@/api/generated'

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
