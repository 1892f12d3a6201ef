const DAY = 86_400_000
const BEIJING = 8 * 3_600_000
/** Names of periods that people ask for. */
export const PERIODS = { today: [0, 0], yesterday: [1, 1], week: [6, 0], month: [29, 0] } as const
export type Period = keyof typeof PERIODS

/** The day in Beijing, wherever the screen stands: days of figures begin there. */
const dayOf = (at: number): string => new Date(at + BEIJING).toISOString().slice(0, 10)

/** The days of a named period, from now. */
export const daysOf = (period: Period, now: number): { since: string; until: string } => {
  const [first, last] = PERIODS[period]
  return { since: dayOf(now - first * DAY), until: dayOf(now - last * DAY) }
}
