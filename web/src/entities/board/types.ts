import type { Person } from '../responsibility/types'

export type Unit = 'count' | 'seconds' | 'percent'
/** One number, what it means, and how many rows its list has. */
export interface Figure {
  key: string
  value: number | null
  unit: Unit
  count: number
  target: number | null
  /** Of how many it is a part: ports installed, trunks set up. */
  of: number | null
  list: string
  zh: string
  en: string
  definition_zh: string
  definition_en: string
}
export interface BoardQueue {
  code: string
  name: string
  paused: boolean
  waiting: number
  offered: number
  in_service: number
  wrap_up: number
  longest_wait_seconds: number | null
  agents_ready: number
  agents_free: number
  service_level: number | null
  abandon_rate: number | null
  handling_seconds: number | null
}
export interface BoardSlot {
  medium: string
  total: number
  offered: number
  busy: number
  wrap_up: number
}
export interface BoardAgent {
  id: number
  number: string
  name: string
  organisation_name: string
  state: string
  reason: string
  since: string
  slots: BoardSlot[]
  skills: Record<string, number>
  barred: string[]
}
export interface Board {
  as_of: string
  figures: Figure[]
  queues: BoardQueue[]
  agents: BoardAgent[]
  promise: { lost: number; doubled: number; ownerless: number; holds: boolean }
}
/** One thing that a figure counts. */
export interface BoardRow {
  id: number
  kind: string
  reference: string
  queue_code: string
  staff: Person | null
  state: string
  at: string
  seconds: number | null
  in_time: boolean | null
}
