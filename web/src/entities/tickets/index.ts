import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { Query } from '@/api/http'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'
import type { Category, Ticket, TicketEntry, TicketRow } from './types'

export type * from './types'

export const useTicketList = (filter: MaybeRefOrGetter<Query>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['tickets', 'list', toValue(filter)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TicketRow>>('/tickets', { query: { ...toValue(filter), cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

/** A ticket with the tag of its version: a change must say from which version it was made. */
export const useTicket = (number: MaybeRefOrGetter<string | undefined>) =>
  useQuery({
    queryKey: computed(() => ['tickets', 'detail', toValue(number)]),
    queryFn: ({ signal }) => api.tagged<Ticket>(`/tickets/${toValue(number)}`, { signal }),
    enabled: () => Boolean(toValue(number)),
  })

export const useTicketTimeline = (number: MaybeRefOrGetter<string | undefined>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['tickets', 'timeline', toValue(number)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TicketEntry>>(`/tickets/${toValue(number)}/timeline`, { query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: () => Boolean(toValue(number)),
  })

export const useCategories = () =>
  useQuery({
    queryKey: ['ticket-categories'],
    queryFn: ({ signal }) => api.get<Category[]>('/ticket-categories', { signal }),
    staleTime: Infinity,
  })

export interface TicketCommand {
  /** take, notes, assign, hand-over, accept-hand-over, decline-hand-over, wait, hold, resume, resolve, … */
  verb: string
  body?: Record<string, unknown>
  etag?: string
}

/** Do something to a ticket; afterwards everything shown about it is read again. */
export const useTicketCommand = (number: MaybeRefOrGetter<string>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ verb, body, etag }: TicketCommand) =>
      api.post<Ticket>(`/tickets/${toValue(number)}/${verb}`, body ?? {}, etag ? { ifMatch: etag } : {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['tickets'] }),
  })
}
