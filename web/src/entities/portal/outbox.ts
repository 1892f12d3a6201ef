/**
 * What the customer wrote and the server has not confirmed.
 *
 * Kept in the browser, so that a lost line, a closed tab or a restarted server loses no sentence. Each text has the
 * key of its first press: sent again, it is still stored once.
 */
export type PendingState = 'waiting' | 'failed' | 'refused'

export interface Pending {
  key: string
  body: string
  at: number
  state: PendingState
  /** Why it was refused, in the server's words. */
  why: string
}

export const put = (box: readonly Pending[], entry: { key: string; body: string; at: number }): Pending[] => [
  ...box,
  { ...entry, state: 'waiting', why: '' },
]

export const settle = (box: readonly Pending[], key: string): Pending[] => box.filter((entry) => entry.key !== key)

export const mark = (box: readonly Pending[], key: string, state: PendingState, why = ''): Pending[] =>
  box.map((entry) => (entry.key === key ? { ...entry, state, why } : entry))

/** The one to send next: in the order of writing; a refused one does not hold up the rest. */
export const first = (box: readonly Pending[]): Pending | undefined => box.find((entry) => entry.state !== 'refused')

/** Pause before the nth try: 1, 2, 4, 8 and then 15 seconds. */
export const pause = (tries: number): number => Math.min(15_000, 1000 * 2 ** Math.max(0, tries - 1))

const isPending = (value: unknown): value is Pending => {
  if (typeof value !== 'object' || value === null) return false
  const entry = value as Partial<Pending>
  return typeof entry.key === 'string' && typeof entry.body === 'string' && typeof entry.at === 'number'
}

/** Read a kept box back; whatever is not ours in it is left out. */
export const revive = (kept: string | null): Pending[] => {
  try {
    const given: unknown = JSON.parse(kept ?? '[]')
    if (!Array.isArray(given)) return []
    return given.filter(isPending).map((entry) => ({
      key: entry.key,
      body: entry.body,
      at: entry.at,
      state: entry.state === 'refused' ? 'refused' : 'waiting',
      why: typeof entry.why === 'string' ? entry.why : '',
    }))
  } catch {
    return []
  }
}
