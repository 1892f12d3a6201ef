/** What a connection tells the tabs that share it. */
export type Told =
  | { kind: 'fact'; name: string; id: string; data: string }
  | { kind: 'reset' }
  | { kind: 'state'; connected: boolean; attempts: number }

type Source = Pick<EventSource, 'addEventListener' | 'close' | 'readyState'>
interface Parts {
  open: (url: string) => Source
  later: (run: () => void, ms: number) => unknown
}

const CLOSED = 2
const SLOWEST_MS = 15_000
const parts: Parts = { open: (url) => new EventSource(url), later: (run, ms) => setTimeout(run, ms) }

/**
 * One connection to the live service.
 *
 * The browser reconnects by itself and names the last event it saw. A connection that we make, the first one or one
 * after the browser gave up (an error answer while the server restarts), cannot: what was read before it stood may
 * have missed something, so what is shown is read again.
 */
export class Stream {
  private source: Source | null = null
  private attempts = 0
  private connected = false
  private generation = 0

  constructor(
    private readonly url: string,
    private readonly names: readonly string[],
    private readonly tell: (told: Told) => void,
    private readonly using: Parts = parts,
  ) {}

  start(): void {
    if (this.generation % 2 === 1) return
    this.generation += 1
    this.open()
  }

  stop(): void {
    if (this.generation % 2 === 0) return
    this.generation += 1
    this.source?.close()
    this.source = null
    this.connected = false
    this.attempts = 0
  }

  /** Tell a tab that has just come where we stand. */
  state(): Told {
    return { kind: 'state', connected: this.connected, attempts: this.attempts }
  }

  private open(): void {
    const source = this.using.open(this.url)
    let fresh = true
    this.source = source
    source.addEventListener('ready', () => {
      if (fresh) this.tell({ kind: 'reset' })
      fresh = false
      this.up()
    })
    source.addEventListener('reset', () => this.tell({ kind: 'reset' }))
    source.addEventListener('error', () => this.down(source))
    for (const name of this.names) source.addEventListener(name, (event) => this.heard(name, event as MessageEvent))
  }

  private heard(name: string, event: MessageEvent): void {
    this.tell({ kind: 'fact', name, id: event.lastEventId, data: String(event.data) })
  }

  private up(): void {
    this.connected = true
    this.attempts = 0
    this.tell(this.state())
  }

  private down(source: Source): void {
    if (source !== this.source) return
    this.connected = false
    this.attempts += 1
    this.tell(this.state())
    if (source.readyState !== CLOSED) return
    this.source = null
    const generation = this.generation
    const pause = Math.min(SLOWEST_MS, 500 * 2 ** Math.min(this.attempts, 5))
    this.using.later(() => generation === this.generation && this.open(), pause)
  }
}
