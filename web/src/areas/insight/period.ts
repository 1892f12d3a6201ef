import { dateOf } from '@/i18n/format'

const DAY = 86_400_000
/** Names of periods that people ask for. */
export const PERIODS = { today: [0, 0], yesterday: [1, 1], week: [6, 0], month: [29, 0] } as const
export type Period = keyof typeof PERIODS

/** The days of a named period, from now. */
export const daysOf = (period: Period, now: number): { since: string; until: string } => {
  const [first, last] = PERIODS[period]
  return { since: dateOf(now - first * DAY), until: dateOf(now - last * DAY) }
}
