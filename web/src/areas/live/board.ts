import type { BoardAgent, BoardQueue, Figure } from '@/entities/board'
import { clock, numberOf } from '@/i18n/format'
import type { Tone } from '@/ui/tones'

/** The large figures, in order; the rest stands in the small strip. */
export const LARGE = [
  'service_level',
  'waiting',
  'agents_on_duty',
  'offered',
  'handling_time',
  'abandon_rate',
  'satisfaction',
]
/** The promise has its own tile. */
export const FAULTS = ['lost', 'doubled', 'ownerless'] as const
/** A figure that stands under another one. */
export const BESIDE: Record<string, string> = {
  waiting: 'longest_wait',
  offered: 'answered',
  abandon_rate: 'abandoned',
  handling_time: 'asa',
}

export const split = (figures: readonly Figure[]): { large: Figure[]; small: Figure[] } => {
  const large = LARGE.flatMap((key) => figures.find((figure) => figure.key === key) ?? [])
  const small = figures.filter(({ key }) => !LARGE.includes(key) && !(FAULTS as readonly string[]).includes(key))
  return { large, small }
}

/** What a list shows: the things behind a number, of one queue or of all; how many there are, where that is told. */
export interface Wanted {
  key: string
  queue: string
  title: string
  meaning: string
  count: number | null
}

/** A value as people read it; seconds as a clock, shares with one decimal, counts with separators. */
export const shown = (value: number | null, unit: Figure['unit']): string => {
  if (value === null) return '—'
  if (unit === 'seconds') return clock(value)
  return unit === 'percent' ? value.toFixed(1) : numberOf(Math.round(value))
}
export const unitOf = (figure: Figure): string => (figure.unit === 'percent' && figure.value !== null ? '%' : '')

const ABANDON_LIMIT = 5
const WAIT_LIMIT_SECONDS = 60
const FULL_FROM = 0.9

/** Colour only for state: near its target amber, missed red, else plain. */
export const figureTone = (figure: Figure): Tone | null => {
  if (figure.value === null) return null
  if (figure.key === 'overdue_tickets') return figure.value > 0 ? 'ba' : 'ok'
  if (figure.key === 'longest_wait') return figure.value > WAIT_LIMIT_SECONDS ? 'ba' : null
  if (figure.key === 'abandon_rate') return figure.value > ABANDON_LIMIT ? 'wa' : 'ok'
  if (figure.key === 'ports_in_use' && figure.of !== null)
    return figure.of && figure.value <= figure.of * FULL_FROM ? 'ok' : 'ba'
  if (figure.key === 'trunks_up' && figure.of) return figure.value < figure.of ? 'ba' : 'ok'
  if (figure.key === 'calls_refused') return figure.value > 0 ? 'ba' : 'ok'
  if (figure.target === null) return null
  if (figure.value >= figure.target) return 'ok'
  return figure.value >= figure.target * 0.9 ? 'wa' : 'ba'
}

/** A queue by its target: what its dot and bar say. */
export const levelTone = (level: number | null, target: number | null): Tone => {
  if (level === null || target === null) return 'ne'
  if (level >= target) return 'ok'
  return level >= target * 0.9 ? 'wa' : 'ba'
}
export const waitsLong = (queue: BoardQueue): boolean => (queue.longest_wait_seconds ?? 0) > WAIT_LIMIT_SECONDS

export interface Doing {
  /** Key of the word. */
  state: string
  color: string
  busy: number
  total: number
}

const COLORS: Record<string, string> = {
  ready: 'var(--st-ready)',
  ring: 'var(--st-ring)',
  talk: 'var(--st-talk)',
  acw: 'var(--st-acw)',
  break: 'var(--st-break)',
  training: 'var(--st-train)',
  meeting: 'var(--st-train)',
}
export const colorOf = (state: string): string => COLORS[state] ?? 'var(--st-off)'

/** What a seat does: presence says what it wants, slots say what it has. */
export const doing = (agent: BoardAgent): Doing => {
  const sum = (pick: (slot: BoardAgent['slots'][number]) => number): number =>
    agent.slots.reduce((all, slot) => all + pick(slot), 0)
  const busy = sum((slot) => slot.busy)
  const state =
    agent.state !== 'ready'
      ? agent.state
      : sum((slot) => slot.offered)
        ? 'ring'
        : busy
          ? 'talk'
          : sum((slot) => slot.wrap_up)
            ? 'acw'
            : 'ready'
  return { state, color: colorOf(state), busy, total: sum((slot) => slot.total) }
}

/** Those on duty, how many do what, in the order of the legend. */
export const tally = (agents: readonly BoardAgent[]): { state: string; n: number }[] => {
  const counts = new Map<string, number>()
  for (const agent of agents) {
    const { state } = doing(agent)
    counts.set(state, (counts.get(state) ?? 0) + 1)
  }
  const order = [...Object.keys(COLORS), 'not_ready']
  return order.flatMap((state) => (counts.has(state) ? [{ state, n: counts.get(state) ?? 0 }] : []))
}
export const onDuty = (agents: readonly BoardAgent[]): BoardAgent[] =>
  agents.filter((agent) => agent.state !== 'offline')
