import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, ref, type Ref } from 'vue'
import { Drafts } from '@/api/drafts'
import { portalApi } from '@/api/portal'
import { FACT_NAMES, liveState, onReset, useFacts } from '@/live'
import { merge, unbroken } from '../numbered'
import { Outboxes } from '../outbox'
import { kept as keep } from './keep'
import type { Person, Topic } from './types'

export interface ChatMessage {
  seq: number
  author_kind: 'customer' | 'staff' | 'system'
  author_name: string
  body: string
  sent_at: string
}
export interface Chat {
  id: string
  topic: string
  state: 'waiting' | 'answered' | 'ended' | 'closed'
  agent: Person | null
  position: { ahead: number; expected_seconds: number | null } | null
  notices: string[]
  opened_at: string
  ended_at: string | null
  rating: { score: number } | null
}

export const CURRENT = ['portal', 'chat', 'current'] as const

/** The conversation that is going on, if any; after a reload the page finds it here. */
export const useCurrentChat = (enabled: Ref<boolean>) =>
  useQuery({
    queryKey: CURRENT,
    queryFn: () => portalApi.get<Chat | null>('/chats/current').then((chat) => chat ?? null),
    enabled,
  })

/** What one can write about. */
export const useTopics = () =>
  useQuery({ queryKey: ['portal', 'topics'], queryFn: () => portalApi.get<Topic[]>('/topics'), staleTime: 300_000 })

const LAST = 'shouwen.portal.chat'
/** The conversation last shown here, so that a reload finds its end and the rating too. */
export const lastChat = {
  read: (): string | null => keep.read(LAST),
  write: (id: string | null): void => void keep.write(LAST, id),
}

/** Begin a conversation; pressed twice, or again after a lost answer, it is one. */
export const startChat = (topic: string, body: string): Promise<Chat> => portalApi.post<Chat>('/chats', { topic, body })

const FACTS = FACT_NAMES.filter((name) => /^(routing|messaging)\.|^interactions\.Interaction/.test(name))

const chatState = (id: string) => {
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['portal', 'chat', id],
    queryFn: () => portalApi.get<Chat>(`/chats/${id}`),
    refetchInterval: (q) => (q.state.data?.state === 'waiting' ? 5000 : 30_000),
  })
  const again = (): void => void query.refetch()
  useFacts(FACTS, again)
  onScopeDispose(onReset(again))
  const end = async (): Promise<void> => {
    await portalApi.post(`/chats/${id}/end`)
    await queries.invalidateQueries({ queryKey: ['portal', 'chat'] })
  }
  const callMe = async (number: string): Promise<void> => {
    await portalApi.post(`/chats/${id}/callback`, { number })
    await queries.invalidateQueries({ queryKey: ['portal', 'chat'] })
  }
  const rate = async (score: number, comment: string): Promise<void> => {
    await portalApi.post(`/chats/${id}/rating`, { score, comment })
    await queries.invalidateQueries({ queryKey: ['portal', 'chat'] })
  }
  return { chat: computed(() => query.data.value ?? null), error: query.error, again, end, rate, callMe }
}

const chatMessages = (id: string) => {
  const messages = ref<ChatMessage[]>([])
  const loaded = ref(false)
  const failed = ref<unknown>(null)
  let reading: Promise<void> | null = null
  const read = async (): Promise<void> => {
    try {
      const page = await portalApi.get<{ items: ChatMessage[] }>(`/chats/${id}/messages`, {
        query: { after: unbroken(messages.value) },
      })
      messages.value = merge(messages.value, page.items)
      loaded.value = true
      failed.value = null
    } catch (error) {
      failed.value = error
    }
  }
  const load = (): Promise<void> => (reading ??= read().finally(() => (reading = null)))
  const hear = (): void => void (reading ? reading.then(load) : load())
  useFacts(['interactions.MessagePosted'], hear)
  onScopeDispose(onReset(hear))
  // where the live line is down, or busy with another sign-in of this browser, ask now and then
  const timer = setInterval(() => hear(), liveState.connected ? 10_000 : 4000)
  onScopeDispose(() => clearInterval(timer))
  void load()
  const add = (message: ChatMessage): void => void (messages.value = merge(messages.value, [message]))
  return { messages, loaded, failed, load, add }
}

// whose session is gone, or another's by now: the message is right, only the moment is not
const NOT_MINE = [401, 403, 404]
const kept = new Drafts('shouwen.portal.outbox.')

/** What the customer wrote in this browser and waits for the server, whichever page is open. */
export const outboxes = new Outboxes<ChatMessage>(kept, (id) => ({
  notMine: NOT_MINE,
  send: (body, key) => portalApi.post<ChatMessage>(`/chats/${id}/messages`, { body }, { key, retries: [] }),
}))

const outbox = (id: string, arrived: (message: ChatMessage) => void, refused: () => void) => {
  const box = outboxes.of(id)
  onScopeDispose(box.hear({ arrived, refused }))
  return {
    box: computed(() => box.pending),
    write: (body: string): void => box.add(body),
    retry: (key: string): void => box.retry(key),
    drop: (key: string): void => void box.discard(key),
  }
}

/** One conversation: its state, its messages and what is still on its way. */
export const useChat = (id: string) => {
  const state = chatState(id)
  const list = chatMessages(id)
  const out = outbox(id, list.add, state.again)
  return { ...state, ...list, ...out, loadError: list.failed }
}

export interface Restriction {
  level: 'slow' | 'block'
  until: string
  lifted: boolean
  appealed: boolean
  decision: string
  decided_at: string | null
}
const RESTRICTION = ['portal', 'restriction'] as const
/** Whether one is put back or turned away, and what became of one's appeal. */
export const useRestriction = (enabled: Ref<boolean>) =>
  useQuery({
    queryKey: RESTRICTION,
    queryFn: () => portalApi.get<Restriction | null>('/restriction').then((found) => found ?? null),
    enabled,
    refetchInterval: 60_000,
  })
/** Say why one is restricted wrongly. */
export const useAppeal = () => {
  const queries = useQueryClient()
  return async (text: string): Promise<void> => {
    await portalApi.post('/restriction/appeal', { text })
    await queries.invalidateQueries({ queryKey: RESTRICTION })
  }
}
