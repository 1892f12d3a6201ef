import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, onScopeDispose, toValue } from 'vue'
import type { CodeShareOut, RoutingDefinitionOut, RoutingWordsOut } from '@/api/generated'
import { api } from '@/api/staff'
import { onReset, useFacts } from '@/live'

export const DEFINITION_KINDS = ['queue', 'skill', 'code', 'break', 'reason'] as const
export type DefinitionKind = (typeof DEFINITION_KINDS)[number]
export type Definition = RoutingDefinitionOut
export type Content = Definition['content']

/** The kinds as versions know them. */
export const VERSION_KIND: Record<DefinitionKind, string> = {
  queue: 'routing.queue',
  skill: 'routing.skill',
  code: 'routing.code',
  break: 'routing.break',
  reason: 'interactions.reason',
}
const KEY = ['routing', 'definitions']

/** What is defined of a kind; read again when a version of anything moves. */
export const useDefinitions = (kind: MaybeRefOrGetter<DefinitionKind>) => {
  const client = useQueryClient()
  const again = (): void => void client.invalidateQueries({ queryKey: KEY })
  useFacts(['kit.VersionSubmitted', 'kit.VersionPublished', 'kit.VersionRetired'], again)
  onScopeDispose(onReset(again))
  return useQuery({
    queryKey: computed(() => [...KEY, toValue(kind)]),
    queryFn: ({ signal }) =>
      api.get<{ items: Definition[] }>(`/routing-definitions/${toValue(kind)}`, { signal }).then((f) => f.items),
  })
}
export const useRoutingWords = () =>
  useQuery({
    queryKey: ['routing', 'words'],
    queryFn: ({ signal }) => api.get<RoutingWordsOut>('/routing-words', { signal }),
    staleTime: Infinity,
  })
export const useCodeShares = (wanted: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: ['routing', 'code-shares'],
    queryFn: ({ signal }) => api.get<{ items: CodeShareOut[] }>('/dialled-codes', { signal }).then((f) => f.items),
    enabled: () => toValue(wanted),
  })
