import type { CalendarContent, LadderContent, PolicyContent, RuleKind, Spell } from '@/entities/sla/rules'

const DAY: Spell[] = [
  ['09:00', '12:00'],
  ['13:00', '18:00'],
]
const name = { zh: '', en: '' }

const policy = (): PolicyContent => ({
  name: { ...name },
  metric: 'handling',
  conditions: { kind: ['fault'] },
  allowance: { seconds: 86_400, working_seconds: null, working_days: null },
  calendar: '',
  ladder: 'standard',
  pauses: [{ reason: 'customer', limit_hours: 240 }],
})
const calendar = (): CalendarContent => ({
  name: { ...name },
  week: Array.from({ length: 7 }, (_, day) => (day < 5 ? structuredClone(DAY) : [])),
  public_holidays: true,
  days: [],
})
const ladder = (): LadderContent => ({
  name: { ...name },
  quiet: ['21:00', '08:00'],
  steps: [
    { percent: 50, to: ['handler'], any_hour: false },
    { percent: 80, to: ['handler', 'owner'], any_hour: false },
    { percent: 100, to: ['owner', 'duty_leader'], any_hour: false },
  ],
})

/** What a new rule begins with. */
export const blankOf = (kind: RuleKind): PolicyContent | CalendarContent | LadderContent =>
  ({ policy, calendar, ladder })[kind]()

export type Measure = 'hours' | 'working_hours' | 'working_days'
type Allowance = PolicyContent['allowance']

export const measureOf = (given: Allowance): Measure =>
  given.working_days !== null ? 'working_days' : given.working_seconds !== null ? 'working_hours' : 'hours'

export type Unit = 'hours' | 'minutes'
const SIZES: Record<Unit, number> = { hours: 3600, minutes: 60 }
const secondsOf = (given: Allowance): number => given.working_seconds ?? given.seconds ?? 0

/** What is no whole number of hours is told in minutes. */
export const unitOf = (given: Allowance): Unit => (secondsOf(given) % SIZES.hours ? 'minutes' : 'hours')

export const amountOf = (given: Allowance, unit: Unit): number =>
  given.working_days ?? Math.round((secondsOf(given) / SIZES[unit]) * 100) / 100

export const allowanceOf = (measure: Measure, amount: number, unit: Unit): Allowance => ({
  seconds: measure === 'hours' ? Math.round(amount * SIZES[unit]) : null,
  working_seconds: measure === 'working_hours' ? Math.round(amount * SIZES[unit]) : null,
  working_days: measure === 'working_days' ? Math.round(amount) : null,
})
