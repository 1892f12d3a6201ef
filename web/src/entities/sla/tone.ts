import type { Clock } from './types'

export type SlaTone = 'ok' | 'wa' | 'ba' | 'ne'
export const WARN_SHARE = 80

/** One rule for every countdown: below 80 % fine, from there near its limit, at 100 % over; paused is neutral. */
export const toneOf = (share: number, paused = false): SlaTone => {
  if (paused) return 'ne'
  if (share >= 100) return 'ba'
  return share >= WARN_SHARE ? 'wa' : 'ok'
}

export interface Reading {
  /** How much of the allowance is used, in percent; may exceed 100. */
  share: number
  /** Seconds until it is due; negative when over. */
  left: number
  tone: SlaTone
  over: boolean
}

/** Read a clock at a moment. The due time moves when a clock was paused, so what is left is counted back from it. */
export const read = (clock: Clock, now: number): Reading => {
  const left = (Date.parse(clock.due_at) - now) / 1000
  const allowance = Math.max(1, clock.allowance_seconds)
  const share = Math.max(0, ((allowance - left) / allowance) * 100)
  return { share, left, tone: toneOf(share, clock.state === 'paused'), over: left < 0 }
}

/** The running clock that is due first: the one a list shows. */
export const mostUrgent = (clocks: readonly Clock[]): Clock | undefined =>
  clocks
    .filter((clock) => clock.state === 'running' || clock.state === 'late' || clock.state === 'paused')
    .toSorted(
      (a, b) => Number(a.state === 'paused') - Number(b.state === 'paused') || a.due_at.localeCompare(b.due_at),
    )[0]
