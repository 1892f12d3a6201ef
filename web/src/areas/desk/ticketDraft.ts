import { reactive, watch } from 'vue'
import { Drafts } from '@/api/drafts'
import type { NewTicket } from '@/entities/tickets'

const kept = new Drafts('shouwen.ticket.')
const blank = (): NewTicket => ({ kind: 'fault', category: '', title: '', description: '', urgency: 'normal', area: '' })

/** The ticket being written in a conversation; it is there again after a reload. */
export const useTicketDraft = (conversation: string) => {
  const form = reactive<NewTicket>({ ...blank(), ...kept.read<Partial<NewTicket>>(conversation) })
  watch(form, () => kept.write(conversation, form))
  const clear = (): void => {
    Object.assign(form, blank())
    // the watcher above runs before the next frame and would keep an empty one
    setTimeout(() => kept.drop(conversation))
  }
  return { form, clear }
}
