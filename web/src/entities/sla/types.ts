export type ClockState = 'running' | 'late' | 'paused' | 'met' | 'breached' | 'cancelled'

/** One promise of time about a subject. */
export interface Clock {
  metric: string
  started_at: string
  due_at: string
  allowance_seconds: number
  state: ClockState
}
