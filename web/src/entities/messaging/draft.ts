import { ref, watch } from 'vue'
import { Drafts } from '@/api/drafts'
import { api } from '@/api/staff'

const kept = new Drafts('shouwen.draft.')
const PAUSE_MS = 800

/**
 * What is being typed in a conversation: kept here at once and on the server after a pause, so that it is there
 * after a reload, on another screen and when the server was away.
 */
export const useDraft = (conversation: string, fromServer: string) => {
  const text = ref(kept.read<string>(conversation) ?? fromServer)
  let timer: ReturnType<typeof setTimeout> | undefined

  const save = async (): Promise<void> => {
    const sent = text.value
    try {
      await api.put(`/desk/conversations/${conversation}/draft`, { body: sent }, { retries: [] })
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
