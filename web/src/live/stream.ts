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
/** The server says something every twenty seconds; a line that says nothing for so long is dead, whatever it looks like. */
const SILENT_MS = 50_000
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
  private alive = false
  private readonly listeners = new Set<string>()

  constructor(
    private readonly url: string,
    private readonly names: readonly string[],
    private readonly tell: (told: Told) => void,
    private readonly using: Parts = parts,
  ) {}

  /** Connect, for one more who listens: what a connection tells was settled by who was signed in when it was made. */
  start(who = ''): void {
    const running = this.generation % 2 === 1
    if (running && this.listeners.has(who)) return
    this.listeners.add(who)
    this.source?.close()
    this.generation += running ? 2 : 1
    this.open()
  }

  /** One of those who listened is gone; when he comes back, the line is made anew. */
  forget(who: string): void {
    this.listeners.delete(who)
  }

  stop(): void {
    if (this.generation % 2 === 0) return
    this.generation += 1
    this.source?.close()
    this.source = null
    this.listeners.clear()
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
      this.alive = true
      this.up()
    })
    source.addEventListener('reset', () => this.tell({ kind: 'reset' }))
    source.addEventListener('error', () => this.down(source))
    source.addEventListener('ping', () => (this.alive = true))
    for (const name of this.names) source.addEventListener(name, (event) => this.heard(name, event as MessageEvent))
    this.listen(source)
  }

  /** Look now and then whether anything was heard: a dead line gives no error by itself. */
  private listen(source: Source): void {
    this.alive = false
    this.using.later(() => {
      if (source !== this.source) return
      if (this.alive) return this.listen(source)
      source.close()
      this.down(source)
    }, SILENT_MS)
  }

  private heard(name: string, event: MessageEvent): void {
    this.alive = true
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
