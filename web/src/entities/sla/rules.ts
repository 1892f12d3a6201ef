import { useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { DeadlinesOut, DeadlineExplainedOut, RuleOut, TimeWordsOut } from '@/api/generated'
import type { Query } from '@/api/http'
import { api } from '@/api/staff'

export type RuleKind = 'policy' | 'calendar' | 'ladder'
export type Rule = RuleOut
export type Explained = DeadlineExplainedOut
export type TimeWords = TimeWordsOut
export type Both = { zh: string; en: string }
export type Spell = [string, string]

export interface PolicyContent {
  name: Both
  metric: string
  conditions: Record<string, string[]>
  allowance: { seconds: number | null; working_seconds: number | null; working_days: number | null }
  calendar: string
  ladder: string
  pauses: { reason: string; limit_hours: number | null }[]
}
export interface CalendarContent {
  name: Both
  week: Spell[][]
  public_holidays: boolean
  days: { day: string; name: string; periods: Spell[] }[]
}
export interface LadderContent {
  name: Both
  quiet: Spell | null
  steps: { percent: number; to: string[]; any_hour: boolean }[]
}

export const useTimeRules = (kind: MaybeRefOrGetter<RuleKind>, wanted: MaybeRefOrGetter<boolean> = true) =>
  useQuery({
    queryKey: computed(() => ['sla', 'rules', toValue(kind)]),
    queryFn: ({ signal }) =>
      api.get<{ items: Rule[] }>(`/time-rules/${toValue(kind)}`, { signal }).then((f) => f.items),
    enabled: () => toValue(wanted),
  })

export const useTimeWords = () =>
  useQuery({
    queryKey: ['sla', 'words'],
    queryFn: ({ signal }) => api.get<TimeWords>('/time-words', { signal }),
    staleTime: Infinity,
  })

/** What a matter would be promised, and why. */
export const useDeadlinePreview = (wanted: MaybeRefOrGetter<Query>) =>
  useQuery({
    queryKey: computed(() => ['sla', 'rules', 'preview', toValue(wanted)]),
    queryFn: ({ signal }) =>
      api.get<DeadlinesOut>('/deadline-preview', { query: toValue(wanted), signal }).then((found) => found.items),
    placeholderData: (before) => before,
  })
