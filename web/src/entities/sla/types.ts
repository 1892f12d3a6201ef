import type { ClockOut } from '@/api/generated'

export type ClockState = 'running' | 'late' | 'paused' | 'met' | 'breached' | 'cancelled'

/** One promise of time about a subject; its state is a ClockState. */
export type Clock = ClockOut
