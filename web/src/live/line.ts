import { type Beat, Pulse } from './beat'
import { FACT_NAMES } from './facts'
import { Stream, type Told } from './stream'

/** A way to the one connection of this browser. */
export interface Line {
  start(): void
  stop(): void
  /** Send a sign of life from now on, or no more. */
  beat(beat: Beat | null): void
}
type Hear = (told: Told) => void

const NAME = 'shouwen-live'

const shared = (hear: Hear): Line => {
  const worker = new SharedWorker(new URL('./shared.worker.ts', import.meta.url), { type: 'module', name: NAME })
  worker.port.onmessage = (event: MessageEvent) => hear(event.data as Told)
  addEventListener('pagehide', () => worker.port.postMessage('bye'))
  addEventListener('pageshow', (event: PageTransitionEvent) => event.persisted && worker.port.postMessage('start'))
  return {
    start: () => worker.port.postMessage('start'),
    stop: () => worker.port.postMessage('stop'),
    beat: (beat) => worker.port.postMessage({ beat }),
  }
}

/** Without shared workers the tab that holds the lock connects and tells the others. */
const elected = (hear: Hear): Line => {
  const channel = new BroadcastChannel(NAME)
  const stream = new Stream('/live', FACT_NAMES, (told) => {
    hear(told)
    channel.postMessage(told)
  })
  channel.onmessage = (event: MessageEvent) => hear(event.data as Told)
  const pulse = new Pulse()
  let giveUp = new AbortController()
  const lead = (): Promise<void> =>
    new Promise((done) => {
      stream.start()
      giveUp.signal.addEventListener('abort', () => done())
    })
  return {
    start: () => {
      giveUp = new AbortController()
      navigator.locks.request(NAME, { signal: giveUp.signal }, lead).catch(() => undefined)
    },
    stop: () => {
      giveUp.abort()
      stream.stop()
      pulse.set(null)
    },
    beat: (beat) => pulse.set(beat),
  }
}

const direct = (hear: Hear): Line => {
  const stream = new Stream('/live', FACT_NAMES, hear)
  const pulse = new Pulse()
  return { start: () => stream.start(), stop: () => stream.stop(), beat: (beat) => pulse.set(beat) }
}

/** Choose the best way this browser has. */
export const lineFor = (hear: Hear): Line => {
  if (typeof SharedWorker === 'function') return shared(hear)
  if (typeof BroadcastChannel === 'function' && 'locks' in navigator) return elected(hear)
  return direct(hear)
}
