import { clock, numberOf } from '@/i18n/format'

export type Unit = 'count' | 'seconds' | 'percent' | 'score'

/** A figure as people read it: seconds as a clock, shares with one decimal, counts with separators; none is a dash. */
export const shown = (value: number | null | undefined, unit: Unit): string => {
  if (value === null || value === undefined) return '—'
  if (unit === 'seconds') return clock(value)
  if (unit === 'percent') return value.toFixed(1)
  return unit === 'score' ? value.toFixed(2) : numberOf(Math.round(value))
}
/** The same with its unit. */
export const written = (value: number | null | undefined, unit: Unit): string =>
  `${shown(value, unit)}${unit === 'percent' && typeof value === 'number' ? '%' : ''}`
