import { computed, ref } from 'vue'
import type { MovedOut, OutcomeOut, TrialOut } from '@/api/generated'
import { api } from '@/api/staff'
import type { Content } from './definitions'

export type Outcome = OutcomeOut
export type Moved = MovedOut
export interface TrialLine {
  code: string
  name: string
  real: Outcome
  now: Outcome
  changed: Outcome
}
/** What people would be able to handle then: all skills of whoever is named, by his number inside. */
export type Abilities = Record<number, Record<string, number>>
const NOTHING: Outcome = {
  ...{ offered: 0, answered: 0, abandoned: 0, moved_on: 0, turned_away: 0 },
  ...{ mean_wait: 0, p95_wait: 0, within_15: 0 },
}

/** The sum of two days: counts add up, means weigh by those answered; a percentile of two days is none. */
export const added = (a: Outcome, b: Outcome): Outcome => {
  const answered = a.answered + b.answered
  const mean = (name: 'mean_wait' | 'within_15'): number =>
    answered ? (a[name] * a.answered + b[name] * b.answered) / answered : 0
  return {
    offered: a.offered + b.offered,
    answered,
    abandoned: a.abandoned + b.abandoned,
    moved_on: a.moved_on + b.moved_on,
    turned_away: a.turned_away + b.turned_away,
    mean_wait: mean('mean_wait'),
    p95_wait: Math.max(a.p95_wait, b.p95_wait),
    within_15: mean('within_15'),
  }
}

/** The days from one to another, both inside. */
export const daysBetween = (from: string, until: string): string[] => {
  const days: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(until); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

/** Replays days one after another under changed rules of a queue; nothing is published. */
export const useTrial = () => {
  const lines = ref<TrialLine[]>([])
  const moved = ref<Moved[]>([])
  const movedCount = ref(0)
  const done = ref(0)
  const whole = ref(0)
  const error = ref<unknown>(null)
  let stopped = false

  const add = (trial: TrialOut): void => {
    for (const { queue_code: code, queue_name: name, ...day } of trial.lines) {
      let line = lines.value.find((one) => one.code === code)
      if (!line) {
        lines.value.push({ code, name, real: NOTHING, now: NOTHING, changed: NOTHING })
        line = lines.value.at(-1)
      }
      if (line)
        Object.assign(line, {
          real: added(line.real, day.real),
          now: added(line.now, day.now),
          changed: added(line.changed, day.changed),
        })
    }
    movedCount.value += trial.moved_count
    moved.value = [...moved.value, ...trial.moved].slice(0, 100)
  }
  const run = async (queue: string, days: readonly string[], content: Content, skills: Abilities): Promise<void> => {
    lines.value = []
    moved.value = []
    movedCount.value = done.value = 0
    whole.value = days.length
    error.value = null
    stopped = false
    try {
      for (const day of days) {
        if (stopped) break
        add(await api.post<TrialOut>(`/queues/${queue}/what-if`, { day, content, skills }))
        done.value += 1
      }
    } catch (wrong) {
      error.value = wrong
    }
    whole.value = done.value
  }
  const stop = (): void => {
    stopped = true
  }
  return { lines, moved, movedCount, done, whole, error, running: computed(() => done.value < whole.value), run, stop }
}
