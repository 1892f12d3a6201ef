import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api } from '@/api/staff'
import type { Offer, Presence, PresenceState, QueueFigure } from './types'

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
    mutationFn: (state: PresenceState) => api.put<Presence>('/desk/presence', { state, reason: '' }),
    onSuccess: (presence) => client.setQueryData(['routing', 'presence'], presence),
    onSettled: () => client.invalidateQueries({ queryKey: ['routing', 'presence'] }),
  })
}

export const useOwnQueues = () =>
  useQuery({
    queryKey: ['routing', 'queues'],
    queryFn: ({ signal }) => api.get<QueueFigure[]>('/desk/queues', { signal }),
    refetchInterval: 15_000,
  })

export const useOffers = (enabled: () => boolean = () => true) =>
  useQuery({
    queryKey: ['routing', 'offers'],
    queryFn: ({ signal }) => api.get<Offer[]>('/desk/offers', { signal }),
    enabled,
  })

const useOfferAnswer = <Answer>(verb: 'accept' | 'decline') => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (workItem: number) => api.post<Answer>(`/desk/offers/${workItem}/${verb}`, {}),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['routing', 'offers'] }),
        client.invalidateQueries({ queryKey: ['messaging', 'inbox'] }),
      ]),
  })
}
export const useAcceptOffer = () => useOfferAnswer<{ conversation_id: string }>('accept')
export const useDeclineOffer = () => useOfferAnswer<void>('decline')
