import type { CustomerCard } from '../customers/types'
import type { Person } from '../responsibility/types'
import type { Clock } from '../sla/types'

export type Box = 'active' | 'follow_up' | 'ended'
export interface InboxItem {
  id: string
  medium: string
  topic: string
  state: string
  customer: CustomerCard | null
  last_message: string
  last_author_kind: string
  last_at: string
  unread: number
  opened_at: string
  clocks: Clock[]
}
export interface Inbox {
  items: InboxItem[]
  counts: Record<Box, number>
}
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
  number: string
  kind: string
  title: string
  state: string
  owner: Person | null
  handler: Person | null
  clocks: Clock[]
}
export interface Conversation {
  id: string
  medium: string
  topic: string
  state: 'open' | 'ended' | 'closed'
  queue: { code: string; name: string }
  customer: CustomerCard | null
  opened_at: string
  answered_at: string | null
  ended_at: string | null
  waited_seconds: number | null
  owner: Person | null
  handler: Person | null
  messages: Message[]
  service_record: ServiceRecord
  draft: string
  clocks: Clock[]
  tickets: OpenTicket[]
}
export interface Reasons {
  reasons: { code: string; zh: string; en: string; children?: Reasons['reasons'] }[]
  handlings: { code: string; zh: string; en: string }[]
}
