import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type {
  DeadlinesOut,
  DeadlineExplainedOut,
  RuleOut,
  TimeWordsOut,
  VersionComparisonOut,
  VersionOut,
  VersionRowOut,
} from '@/api/generated'
import type { Query } from '@/api/http'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'

export type RuleKind = 'policy' | 'calendar' | 'ladder'
export type Rule = RuleOut
export type Explained = DeadlineExplainedOut
export type TimeWords = TimeWordsOut
export type RuleVersion = VersionOut
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

const MINUTE = 60_000

export const useTimeRules = (kind: MaybeRefOrGetter<RuleKind>) =>
  useQuery({
    queryKey: computed(() => ['sla', 'rules', toValue(kind)]),
    queryFn: ({ signal }) =>
      api.get<{ items: Rule[] }>(`/time-rules/${toValue(kind)}`, { signal }).then((f) => f.items),
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

/** One version with what may be done to it now; none without a number. */
export const useRuleVersion = (id: MaybeRefOrGetter<number | undefined>) =>
  useQuery({
    queryKey: computed(() => ['sla', 'rules', 'version', toValue(id)]),
    queryFn: ({ signal }) => api.get<RuleVersion>(`/versions/${toValue(id)}`, { signal }),
    enabled: () => toValue(id) !== undefined,
  })

export const useComparison = (id: MaybeRefOrGetter<number | undefined>) =>
  useQuery({
    queryKey: computed(() => ['sla', 'rules', 'compare', toValue(id)]),
    queryFn: ({ signal }) => api.get<VersionComparisonOut>(`/versions/${toValue(id)}/compare`, { signal }),
    enabled: () => toValue(id) !== undefined,
  })

export const useRuleHistory = (kind: MaybeRefOrGetter<RuleKind>, key: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => ['sla', 'rules', 'history', toValue(kind), toValue(key)]),
    queryFn: ({ signal }) =>
      api
        .get<Page<VersionRowOut>>('/versions', { query: { kind: `sla.${toValue(kind)}`, key: toValue(key) }, signal })
        .then((page) => page.items.toSorted((a, b) => b.number - a.number)),
    staleTime: MINUTE,
  })

const useRuleChange = <V, R>(change: (given: V) => Promise<R>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: ['sla', 'rules'] }),
  })
}

export interface Written {
  kind: RuleKind
  key: string
  title: string
  content: object
  note: string
  /** The draft that is changed; without one a new version begins. */
  draft?: RuleVersion | undefined
}

/** Begin a version, or change the one being written. */
export const useWriteRule = () =>
  useRuleChange(({ kind, key, draft, ...said }: Written) =>
    draft
      ? api.patch<RuleVersion>(`/versions/${draft.id}`, said, { ifMatch: `"${draft.revision}"` })
      : api.post<RuleVersion>('/versions', { kind: `sla.${kind}`, key, ...said }),
  )

export type Step = 'submit' | 'publish' | 'send-back' | 'retire' | 'roll-back' | 'discard'

/** Take a version one step on: to review, into force, back, out of force. */
export const useStepVersion = () =>
  useRuleChange(({ version, step, body = {} }: { version: RuleVersion; step: Step; body?: object }) => {
    const options = { ifMatch: `"${version.revision}"` }
    if (step === 'discard') return api.delete(`/versions/${version.id}`, options)
    return api.post(`/versions/${version.id}/${step}`, step === 'submit' ? undefined : body, options)
  })
