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

/** What a version changes against another of the same thing: by number, or the one before. */
export const useComparison = (
  id: MaybeRefOrGetter<number>,
  revision: MaybeRefOrGetter<number>,
  number: MaybeRefOrGetter<string> = '',
) =>
  useQuery({
    queryKey: computed(() => [...KEY, 'compare', toValue(id), toValue(revision), toValue(number)]),
    queryFn: ({ signal }) =>
      api.get<VersionComparisonOut>(`/versions/${toValue(id)}/compare`, { query: { number: toValue(number) }, signal }),
    placeholderData: (before) => before,
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

/** One version with what may be done to it now; none without a number. */
export const useOpenVersion = (id: MaybeRefOrGetter<number | undefined>) =>
  useQuery({
    queryKey: computed(() => [...KEY, 'open', toValue(id)]),
    queryFn: ({ signal }) => api.get<Version>(`/versions/${toValue(id)}`, { signal }),
    enabled: () => toValue(id) !== undefined,
  })
/** What a version changes against the one before. */
export const useChanges = (id: MaybeRefOrGetter<number | undefined>) =>
  useQuery({
    queryKey: computed(() => [...KEY, 'changes', toValue(id)]),
    queryFn: ({ signal }) => api.get<VersionComparisonOut>(`/versions/${toValue(id)}/compare`, { signal }),
    enabled: () => toValue(id) !== undefined,
  })
/** Every version of a thing, the latest first. */
export const useHistory = (kind: MaybeRefOrGetter<string>, key: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => [...KEY, 'history', toValue(kind), toValue(key)]),
    queryFn: ({ signal }) =>
      api
        .get<Page<VersionRow>>('/versions', { query: { kind: toValue(kind), key: toValue(key) }, signal })
        .then((page) => page.items.toSorted((a, b) => b.number - a.number)),
  })

/** Whether a version came with the product: those count from the beginning. */
export const isShipped = (version: { valid_from: string | null }): boolean =>
  version.valid_from?.startsWith('2000-01-01') ?? false

/** What shows versions of its own: read again after each step. */
const SHOWN = [KEY, ['sla', 'rules'], ['routing', 'definitions']]
const useVersionChange = <V, R>(change: (given: V) => Promise<R>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => Promise.all(SHOWN.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

export interface Written {
  kind: string
  key: string
  title: string
  content: object
  note: string
  /** The draft that is changed; without one a new version begins. */
  draft?: Version | undefined
}
/** Begin a version, or change the one being written. */
export const useWriteVersion = () =>
  useVersionChange(({ kind, key, draft, ...said }: Written) =>
    draft
      ? api.patch<Version>(`/versions/${draft.id}`, said, { ifMatch: `"${draft.revision}"` })
      : api.post<Version>('/versions', { kind, key, ...said }),
  )

export type Step = VersionAct['verb'] | 'discard'
/** Take a version one step on: to review, into force, back, out of force. */
export const useStepVersion = () =>
  useVersionChange(({ version, step, body = {} }: { version: VersionRow; step: Step; body?: object }) => {
    const options = { ifMatch: `"${version.revision}"` }
    if (step === 'discard') return api.delete(`/versions/${version.id}`, options)
    return api.post(`/versions/${version.id}/${step}`, step === 'submit' ? undefined : body, options)
  })
