import type { FileOut } from '@/api/generated'
import type { StoredFile } from '@/api/upload'
import type { FilledForm } from '../forms'
import type { Person, WaitsOn } from '../responsibility/types'
import type { Clock } from '../sla/types'

export type TicketKind = 'enquiry' | 'fault' | 'complaint' | 'suggestion'
export type Urgency = 'normal' | 'urgent' | 'critical'
export type TicketState =
  'acknowledged' | 'inProgress' | 'pending' | 'held' | 'resolved' | 'closed' | 'cancelled' | 'rejected'
export type TicketBox = 'mine' | 'owned' | 'queue' | 'all'
export type ContactChannel = 'phone' | 'sms' | 'email' | 'chat' | 'visit' | 'message'
export type ContactOutcome = 'awaiting' | 'reached' | 'no_answer' | 'failed'

export interface TicketPerson extends Person {
  organisation_name: string
  active: boolean
}
/** The customer of a ticket, masked. */
export interface TicketCustomer {
  id: number
  name: string
  phone: string
  kind: string
  star: number | null
  key: boolean
  elderly: boolean
}
export interface TicketClock extends Clock {
  met_at: string | null
  breached_at: string | null
  paused_at: string | null
  pause_ends_at: string | null
}
export interface TicketRow {
  number: string
  kind: TicketKind
  title: string
  state: TicketState
  urgency: Urgency
  version: number
  category: { code: string; name_zh: string; name_en: string }
  queue_code: string
  customer: TicketCustomer | null
  owner: TicketPerson | null
  handler: TicketPerson | null
  /** Who was asked to take it over and has not said yes or no. */
  offered_to: TicketPerson | null
  waits_on: WaitsOn | ''
  next_contact_at: string | null
  /** The promise that must be met first; null when none is open. */
  clock: TicketClock | null
  opened_at: string
  reopened_count: number
  escalated_at: string | null
  closed_reason: string
}
export interface JourneyStep {
  key: 'access' | 'acceptance' | 'handling' | 'delivery' | 'follow_up'
  at: string | null
  done: boolean
  current: boolean
}
export interface ContactAttempt {
  at: string
  channel: ContactChannel
  outcome: ContactOutcome
  agreed: boolean | null
  note: string
}
export interface Ticket extends TicketRow {
  description: string
  area: Area
  channel: string
  category_path_zh: string[]
  category_path_en: string[]
  queue: { code: string; name: string }
  /** The conversation it came from. */
  conversation: string | null
  journey: JourneyStep[]
  clocks: TicketClock[]
  question: string
  answer: string
  waiting_since: string | null
  urged_at: string | null
  closed_at: string | null
  linked_to: string | null
  links: string[]
  attempts: ContactAttempt[]
  compensation: Compensation | null
  answers: TicketAnswers | null
  can: string[]
}
export interface TicketFile extends StoredFile {
  actor_name: string
  by_customer: boolean
  visible_to_customer: boolean
}
export interface TicketEntry {
  id: number
  at: string
  kind: string
  actor: string
  actor_name: string
  text_zh: string
  text_en: string
  body: string
  visible_to_customer: boolean
}
export interface Category {
  code: string
  parent: string | null
  level: number
  name_zh: string
  name_en: string
  super_class: string
  business: string
  leaf: boolean
}
/** A node of the tree as a cascader wants it. */
export type CategoryNode = {
  value: string
  label: string
  children?: CategoryNode[]
}
export interface KindPolicy {
  kind: TicketKind
  limits: { metric: string; zh: string; en: string }[]
  attempts_required: number
  default_category: string
}
/** Where the trouble is, when that is known: time limits may depend on it. */
export type Area = '' | 'urban' | 'rural'
/** A file handed in with an answer; its link is made for the reader and expires. */
export type AnswerFile = FileOut
/** An answered question, as a person reads it. */
export interface TicketAnswer {
  name: string
  kind: string
  label_zh: string
  label_en: string
  zh: string
  en: string
  files: AnswerFile[]
}
export interface TicketAnswers {
  form: string
  number: number
  title_zh: string
  title_en: string
  filled_at: string
  lines: TicketAnswer[]
}
/** A compensation asked for, and how it stands. */
export interface Compensation {
  id: number
  amount_fen: number
  state: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'expired'
  reason: string
  requested_by_name: string
  requested_at: string
  expires_at: string
  decided_by_name: string
  remark: string
}
export interface NewTicket {
  kind: TicketKind
  category: string
  title: string
  description: string
  urgency: Urgency
  area: Area
  /** Uploaded files that come with it. */
  files?: string[]
  form?: FilledForm | undefined
}
