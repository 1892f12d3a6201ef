import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { portalApi } from '@/api/portal'

export type Purpose = 'marketing' | 'profiling' | 'survey'
export type Consents = Record<Purpose, boolean>
export const PURPOSES: readonly Purpose[] = ['marketing', 'profiling', 'survey']
const KEY = ['portal', 'consents']

/** What the customer agreed to, and the change of his mind. */
export const useConsents = (enabled: MaybeRefOrGetter<boolean>) => {
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => portalApi.get<Consents>('/me/consents'),
    enabled: () => toValue(enabled),
  })
  const change = useMutation({
    mutationFn: (wanted: { purpose: Purpose; given: boolean }) => portalApi.post<Consents>('/me/consents', wanted),
    onSuccess: (now) => queries.setQueryData(KEY, now),
  })
  return { consents: query.data, change }
}
