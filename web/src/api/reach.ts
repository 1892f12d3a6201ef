import { reactive, readonly } from 'vue'

const SLOW_MS = 6000
const AGAIN_MS = 2000
const state = reactive({ away: false })

/** Whether the server answers here: `away` since a request had no answer, or has waited too long for one. */
export const reach = readonly(state)

/** Watch one request: who is told nothing for a while is told that. */
export const reaching = (): ((answered: boolean | null) => void) => {
  const slow = setTimeout(() => (state.away = true), SLOW_MS)
  return (answered) => {
    clearTimeout(slow)
    if (answered !== null) state.away = !answered
  }
}

/** Ask now and then until the server answers again. */
export const returned = async (ask: () => Promise<unknown>): Promise<void> => {
  while (state.away) {
    await new Promise((again) => setTimeout(again, AGAIN_MS))
    await ask().catch(() => undefined)
  }
}
