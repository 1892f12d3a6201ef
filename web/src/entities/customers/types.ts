/** A customer as everybody may see him: masked. */
export interface CustomerCard {
  id: number
  name: string
  phone: string
  kind: string
  star: number | null
  /** 政企 key customer and the like: a colleague with the permission serves him. */
  key: boolean
  elderly: boolean
  language: string
  account_number: string
}
export interface ContactPoint {
  id: number
  kind: string
  value: string
  verified: boolean
  preferred: boolean
  signs_in: boolean
}
export interface CustomerDetail extends CustomerCard {
  age: number | null
  registered_at: string
  contacts: ContactPoint[]
  consents: Record<string, boolean>
  has_pin: boolean
  version: number
}
export interface TimelineEntry {
  id: number
  at: string
  kind: string
  channel: string
  subject: string
  subject_id: number
  text: string
}
export interface NewCustomer {
  name: string
  phone: string
  kind: string
  email: string
}
/** Personal data in full, for some seconds and on record. */
export interface Revealed {
  name: string
  birth_date: string | null
  account_number: string
  contacts: Record<string, string>
  seconds: number
}
