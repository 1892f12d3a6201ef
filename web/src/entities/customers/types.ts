/** A customer as everybody may see him: masked. */
export interface CustomerCard {
  id: number
  name: string
  kind: string
  star: number | null
  phone: string
  organisation_name?: string
  account_number?: string
  language?: string
}
export interface ContactPoint {
  kind: string
  value: string
  verified: boolean
  preferred: boolean
}
export interface CustomerDetail extends CustomerCard {
  contact_points: ContactPoint[]
}
export interface TimelineEntry {
  id: number
  at: string
  kind: string
  channel: string
  subject: string
  subject_id: number
  line_zh: string
  line_en: string
}
export interface NewCustomer {
  name: string
  kind: string
  phone: string
}
