import { type Beat, Pulse } from './beat'
import { FACT_NAMES } from './facts'
import type { Asked } from './shared.worker'
import { Stream, type Told } from './stream'

/** A way to the one connection of this browser. */
export interface Line {
  /** Hear what happens, as this person. */
  start(who: string): void
  stop(): void
  /** Send a sign of life from now on, or no more. */
  beat(beat: Beat | null): void
}
type Hear = (told: Told) => void

const NAME = 'shouwen-live'

const shared = (hear: Hear): Line => {
  const worker = new SharedWorker(new URL('./shared.worker.ts', import.meta.url), { type: 'module', name: NAME })
  worker.port.onmessage = (event: MessageEvent) => hear(event.data as Told)
  const ask = (what: Asked): void => worker.port.postMessage(what)
  let listener: string | null = null
  let beating: Beat | null = null
  addEventListener('pagehide', () => ask('bye'))
  addEventListener('pageshow', (event: PageTransitionEvent) => {
    if (!event.persisted || listener === null) return
    ask({ start: listener })
    ask({ beat: beating })
  })
  return {
    start: (who) => {
      listener = who
      ask({ start: who })
    },
    stop: () => {
      listener = beating = null
      ask('stop')
    },
    beat: (beat) => {
      beating = beat
      ask({ beat })
    },
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
  let listener: string | null = null
  const lead = (who: string): Promise<void> =>
    new Promise((done) => {
      stream.start(who)
      giveUp.signal.addEventListener('abort', () => done())
    })
  return {
    start: (who) => {
      if (who === listener) return
      listener = who
      giveUp.abort()
      giveUp = new AbortController()
      navigator.locks.request(NAME, { signal: giveUp.signal }, () => lead(who)).catch(() => undefined)
    },
    stop: () => {
      listener = null
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
  return { start: (who) => stream.start(who), stop: () => stream.stop(), beat: (beat) => pulse.set(beat) }
}

/** Choose the best way this browser has. */
export const lineFor = (hear: Hear): Line => {
  if (typeof SharedWorker === 'function') return shared(hear)
  if (typeof BroadcastChannel === 'function' && 'locks' in navigator) return elected(hear)
  return direct(hear)
}
