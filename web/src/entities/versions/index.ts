import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, onScopeDispose, toValue } from 'vue'
import type { VersionComparisonOut, VersionKindOut, VersionOut, VersionRowOut } from '@/api/generated'
import type { Query } from '@/api/http'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'
import { onReset, useFacts } from '@/live'

export type Version = VersionOut
export type VersionRow = VersionRowOut
export type VersionState = VersionRow['state']
const KEY = ['versions']

export const useVersionKinds = () =>
  useQuery({
    queryKey: [...KEY, 'kinds'],
    queryFn: ({ signal }) => api.get<VersionKindOut[]>('/versions/kinds', { signal }),
    staleTime: Infinity,
  })

/** Versions, what changed last first; read again when one is submitted, published or retired. */
export const useVersions = (filter: MaybeRefOrGetter<Query>) => {
  const client = useQueryClient()
  const again = (): void => void client.invalidateQueries({ queryKey: KEY })
  useFacts(['kit.VersionSubmitted', 'kit.VersionPublished', 'kit.VersionRetired'], again)
  onScopeDispose(onReset(again))
  return useInfiniteQuery({
    queryKey: computed(() => [...KEY, 'list', toValue(filter)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<VersionRow>>('/versions', { query: { ...toValue(filter), cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  })
}

export const useVersion = (id: MaybeRefOrGetter<number>) =>
  useQuery({
    queryKey: computed(() => [...KEY, 'one', toValue(id)]),
    queryFn: ({ signal }) => api.get<Version>(`/versions/${toValue(id)}`, { signal }),
  })

export const useComparison = (id: MaybeRefOrGetter<number>, revision: MaybeRefOrGetter<number>) =>
  useQuery({
    queryKey: computed(() => [...KEY, 'compare', toValue(id), toValue(revision)]),
    queryFn: ({ signal }) => api.get<VersionComparisonOut>(`/versions/${toValue(id)}/compare`, { signal }),
  })

export interface NewVersion {
  kind: string
  key: string
  title: string
  content: Record<string, unknown>
  note?: string
}
const useSettled = () => {
  const client = useQueryClient()
  return (): Promise<void> => client.invalidateQueries({ queryKey: KEY })
}
export const useDraftVersion = () =>
  useMutation({ mutationFn: (given: NewVersion) => api.post<Version>('/versions', given), onSettled: useSettled() })

export interface VersionAct {
  id: number
  /** What was on the screen: somebody else's change in between must not slip through. */
  revision: number
  verb: 'submit' | 'send-back' | 'publish' | 'retire' | 'roll-back'
  body?: Record<string, unknown>
}
export const useVersionAct = () =>
  useMutation({
    mutationFn: ({ id, revision, verb, body }: VersionAct) =>
      api.post<Version>(`/versions/${id}/${verb}`, body ?? {}, { ifMatch: `"${revision}"` }),
    onSettled: useSettled(),
  })
export const useEditVersion = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, revision, ...body }: { id: number; revision: number } & Partial<NewVersion>) =>
      api.patch<Version>(`/versions/${id}`, body, { ifMatch: `"${revision}"` }),
    onSuccess: (version) => client.setQueryData([...KEY, 'one', version.id], version),
  })
}
export const useDiscardVersion = () =>
  useMutation({
    mutationFn: ({ id, revision }: { id: number; revision: number }) =>
      api.delete(`/versions/${id}`, { ifMatch: `"${revision}"` }),
    onSettled: useSettled(),
  })
