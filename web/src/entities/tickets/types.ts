import type { CustomerCard } from '../customers/types'
import type { Person, WaitsOn } from '../responsibility/types'
import type { Clock } from '../sla/types'

export type TicketKind = 'enquiry' | 'fault' | 'complaint' | 'suggestion'
export type Urgency = 'normal' | 'urgent' | 'critical'
export type TicketState =
  'acknowledged' | 'inProgress' | 'pending' | 'held' | 'resolved' | 'closed' | 'cancelled' | 'rejected'

export interface TicketRow {
  number: string
  kind: TicketKind
  title: string
  state: TicketState
  urgency: Urgency
  customer: CustomerCard | null
  owner: Person | null
  handler: Person | null
  waits_on: WaitsOn | null
  next_contact_at: string | null
  opened_at: string
  clocks: Clock[]
}
export interface Ticket extends TicketRow {
  category: { code: string; path: string[] } | null
  description: string
  queue: { code: string; name: string } | null
  organisation_name: string
  answer: string
  offered_to: Person | null
  reopened_count: number
  closed_reason: string | null
  conversation_id: string | null
  taken_at: string | null
  resolved_at: string | null
  confirmed_at: string | null
  closed_at: string | null
  can: string[]
}
export interface TicketEntry {
  id: number
  at: string
  kind: string
  actor: string
  text: string
  body: string
  visible_to_customer: boolean
}
export interface Category {
  code: string
  zh: string
  en: string
  kind?: TicketKind | null
  children: Category[]
}
export interface NewTicket {
  kind: TicketKind
  category: string
  title: string
  description: string
  urgency: Urgency
}
