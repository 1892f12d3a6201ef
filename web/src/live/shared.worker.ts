import { FACT_NAMES } from './facts'
import { Stream, type Told } from './stream'

/** One connection for all tabs of this browser. A tab says `start`, `stop` or `bye`. */
const tabs = new Set<MessagePort>()
const stream = new Stream('/live', FACT_NAMES, (told: Told) => {
  for (const tab of tabs) tab.postMessage(told)
})

const asked = (port: MessagePort, what: unknown): void => {
  if (what === 'start') {
    tabs.add(port)
    stream.start()
    port.postMessage(stream.state())
  }
  if (what === 'stop') stream.stop()
  if (what === 'bye') tabs.delete(port)
  if (tabs.size === 0) stream.stop()
}

self.addEventListener('connect', (event) => {
  const port = (event as MessageEvent).ports[0]
  if (!port) return
  port.onmessage = (message: MessageEvent) => asked(port, message.data)
})
