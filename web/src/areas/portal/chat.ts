import type { ChatMessage } from '@/entities/portal/chats'

/** Whether a conversation is over, however it ended. */
export const isOverChat = (chat: { state: string }): boolean => chat.state === 'ended' || chat.state === 'closed'

const GAP_MS = 5 * 60_000

/** Whether to write the time above a message: at the first, and after a pause of five minutes. */
export const showsTime = (messages: readonly Pick<ChatMessage, 'sent_at'>[], at: number): boolean => {
  const here = messages[at]
  const before = messages[at - 1]
  if (!here) return false
  return !before || Date.parse(here.sent_at) - Date.parse(before.sent_at) > GAP_MS
}
