/** What is said in a conversation: numbered from 1 without gaps. */
export interface Numbered {
  seq: number
}

/** Messages in the order of the conversation, each once, the newer reading wins. */
export const merge = <M extends Numbered>(known: readonly M[], fresh: readonly M[]): M[] => {
  const bySeq = new Map([...known, ...fresh].map((message) => [message.seq, message]))
  return [...bySeq.values()].toSorted((a, b) => a.seq - b.seq)
}

/**
 * The number up to which nothing is missing: what is read next comes after it.
 *
 * Not the last number: one's own message is known with its answer, perhaps before what the other side said just ahead.
 */
export const unbroken = (messages: readonly Numbered[]): number => {
  const gap = messages.findIndex((message, at) => message.seq !== at + 1)
  return gap < 0 ? messages.length : gap
}
