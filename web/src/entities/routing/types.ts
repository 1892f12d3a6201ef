import type { CustomerCard } from '../customers/types'

export type PresenceState = 'ready' | 'not_ready' | 'acw' | 'break' | 'training' | 'meeting' | 'offline'
export interface SlotUse {
  medium: string
  total: number
  offered: number
  busy: number
  wrap_up: number
}
export interface Presence {
  state: PresenceState
  reason: string
  since: string | null
  slots: SlotUse[]
}
export interface OwnQueue {
  code: string
  name: string
  paused: boolean
  waiting: number
  longest_wait_seconds: number | null
  agents: number
  /** Percent answered in time today; nothing when nothing came. */
  service_level: number | null
}
export interface Topic {
  code: string
  zh: string
  en: string
  queue_code: string
}
export interface Offer {
  work_item_id: number
  subject: string
  conversation: string | null
  medium: string
  queue: { code: string; name: string }
  klass: string
  topic: string
  customer: CustomerCard | null
  last_message: { seq: number; author_kind: string; body: string; sent_at: string } | null
  requested_at: string
  waited_seconds: number
  expires_at: string
}
