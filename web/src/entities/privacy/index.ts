import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type {
  DataRequestOut,
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

export const useDecide = () =>
  useHoldChange(({ id, verb, body }: { id: number; verb: 'grant' | 'correct' | 'refuse'; body: object }) =>
    api.post<DataRequest>(`/data-requests/${id}/${verb}`, body),
  )
