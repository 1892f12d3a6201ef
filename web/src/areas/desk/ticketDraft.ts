import { reactive, watch } from 'vue'
import { Drafts } from '@/api/drafts'
import type { NewTicket } from '@/entities/tickets'
import type { Answers } from '@/ui/form/logic'

const kept = new Drafts('shouwen.ticket.')
/** A ticket with the answers to its form as they are typed. */
type Draft = NewTicket & { answers: Answers }
const blank = (): Draft => ({
  kind: 'fault',
  category: '',
  title: '',
  description: '',
  urgency: 'normal',
  area: '',
  answers: {},
})

/** The ticket being written in a conversation; it is there again after a reload. */
export const useTicketDraft = (conversation: string) => {
  const form = reactive<Draft>({ ...blank(), ...kept.read<Partial<Draft>>(conversation) })
  watch(form, () => kept.write(conversation, form))
  const clear = (): void => {
    Object.assign(form, blank())
    // the watcher above runs before the next frame and would keep an empty one
    setTimeout(() => kept.drop(conversation))
  }
  return { form, clear }
}
