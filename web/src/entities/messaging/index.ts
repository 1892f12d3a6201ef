import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { AssignmentOut } from '@/api/generated'
import { Drafts } from '@/api/drafts'
import { api } from '@/api/staff'
import { merge, unbroken } from '../numbered'
import { type Outbox, Outboxes } from '../outbox'
import type { NewTicket } from '../tickets/types'
import type { Box, Conversation, Inbox, Message, Reasons } from './types'

export type * from './types'
export { useDraft } from './draft'
export { seen, unreadOf } from './seen'
export { useServiceRecord, type Saving } from './record'

const at = (id: string, verb = ''): string => `/desk/conversations/${id}${verb && `/${verb}`}`

export const useInbox = (box: MaybeRefOrGetter<Box>) =>
  useQuery({
    queryKey: computed(() => ['messaging', 'inbox', toValue(box)]),
    queryFn: ({ signal }) => api.get<Inbox>('/desk/inbox', { query: { box: toValue(box) }, signal }),
    placeholderData: (before) => before,
  })

export const useConversation = (id: MaybeRefOrGetter<string | undefined>) =>
  useQuery({
    queryKey: computed(() => ['messaging', 'conversation', toValue(id)]),
    queryFn: ({ signal }) => api.get<Conversation>(at(toValue(id) ?? ''), { signal }),
    enabled: () => Boolean(toValue(id)),
  })

/** Why each offer of a conversation went to just that seat. */
export const useAssignments = (id: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => ['messaging', 'why', toValue(id)]),
    queryFn: ({ signal }) => api.get<AssignmentOut[]>(at(toValue(id), 'why'), { signal }),
  })

const messagesKey = (id: string): string[] => ['messaging', 'messages', id]

/** What was said. Only what is new is fetched when something new is said. */
export const useMessages = (id: MaybeRefOrGetter<string>) => {
  const client = useQueryClient()
  return useQuery({
    queryKey: computed(() => messagesKey(toValue(id))),
    queryFn: async ({ signal }) => {
      const conversation = toValue(id)
      const known = (): Message[] => client.getQueryData<Message[]>(messagesKey(conversation)) ?? []
      let held = known()
      for (;;) {
        const after = unbroken(held)
        const more = await api.get<{ items: Message[] }>(at(conversation, 'messages'), { query: { after }, signal })
        held = merge(merge(known(), held), more.items)
        if (unbroken(held) === after) return held
      }
    },
    staleTime: 0,
  })
}

const SIGNED_OUT = [401]
let outboxes: Outboxes<Message> | null = null

/** What was written in this browser and waits for the server, whichever page is open. */
export const outboxesOf = (client: QueryClient): Outboxes<Message> => {
  outboxes ??= new Outboxes<Message>(new Drafts('shouwen.outbox.'), (id) => ({
    notMine: SIGNED_OUT,
    send: async (body, key) => {
      const message = await api.post<Message>(at(id, 'messages'), { body }, { key })
      client.setQueryData<Message[]>(messagesKey(id), (now) => merge(now ?? [], [message]))
      return message
    },
  }))
  return outboxes
}

/** The one outbox of a conversation on this screen. */
export const outboxOf = (client: QueryClient, id: string): Outbox<Message> => outboxesOf(client).of(id)

const useVerb = <V = void, A = void>(id: MaybeRefOrGetter<string>, send: (id: string, given: V) => Promise<A>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: V) => send(toValue(id), given),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['messaging', 'inbox'] }),
        client.invalidateQueries({ queryKey: ['messaging', 'conversation'] }),
        client.invalidateQueries({ queryKey: ['routing'] }),
      ]),
  })
}
export const useEnd = (id: MaybeRefOrGetter<string>) => useVerb(id, (one) => api.post(at(one, 'end'), {}))
export const useComplete = (id: MaybeRefOrGetter<string>) => useVerb(id, (one) => api.post(at(one, 'complete'), {}))
export const useTransfer = (id: MaybeRefOrGetter<string>) =>
  useVerb(id, (one, queue_code: string) => api.post(at(one, 'transfer'), { queue_code }))
export const useOpenTicket = (id: MaybeRefOrGetter<string>) =>
  useVerb(id, (one, ticket: NewTicket) => api.post<{ id: number; number: string }>(at(one, 'tickets'), ticket))

export const useLinkCustomer = (id: MaybeRefOrGetter<string>) =>
  useVerb(id, (one, customer_id: number) => api.post(at(one, 'customer'), { customer_id }))

export const useReasons = () =>
  useQuery({
    queryKey: ['desk', 'reasons'],
    queryFn: ({ signal }) => api.get<Reasons>('/desk/reasons', { signal }),
    staleTime: Infinity,
  })
