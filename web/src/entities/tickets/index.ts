import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { TicketCountsOut, TicketDeadlinesOut } from '@/api/generated'
import type { Query } from '@/api/http'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'
import type { Category, KindPolicy, NewTicket, Ticket, TicketEntry, TicketFile, TicketRow } from './types'

export type * from './types'
export { useCategoryTree } from './categories'

export const useTicketList = (filter: MaybeRefOrGetter<Query>, enabled: () => boolean = () => true) =>
  useInfiniteQuery({
    queryKey: computed(() => ['tickets', 'list', toValue(filter)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TicketRow>>('/tickets', { query: { ...toValue(filter), cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
    enabled,
  })

const LINKS_LIVE = 8 * 60_000

/** How many open tickets each of one's own boxes holds. */
export const useBoxCounts = () =>
  useQuery({
    queryKey: ['tickets', 'counts'],
    queryFn: ({ signal }) => api.get<TicketCountsOut>('/ticket-counts', { signal }),
    staleTime: 2000,
  })

export const ticketKey = (number: string): string[] => ['tickets', 'detail', number]

export const useTicket = (number: MaybeRefOrGetter<string | undefined>) =>
  useQuery({
    queryKey: computed(() => ticketKey(toValue(number) ?? '')),
    queryFn: ({ signal }) => api.get<Ticket>(`/tickets/${toValue(number)}`, { signal }),
    enabled: () => Boolean(toValue(number)),
  })

export const useTicketTimeline = (number: MaybeRefOrGetter<string | undefined>) =>
  useQuery({
    queryKey: computed(() => ['tickets', 'timeline', toValue(number)]),
    queryFn: ({ signal }) =>
      api
        .get<{ items: TicketEntry[] }>(`/tickets/${toValue(number)}/timeline`, { signal })
        .then((found) => found.items),
    enabled: () => Boolean(toValue(number)),
  })

/** The files of a ticket. Their links live ten minutes, so they are read again before that. */
export const useTicketFiles = (number: MaybeRefOrGetter<string | undefined>) =>
  useQuery({
    queryKey: computed(() => ['tickets', 'files', toValue(number)]),
    queryFn: ({ signal }) =>
      api.get<{ items: TicketFile[] }>(`/tickets/${toValue(number)}/files`, { signal }).then((found) => found.items),
    enabled: () => Boolean(toValue(number)),
    staleTime: LINKS_LIVE,
    refetchInterval: LINKS_LIVE,
  })

export const useAddTicketFiles = (number: MaybeRefOrGetter<string>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: { files: string[]; visible_to_customer: boolean }) =>
      api.post<Ticket>(`/tickets/${toValue(number)}/files`, given),
    onSettled: () => client.invalidateQueries({ queryKey: ['tickets'] }),
  })
}

/** How each promise of time came about, step by step; asked again with each version of the ticket. */
export const useTicketDeadlines = (number: MaybeRefOrGetter<string>, version: MaybeRefOrGetter<number>) =>
  useQuery({
    queryKey: computed(() => ['tickets', 'deadlines', toValue(number), toValue(version)]),
    queryFn: ({ signal }) =>
      api.get<TicketDeadlinesOut>(`/tickets/${toValue(number)}/deadlines`, { signal }).then((found) => found.items),
    placeholderData: (before) => before,
  })

export const useCategories = () =>
  useQuery({
    queryKey: ['ticket-categories'],
    queryFn: ({ signal }) =>
      api.get<{ items: Category[] }>('/ticket-categories', { signal }).then((found) => found.items),
    staleTime: Infinity,
  })

export const useKindPolicies = () =>
  useQuery({
    queryKey: ['ticket-policies'],
    queryFn: ({ signal }) =>
      api.get<{ items: KindPolicy[] }>('/ticket-policies', { signal }).then((found) => found.items),
    staleTime: 300_000,
  })

export interface TicketCommand {
  /** take, notes, assign, hand-over, accept-hand-over, decline-hand-over, wait, hold, resume, resolve, … */
  verb: string
  body?: Record<string, unknown>
  /** The version the change was made from. */
  version: number
}

/** Do something to a ticket; afterwards everything shown about it is read again. */
export const useTicketCommand = (number: MaybeRefOrGetter<string>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ verb, body, version }: TicketCommand) =>
      api.post<Ticket>(`/tickets/${toValue(number)}/${verb}`, body ?? {}, { ifMatch: `"${version}"` }),
    onSuccess: (ticket) => client.setQueryData(ticketKey(ticket.number), ticket),
    onSettled: () => client.invalidateQueries({ queryKey: ['tickets'] }),
  })
}

export const useOpenTicket = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: NewTicket & { customer_id: number }) => api.post<Pick<Ticket, 'number'>>('/tickets', given),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tickets'] }),
  })
}

/** Take a ticket nobody works on yet. */
export const takeTicket = (number: string, version: number): Promise<Ticket> =>
  api.post<Ticket>(`/tickets/${number}/take`, {}, { ifMatch: `"${version}"` })
