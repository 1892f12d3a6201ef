import type { Person } from '../responsibility/types'

export type LanguageCode = 'zh-CN' | 'en'
export type ThemeCode = 'system' | 'light' | 'dark'

export interface Operator {
  name: string
  access_code: string
  demo: boolean
}
export interface Me extends Person {
  organisation_id: number
  organisation_name: string
  roles: string[]
  permissions: string[]
  language: string
  theme: string
  business: string
  operator: Operator
}
export interface Staff extends Person {
  organisation_id: number
  organisation_name: string
  roles: string[]
  email: string
  business: string
  active: boolean
}
export interface NewStaff {
  number: string
  name: string
  password: string
  organisation_id: number
  roles: string[]
  email: string
}
export interface StaffChange {
  name?: string
  email?: string
  roles?: string[]
  organisation_id?: number
  active?: boolean
  covered_by?: number
}
export interface Organisation {
  id: number
  parent_id: number | null
  level: string
  name: string
}
export interface Role {
  code: string
  zh: string
  en: string
  permissions: string[]
}
export interface SetUp {
  token: string
  organisation: string
  number: string
  name: string
  password: string
}
