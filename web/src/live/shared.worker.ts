import { type Beat, Pulse } from './beat'
import { FACT_NAMES } from './facts'
import { Stream, type Told } from './stream'

/**
 * One connection for all tabs of this browser. A tab says `start`, `stop` or `bye`, or gives the sign of life:
 * here it goes on when the browser slows the timers of a tab that nobody looks at.
 */
const tabs = new Set<MessagePort>()
const stream = new Stream('/live', FACT_NAMES, (told: Told) => {
  for (const tab of tabs) tab.postMessage(told)
})

const pulse = new Pulse()

const asked = (port: MessagePort, what: string | { beat: Beat | null }): void => {
  if (typeof what === 'object') {
    pulse.set(what.beat)
    return
  }
  if (what === 'start') {
    tabs.add(port)
    stream.start()
    port.postMessage(stream.state())
  }
  if (what === 'bye') tabs.delete(port)
  if (tabs.size === 0 || what === 'stop') {
    pulse.set(null)
    stream.stop()
  }
}

self.addEventListener('connect', (event) => {
  const port = (event as MessageEvent).ports[0]
  if (!port) return
  port.onmessage = (message: MessageEvent) => asked(port, message.data as string | { beat: Beat | null })
})
