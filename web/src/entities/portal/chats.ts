import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { portalApi } from '@/api/portal'
import { ApiProblem } from '@/api/problem'
import { FACT_NAMES, liveState, onReset, useFacts } from '@/live'
import { merge, unbroken } from '../numbered'
import { kept } from './keep'
import { first, mark, pause, put, revive, settle, type Pending } from './outbox'
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
  read: (): string | null => kept.read(LAST),
  write: (id: string | null): void => void kept.write(LAST, id),
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

const outbox = (id: string, sent: (message: ChatMessage) => void, refused: () => void) => {
  const place = `shouwen.portal.outbox.${id}`
  const box = ref<Pending[]>(revive(kept.read(place)))
  let tries = 0
  let busy = false
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(box, () => kept.write(place, box.value.length ? JSON.stringify(box.value) : null), {
    deep: true,
    flush: 'sync',
  })

  const deliver = async (entry: Pending): Promise<void> => {
    try {
      sent(
        await portalApi.post<ChatMessage>(
          `/chats/${id}/messages`,
          { body: entry.body },
          { key: entry.key, retries: [] },
        ),
      )
      box.value = settle(box.value, entry.key)
      tries = 0
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : null
      const later = !problem || problem.uncertain || problem.status === 429 || problem.status >= 500
      box.value = mark(box.value, entry.key, later ? 'failed' : 'refused', problem?.detail ?? '')
      if (!later) return refused()
      tries += 1
      throw error
    }
  }
  const flush = async (): Promise<void> => {
    if (busy) return
    busy = true
    clearTimeout(timer)
    try {
      for (let entry = first(box.value); entry; entry = first(box.value)) await deliver(entry)
    } catch {
      timer = setTimeout(() => void flush(), pause(tries))
    } finally {
      busy = false
    }
  }
  const write = (body: string): void => {
    box.value = put(box.value, { key: crypto.randomUUID(), body, at: Date.now() })
    void flush()
  }
  const retry = (key: string): void => {
    box.value = mark(box.value, key, 'waiting')
    void flush()
  }
  const drop = (key: string): void => void (box.value = settle(box.value, key))
  const online = (): void => void flush()
  addEventListener('online', online)
  onScopeDispose(() => {
    removeEventListener('online', online)
    clearTimeout(timer)
  })
  void flush()
  return { box, write, retry, drop }
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
