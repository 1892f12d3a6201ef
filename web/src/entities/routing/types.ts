export type PresenceState = 'ready' | 'not_ready' | 'acw' | 'break' | 'training' | 'meeting' | 'offline'
export interface Presence {
  state: PresenceState
  reason: string
  since: string
}
export interface QueueFigure {
  code: string
  name: string
  waiting: number
  longest_wait_seconds: number
  agents: number
}
export interface Offer {
  work_item_id: number
  conversation_id: string
  customer: { name: string; phone: string; star: number | null } | null
  queue: { code: string; name: string }
  topic: string
  first_message: string
  waited_seconds: number
  requested_at: string
  offered_at: string
  expires_at: string
}
