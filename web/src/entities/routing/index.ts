import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useI18n } from 'vue-i18n'
import type { AcceptedOut } from '@/api/generated'
import { forgeryHeader } from '@/api/http'
import { api } from '@/api/staff'
import { BY_ITSELF, IDLE_HEADER } from '@/api/touched'
import { setBeat } from '@/live'
import type { Break, Callback, Ledger, Offer, OwnQueue, Presence, PresenceState, Topic } from './types'

export type * from './types'

export const usePresence = (enabled: () => boolean) =>
  useQuery({
    queryKey: ['routing', 'presence'],
    queryFn: ({ signal }) => api.get<Presence>('/desk/presence', { signal }),
    enabled,
  })

export const useSetPresence = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ state, reason = '' }: { state: PresenceState; reason?: string }) =>
      api.put<Presence>('/desk/presence', { state, reason }),
    onSuccess: (presence) => client.setQueryData(['routing', 'presence'], presence),
    onSettled: () => client.invalidateQueries({ queryKey: ['routing', 'presence'] }),
  })
}

/** The reasons to be away that are in force, with what is left of them today. */
export const useBreaks = (enabled: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: ['routing', 'breaks'],
    queryFn: ({ signal }) => api.get<Break[]>('/desk/breaks', { signal }),
    enabled: () => toValue(enabled),
  })

/** Where somebody's time went between two moments. */
export const useLedger = (
  staff: MaybeRefOrGetter<number | undefined>,
  since: MaybeRefOrGetter<string>,
  until: MaybeRefOrGetter<string>,
) =>
  useQuery({
    queryKey: computed(() => ['routing', 'ledger', toValue(staff), toValue(since), toValue(until)]),
    queryFn: ({ signal }) =>
      api.get<Ledger>(`/agents/${toValue(staff)}/ledger`, {
        query: { since: toValue(since), until: toValue(until) },
        signal,
      }),
    enabled: () => toValue(staff) !== undefined,
    refetchInterval: 30_000,
    placeholderData: (before) => before,
  })

export const useOwnQueues = (enabled: MaybeRefOrGetter<boolean> = true) =>
  useQuery({
    queryKey: ['routing', 'queues'],
    queryFn: ({ signal }) => api.get<OwnQueue[]>('/desk/queues', { signal }),
    enabled: () => toValue(enabled),
    refetchInterval: 15_000,
  })

/** What customers choose from, and the queue it leads to. */
export const useTopics = (enabled: MaybeRefOrGetter<boolean> = true) =>
  useQuery({
    queryKey: ['desk', 'topics'],
    queryFn: ({ signal }) => api.get<Topic[]>('/desk/topics', { signal }),
    enabled: () => toValue(enabled),
    staleTime: Infinity,
  })

/** The name of a topic in the reader's language; its code until the list is there. */
export const useTopicName = () => {
  const { locale } = useI18n()
  const { data } = useTopics()
  return (code: string): string => {
    const topic = data.value?.find((one) => one.code === code)
    return topic ? (locale.value === 'en' ? topic.en : topic.zh) : code
  }
}

const SEEN_MS = 5_000
/** Tell the server every few seconds that this seat's screen is there; without it the seat gets no work. */
export const setSeen = (wanted: boolean): void =>
  setBeat(wanted ? { url: '/api/desk/presence/seen', headers: { ...forgeryHeader(), [IDLE_HEADER]: BY_ITSELF }, every: SEEN_MS } : null)

export const useOffers = (enabled: () => boolean = () => true) =>
  useQuery({
    queryKey: ['routing', 'offers'],
    queryFn: ({ signal }) => api.get<Offer[]>('/desk/offers', { signal }),
    enabled,
  })

/** The calls this seat has taken and still has to make. */
export const useCallbacks = (enabled: () => boolean = () => true) =>
  useQuery({
    queryKey: ['routing', 'callbacks'],
    queryFn: ({ signal }) => api.get<Callback[]>('/desk/callbacks', { signal }),
    enabled,
  })
export const useReportCallback = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number; reached: boolean; note: string }) =>
      api.post<{ state: string }>(`/desk/callbacks/${id}/result`, body),
    onSettled: () => client.invalidateQueries({ queryKey: ['routing', 'callbacks'] }),
  })
}

const useOfferAnswer = <Answer>(verb: 'accept' | 'decline') => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (workItem: number) => api.post<Answer>(`/desk/offers/${workItem}/${verb}`, {}),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['routing', 'offers'] }),
        client.invalidateQueries({ queryKey: ['routing', 'callbacks'] }),
        client.invalidateQueries({ queryKey: ['messaging', 'inbox'] }),
      ]),
  })
}
export const useAcceptOffer = () => useOfferAnswer<AcceptedOut>('accept')
export const useDeclineOffer = () => useOfferAnswer<void>('decline')
