import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { HoldIn, HoldOut, RegisterLineOut, RegisterOut, RetentionLineOut, RetentionOut } from '@/api/generated'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'

export type RegisterLine = RegisterLineOut
export type RetentionLine = RetentionLineOut
export type Hold = HoldOut
export type NewHold = HoldIn

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
