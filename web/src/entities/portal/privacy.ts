import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { type MaybeRefOrGetter, toValue } from 'vue'
import type { MyDataRequestIn, MyDataRequestOut, MyDataRequestsOut } from '@/api/generated'
import { portalApi } from '@/api/portal'

export type MyDataRequest = MyDataRequestOut
export type NewDataRequest = MyDataRequestIn
export const DATA_KINDS = ['access', 'correct', 'restrict', 'erase'] as const

const KEY = ['portal', 'data-requests']
const REFRESH_MS = 30_000

/** What I asked about my data; the address of a copy is good for ten minutes, so it is read anew now and then. */
export const useDataRequests = (enabled: MaybeRefOrGetter<boolean>) => {
  const client = useQueryClient()
  const requests = useQuery({
    queryKey: KEY,
    queryFn: async () => (await portalApi.get<MyDataRequestsOut>('/data-requests')).items,
    enabled: () => toValue(enabled),
    refetchInterval: REFRESH_MS,
  })
  const ask = useMutation({
    mutationFn: (given: NewDataRequest) => portalApi.post<MyDataRequestsOut>('/data-requests', given),
    onSuccess: () => client.invalidateQueries({ queryKey: ['portal'] }),
  })
  return { requests, ask }
}
