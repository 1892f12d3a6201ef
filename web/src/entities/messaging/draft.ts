import { useQueryClient } from '@tanstack/vue-query'
import { ref, watch } from 'vue'
import { Drafts } from '@/api/drafts'
import { api } from '@/api/staff'
import type { Conversation } from './types'

const kept = new Drafts('shouwen.draft.')
const PAUSE_MS = 800

/**
 * What is being typed in a conversation: kept here at once and on the server after a pause, so that it is there
 * after a reload, on another screen and when the server was away. What is saved is known at once wherever the
 * conversation is: who leaves it and comes back finds what he typed, and nothing that he has sent.
 */
export const useDraft = (conversation: string, fromServer: string) => {
  const text = ref(kept.read<string>(conversation) ?? fromServer)
  const client = useQueryClient()
  let timer: ReturnType<typeof setTimeout> | undefined

  const save = async (): Promise<void> => {
    const sent = text.value
    try {
      await api.put(`/desk/conversations/${conversation}/draft`, { body: sent }, { retries: [] })
      client.setQueryData<Conversation>(['messaging', 'conversation', conversation], (held) => held && { ...held, draft: sent })
      if (text.value === sent) kept.drop(conversation)
    } catch {
      // the copy here stays and goes with the next change
    }
  }
  watch(text, (now) => {
    kept.write(conversation, now)
    clearTimeout(timer)
    timer = setTimeout(() => void save(), PAUSE_MS)
  })
  return { text }
}
