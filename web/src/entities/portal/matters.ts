import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, toValue, type MaybeRefOrGetter } from 'vue'
import type { Page } from '@/api/page'
import { portalApi } from '@/api/portal'
import type { StoredFile } from '@/api/upload'
import { FACT_NAMES, onReset, useFacts } from '@/live'
import type { Matter, MatterAct, MatterCard, NewMatter, Person } from './types'

export interface Home {
  name: string
  phone: string
  matters: MatterCard[]
  counts: { open: number; to_confirm: number; closed: number }
  chat: { id: string; topic: string; state: string; agent: Person | null } | null
}

const FACTS = FACT_NAMES.filter((name) => /^(tickets|responsibility)\./.test(name))

/** Read matters again as soon as one of them moves. */
const useFresh = (): void => {
  const queries = useQueryClient()
  const again = (): void => void queries.invalidateQueries({ queryKey: ['portal', 'matters'] })
  useFacts(FACTS, again)
  onScopeDispose(onReset(again))
}

export const useHome = (enabled: MaybeRefOrGetter<boolean>) => {
  useFresh()
  return useQuery({
    queryKey: ['portal', 'matters', 'home'],
    queryFn: () => portalApi.get<Home>('/home'),
    enabled: () => toValue(enabled),
    refetchInterval: 60_000,
  })
}

export const useMatters = (enabled: MaybeRefOrGetter<boolean>) => {
  useFresh()
  const query = useInfiniteQuery({
    queryKey: ['portal', 'matters', 'list'],
    queryFn: ({ pageParam }) =>
      portalApi.get<Page<MatterCard>>('/matters', { query: { cursor: pageParam, limit: 20 } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: () => toValue(enabled),
  })
  const matters = computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? [])
  return { ...query, matters }
}

export const useMatter = (number: MaybeRefOrGetter<string>) => {
  useFresh()
  return useQuery({
    queryKey: ['portal', 'matters', 'one', computed(() => toValue(number))],
    queryFn: () => portalApi.get<Matter>(`/matters/${toValue(number)}`),
    refetchInterval: 60_000,
  })
}

const LINKS_LIVE = 8 * 60_000

/** The files of a matter. Their links live ten minutes, so they are read again before that. */
export const useMatterFiles = (number: MaybeRefOrGetter<string>, enabled: () => boolean) =>
  useQuery({
    queryKey: ['portal', 'matters', 'files', computed(() => toValue(number))],
    queryFn: () =>
      portalApi.get<{ items: StoredFile[] }>(`/matters/${toValue(number)}/files`).then((found) => found.items),
    enabled,
    staleTime: LINKS_LIVE,
    refetchInterval: LINKS_LIVE,
  })

export const useOpenMatter = () => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (matter: NewMatter) => portalApi.post<Matter>('/matters', matter),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['portal', 'matters'] }),
  })
}

/** What the customer does to a matter; `body` is what he wrote. */
export const useMatterAct = (number: MaybeRefOrGetter<string>) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ act, body }: { act: MatterAct; body: Record<string, unknown> }) =>
      portalApi.post<Matter>(`/matters/${toValue(number)}/${act}`, body),
    onSettled: () => queries.invalidateQueries({ queryKey: ['portal', 'matters'] }),
  })
}

/** One matter opened by the link in a message; the link is the only key. */
export const useLink = (token: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: ['portal', 'link', computed(() => toValue(token))],
    queryFn: () => portalApi.get<Matter>(`/links/${encodeURIComponent(toValue(token))}`),
    retry: false,
    refetchInterval: 30_000,
  })

export const useLinkAct = (token: MaybeRefOrGetter<string>) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ act, body }: { act: MatterAct; body: Record<string, unknown> }) =>
      portalApi.post<Matter>(`/links/${encodeURIComponent(toValue(token))}/${act}`, body),
    onSettled: () => queries.invalidateQueries({ queryKey: ['portal', 'link'] }),
  })
}
