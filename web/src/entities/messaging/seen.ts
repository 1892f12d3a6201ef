import { reactive } from 'vue'
import { Drafts } from '@/api/drafts'
import type { InboxItem } from './types'

const kept = new Drafts('shouwen.seen.')
const upTo = reactive(new Map<string, number>())

const seenIn = (conversation: string): number => upTo.get(conversation) ?? kept.read<number>(conversation) ?? 0

/** Note how far a conversation has been read on this screen. */
export const seen = (conversation: string, seq: number): void => {
  if (seq <= seenIn(conversation)) return
  upTo.set(conversation, seq)
  kept.write(conversation, seq)
}

/** How much the customer has said that was not read here. */
export const unreadOf = (item: InboxItem): number =>
  item.awaits_reply && item.last_message ? Math.max(0, item.last_message.seq - seenIn(item.id)) : 0
