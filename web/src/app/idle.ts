/** Why a session is about to end, and in how many seconds. */
export interface Rest {
  why: '' | 'idle' | 'age'
  left: number
}
const WARN_IDLE = 120
const WARN_AGE = 300

/** What is left of a session for who was idle so long; `why` once it is time to say so. */
export const restOf = (idle: number, now: number, limit: number, endsAt: string | null): Rest => {
  const byIdle = limit ? limit - idle : Infinity
  const byAge = endsAt ? Math.ceil((Date.parse(endsAt) - now) / 1000) : Infinity
  if (byIdle <= byAge) return { why: byIdle <= Math.min(WARN_IDLE, limit / 5) ? 'idle' : '', left: byIdle }
  return { why: byAge <= WARN_AGE ? 'age' : '', left: byAge }
}
