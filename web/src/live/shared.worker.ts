import { type Beat, Pulse } from './beat'
import { FACT_NAMES } from './facts'
import { Stream, type Told } from './stream'

/**
 * One connection for all tabs of this browser. A tab says who listens, or `stop` or `bye`, or gives the sign of life:
 * here it goes on when the browser slows the timers of a tab that nobody looks at. What one tab ends goes on for others.
 */
interface Tab {
  who: string
  beat: Beat | null
}
export type Asked = { start: string } | { beat: Beat | null } | 'stop' | 'bye'

const tabs = new Map<MessagePort, Tab>()
const stream = new Stream('/live', FACT_NAMES, (told: Told) => {
  for (const port of tabs.keys()) port.postMessage(told)
})
const pulse = new Pulse()
let beating: Beat | null = null

/** Beat as long as any tab wants it. */
const beat = (): void => {
  const wanted = [...tabs.values()].map((tab) => tab.beat).findLast((one) => one !== null) ?? null
  if (JSON.stringify(wanted) === JSON.stringify(beating)) return
  beating = wanted
  pulse.set(wanted)
}

const leave = (port: MessagePort): void => {
  const who = tabs.get(port)?.who
  tabs.delete(port)
  if (who !== undefined && ![...tabs.values()].some((tab) => tab.who === who)) stream.forget(who)
  if (tabs.size === 0) stream.stop()
}

const asked = (port: MessagePort, what: Asked): void => {
  if (what === 'stop' || what === 'bye') leave(port)
  else if ('beat' in what) {
    if (what.beat || tabs.has(port)) tabs.set(port, { who: tabs.get(port)?.who ?? '', beat: what.beat })
  } else {
    tabs.set(port, { who: what.start, beat: tabs.get(port)?.beat ?? null })
    stream.start(what.start)
    port.postMessage(stream.state())
  }
  beat()
}

self.addEventListener('connect', (event) => {
  const port = (event as MessageEvent).ports[0]
  if (!port) return
  port.onmessage = (message: MessageEvent) => asked(port, message.data as Asked)
})
