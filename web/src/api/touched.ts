/** When the person at this browser last touched one of our pages, in any of its tabs. */
const NAME = 'sw.touched'
const KEEP_MS = 5000
let last = 0
let kept = 0

const shared = (): number => {
  try {
    return Number(localStorage.getItem(NAME)) || 0
  } catch {
    return 0 // each tab counts for itself
  }
}

/** Somebody is here. */
export const touch = (now = Date.now()): void => {
  last = now
  if (now - kept < KEEP_MS) return
  kept = now
  try {
    localStorage.setItem(NAME, String(now))
  } catch {
    // this tab knows
  }
}

/** For how many whole seconds nobody has been; 0 before anybody was. */
export const idleSeconds = (now = Date.now()): number => {
  const seen = Math.max(last, shared())
  return seen ? Math.max(0, Math.floor((now - seen) / 1000)) : 0
}

/** What a request says of it: the server lets a session last for what a person does, not for what a page does. */
export const IDLE_HEADER = 'X-Idle-Seconds'
/** Said by what goes on by itself. */
export const BY_ITSELF = 'none'

const DEEDS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
/** Watch this page for its person. */
export const watchTouch = (page: Window): void => {
  for (const deed of DEEDS) page.addEventListener(deed, () => touch(), { capture: true, passive: true })
}
