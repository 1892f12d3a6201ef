import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'
import type { TicketRow } from '../tickets/types'
import type { CustomerCard, CustomerDetail, NewCustomer, Revealed, TimelineEntry } from './types'

export type * from './types'

export const useCustomerSearch = (
  q: MaybeRefOrGetter<string>,
  enabled: () => boolean = () => true,
  sort: MaybeRefOrGetter<string> = 'newest',
) =>
  useInfiniteQuery({
    queryKey: computed(() => ['customers', 'search', toValue(q), toValue(sort)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<CustomerCard>>('/customers', {
        query: { q: toValue(q), sort: toValue(sort), cursor: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled,
  })

export const useCustomer = (id: MaybeRefOrGetter<number | null | undefined>) =>
  useQuery({
    queryKey: computed(() => ['customers', 'detail', toValue(id)]),
    queryFn: ({ signal }) => api.get<CustomerDetail>(`/customers/${toValue(id)}`, { signal }),
    enabled: () => Boolean(toValue(id)),
  })

export const useCustomerTimeline = (id: MaybeRefOrGetter<number | null | undefined>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['customers', 'timeline', toValue(id)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TimelineEntry>>(`/customers/${toValue(id)}/timeline`, { query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: () => Boolean(toValue(id)),
  })

export const useCustomerTickets = (id: MaybeRefOrGetter<number | null | undefined>) =>
  useQuery({
    queryKey: computed(() => ['customers', 'tickets', toValue(id)]),
    queryFn: ({ signal }) => api.get<Page<TicketRow>>(`/customers/${toValue(id)}/tickets`, { signal }),
    enabled: () => Boolean(toValue(id)),
  })

export const useRegisterCustomer = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: NewCustomer) => api.post<CustomerDetail>('/customers', given),
    onSuccess: () => client.invalidateQueries({ queryKey: ['customers', 'search'] }),
  })
}

/** Show personal data in full for a reason; the look is on record. */
export const useReveal = (id: MaybeRefOrGetter<number>) =>
  useMutation({ mutationFn: (reason: string) => api.post<Revealed>(`/customers/${toValue(id)}/reveal`, { reason }) })
