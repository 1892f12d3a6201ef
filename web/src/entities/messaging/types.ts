import type { CustomerCard } from '../customers/types'
import type { Person } from '../responsibility/types'
import type { Clock } from '../sla/types'

export type Box = 'active' | 'follow_up' | 'ended'
export interface Excerpt {
  seq: number
  author_kind: string
  body: string
  sent_at: string
}
export interface InboxItem {
  id: string
  medium: string
  topic: string
  state: string
  queue_code: string
  customer: CustomerCard | null
  last_message: Excerpt | null
  awaits_reply: boolean
  has_draft: boolean
  opened_at: string
  answered_at: string | null
  ended_at: string | null
  clock: Clock | null
}
export type Inbox = Record<Box, number> & { items: InboxItem[] }
export interface Message {
  seq: number
  author_kind: 'customer' | 'staff' | 'system'
  author_name: string
  body: string
  sent_at: string
}
export interface ServiceRecord {
  reason: string
  handling: string
  note: string
  version: number
  saved_at: string | null
}
export interface OpenTicket {
  id: number
  number: string
  kind: string
  title: string
  state: string
  urgency: string
  opened_at: string
  due_at: string | null
  late: boolean
  owner: Person | null
}
export interface Recent {
  at: string
  kind: string
  channel: string
  line_zh: string
  line_en: string
}
export interface Conversation {
  id: string
  medium: string
  direction: string
  topic: string
  state: 'open' | 'ended' | 'closed'
  queue: { code: string; name: string }
  customer: CustomerCard | null
  recent: Recent[]
  opened_at: string
  answered_at: string | null
  ended_at: string | null
  ended_by: string | null
  waited_seconds: number
  owner: Person | null
  handler: Person | null
  /** Whether the reader is the one who writes here. */
  mine: boolean
  messages: Message[]
  service_record: ServiceRecord
  draft: string
  clocks: Clock[]
  tickets: OpenTicket[]
}
export interface Reasons {
  /** A tree of two levels; those with a parent can be chosen. */
  reasons: { code: string; parent: string | null; zh: string; en: string }[]
  handlings: { code: string; zh: string; en: string }[]
}
