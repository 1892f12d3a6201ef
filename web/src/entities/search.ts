import { useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { Page } from '@/api/page'
import { ApiProblem } from '@/api/problem'
import { api } from '@/api/staff'
import type { CustomerCard } from './customers/types'
import type { TicketRow } from './tickets/types'

export interface Hit {
  kind: 'customer' | 'ticket'
  title: string
  note: string
  path: string
}

const tickets = async (q: string, signal: AbortSignal): Promise<Hit[]> => {
  const page = await api.get<Page<TicketRow>>('/tickets', { query: { box: 'all', q, limit: 5 }, signal })
  return page.items.map((one) => ({
    kind: 'ticket',
    title: one.title,
    note: one.number,
    path: `/tickets/${one.number}`,
  }))
}
const customers = async (q: string, signal: AbortSignal): Promise<Hit[]> => {
  const page = await api.get<Page<CustomerCard>>('/customers', { query: { q, limit: 5 }, signal })
  return page.items.map((one) => ({
    kind: 'customer',
    title: one.name,
    note: one.phone,
    path: `/customers/${one.id}`,
  }))
}

const isRefusal = (error: unknown): boolean => error instanceof ApiProblem && error.status === 403

/** Find tickets and customers; what one may not see is simply not found. */
export const useQuickSearch = (text: MaybeRefOrGetter<string>) => {
  const q = computed(() => toValue(text).trim())
  return useQuery({
    queryKey: computed(() => ['search', q.value]),
    queryFn: async ({ signal }): Promise<Hit[]> => {
      const parts = await Promise.allSettled([customers(q.value, signal), tickets(q.value, signal)])
      const failed = parts.find((part) => part.status === 'rejected' && !isRefusal(part.reason))
      if (failed?.status === 'rejected') throw failed.reason
      return parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : []))
    },
    enabled: () => q.value.length > 1,
  })
}
