import { shallowReactive } from 'vue'

/** Text that another part of the page wants in a conversation's composer. */
const wanted = shallowReactive(new Map<string, string>())

export const inDraft = (conversation: string, text: string): void => {
  if (text) wanted.set(conversation, text)
}

/** Take what is wanted, once. */
export const takeWanted = (conversation: string): string => {
  const text = wanted.get(conversation) ?? ''
  wanted.delete(conversation)
  return text
}
