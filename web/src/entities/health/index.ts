import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { FailedJobOut, StuckDeliveryOut, SystemOut } from '@/api/generated'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'

export type System = SystemOut
export type StuckDelivery = StuckDeliveryOut
export type FailedJob = FailedJobOut

const REFRESH_MS = 5_000

/** The state of processes, jobs, deliveries, storage and certificates; read again every few seconds while shown. */
export const useSystem = () =>
  useQuery({
    queryKey: ['health', 'system'],
    queryFn: ({ signal }) => api.get<System>('/system', { signal }),
    refetchInterval: REFRESH_MS,
  })

const useStuck = <Row>(name: string, path: string) =>
  useInfiniteQuery({
    queryKey: ['health', name],
    queryFn: ({ pageParam, signal }) => api.get<Page<Row>>(path, { query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: REFRESH_MS,
  })
export const useStuckDeliveries = () => useStuck<StuckDelivery>('deliveries', '/system/deliveries')
export const useFailedJobs = () => useStuck<FailedJob>('jobs', '/system/jobs')

/** Try again what hangs. */
export const useRetry = (kind: 'deliveries' | 'jobs') => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => api.post(`/system/${kind}/${id}/retry`),
    onSettled: () => client.invalidateQueries({ queryKey: ['health'] }),
  })
}
