import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import type {
  AssessmentLineOut,
  AssessmentsDueOut,
  DataRequestIn,
  DataRequestOut,
  ErasureForecastOut,
  LegalHoldIn,
  HoldOut,
  RefusalReasonsOut,
  RegisterLineOut,
  RegisterOut,
  RetentionLineOut,
  RetentionOut,
} from '@/api/generated'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'

export type RegisterLine = RegisterLineOut
export type RetentionLine = RetentionLineOut
export type Hold = HoldOut
export type NewHold = LegalHoldIn
export type DataRequest = DataRequestOut

/** The processing register, as the rooms declare it. */
export const useRegister = () =>
  useQuery({
    queryKey: ['privacy', 'register'],
    queryFn: async ({ signal }) => (await api.get<RegisterOut>('/privacy/register', { signal })).items,
    staleTime: Infinity,
  })

/** What the retention engine would take now. */
export const useRetention = () =>
  useQuery({
    queryKey: ['privacy', 'retention'],
    queryFn: async ({ signal }) => (await api.get<RetentionOut>('/privacy/retention', { signal })).items,
    refetchInterval: 60_000,
  })

/** Keep one kind of data for so many days. */
export const useSetPeriod = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ code, ...given }: { code: string; days: number; reason: string }) =>
      api.put(`/privacy/retention/${code}`, given),
    onSuccess: () => client.invalidateQueries({ queryKey: ['privacy'] }),
  })
}

export const useHolds = () =>
  useInfiniteQuery({
    queryKey: ['privacy', 'holds'],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Hold>>('/privacy/holds', { query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

const useHoldChange = <V>(change: (given: V) => Promise<unknown>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ['privacy'] }),
  })
}
export const usePlaceHold = () => useHoldChange((given: NewHold) => api.post<Hold>('/privacy/holds', given))
export const useLiftHold = () =>
  useHoldChange(({ id, reason }: { id: number; reason: string }) => api.post(`/privacy/holds/${id}/lift`, { reason }))

/** What customers asked about their data, newest first. */
export const useDataRequests = () =>
  useInfiniteQuery({
    queryKey: ['privacy', 'requests'],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<DataRequest>>('/data-requests', { query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  })

export const useRefusalReasons = () =>
  useQuery({
    queryKey: ['privacy', 'reasons'],
    queryFn: async ({ signal }) => (await api.get<RefusalReasonsOut>('/data-requests/reasons', { signal })).items,
    staleTime: Infinity,
  })

export const useRegisterRequest = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: DataRequestIn) => api.post<DataRequest>('/data-requests', given),
    onSuccess: () => client.invalidateQueries({ queryKey: ['privacy'] }),
  })
}

/** What an erasure would take and what the law has us keep; none without a number. */
export const useForecast = (id: () => number) =>
  useQuery({
    queryKey: computed(() => ['privacy', 'forecast', id()]),
    queryFn: ({ signal }) => api.get<ErasureForecastOut>(`/data-requests/${id()}/forecast`, { signal }),
    enabled: () => id() > 0,
  })

export const useDecide = () =>
  useHoldChange(({ id, verb, body }: { id: number; verb: 'grant' | 'correct' | 'refuse'; body: object }) =>
    api.post<DataRequest>(`/data-requests/${id}/${verb}`, body),
  )

/** What an assessment says, as it is kept under versions. */
export interface AssessmentContent {
  activities: string[]
  grounds: string[]
  lawfulness: string
  impact: string
  measures: string
  risk: string
  conclusion: string
  consulted: string
}
export const BLANK_ASSESSMENT: AssessmentContent = {
  activities: [],
  grounds: [],
  lawfulness: '',
  impact: '',
  measures: '',
  risk: '',
  conclusion: '',
  consulted: '',
}

/** Impact assessments, what changed last first. */
export const useAssessments = (q: Ref<string>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['versions', 'assessments', q.value]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<AssessmentLineOut>>('/assessments', { query: { q: q.value, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

/** What the law wants assessed and no assessment in force covers. */
export const useAssessmentsDue = () =>
  useQuery({
    queryKey: ['versions', 'assessments-due'],
    queryFn: async ({ signal }) => (await api.get<AssessmentsDueOut>('/assessments/due', { signal })).items,
  })
