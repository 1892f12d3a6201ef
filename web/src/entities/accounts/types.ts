import type { MeOut, OrganisationOut, RoleOut, SetUpIn, StaffIn, StaffOut, StaffPatchIn } from '@/api/generated'

export type Me = MeOut
export type Staff = StaffOut
export type NewStaff = StaffIn
export type StaffChange = StaffPatchIn
export type Organisation = OrganisationOut
export type Role = RoleOut
export type SetUp = SetUpIn
export type LanguageCode = 'zh-CN' | 'en'
export type ThemeCode = 'system' | 'light' | 'dark'
