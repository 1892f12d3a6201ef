import { useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { portalApi } from '@/api/portal'
import { api } from '@/api/staff'

/** A form in force, as it is asked; its definition is drawn by the page. */
export interface AskedForm {
  key: string
  number: number
  definition: unknown
}
/** Answers on their way to the server, with the version of the form that asked. */
export interface FilledForm {
  form: string
  number: number
  answers: Record<string, unknown>
}

interface Found {
  form: AskedForm | null
}
const STALE_MS = 60_000

/** The form that is asked for a kind of ticket and a category. */
export const useTicketForm = (kind: MaybeRefOrGetter<string>, category: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => ['forms', 'ticket', toValue(kind), toValue(category)]),
    queryFn: ({ signal }) =>
      api.get<Found>('/ticket-form', { query: { kind: toValue(kind), category: toValue(category) }, signal }),
    staleTime: STALE_MS,
    placeholderData: (before) => before,
  })

/** The form that a customer is asked for a kind of matter. */
export const useMatterForm = (kind: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => ['forms', 'matter', toValue(kind)]),
    queryFn: ({ signal }) => portalApi.get<Found>('/matter-form', { query: { kind: toValue(kind) }, signal }),
    staleTime: STALE_MS,
  })
