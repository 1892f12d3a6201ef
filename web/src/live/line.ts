import { FACT_NAMES } from './facts'
import { Stream, type Told } from './stream'

/** A way to the one connection of this browser. */
export interface Line {
  start(): void
  stop(): void
}
type Hear = (told: Told) => void

const NAME = 'shouwen-live'

const shared = (hear: Hear): Line => {
  const worker = new SharedWorker(new URL('./shared.worker.ts', import.meta.url), { type: 'module', name: NAME })
  worker.port.onmessage = (event: MessageEvent) => hear(event.data as Told)
  addEventListener('pagehide', () => worker.port.postMessage('bye'))
  addEventListener('pageshow', (event: PageTransitionEvent) => event.persisted && worker.port.postMessage('start'))
  return { start: () => worker.port.postMessage('start'), stop: () => worker.port.postMessage('stop') }
}

/** Without shared workers the tab that holds the lock connects and tells the others. */
const elected = (hear: Hear): Line => {
  const channel = new BroadcastChannel(NAME)
  const stream = new Stream('/live', FACT_NAMES, (told) => {
    hear(told)
    channel.postMessage(told)
  })
  channel.onmessage = (event: MessageEvent) => hear(event.data as Told)
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
    },
  }
}

const direct = (hear: Hear): Line => new Stream('/live', FACT_NAMES, hear)

/** Choose the best way this browser has. */
export const lineFor = (hear: Hear): Line => {
  if (typeof SharedWorker === 'function') return shared(hear)
  if (typeof BroadcastChannel === 'function' && 'locks' in navigator) return elected(hear)
  return direct(hear)
}
