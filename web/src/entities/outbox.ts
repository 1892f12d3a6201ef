import { reactive, shallowReactive } from 'vue'
import type { Drafts } from '@/api/drafts'
import { ApiProblem } from '@/api/problem'

/** Something written that has not been acknowledged yet. Its key makes sending it twice the same as once. */
export interface Pending {
  key: string
  body: string
  at: number
  state: 'sending' | 'failed' | 'refused'
  /** Why it was refused, in the server's words. */
  why: string
}

/** How messages go, and whom it concerns when they have gone. */
export interface Ways<M> {
  send: (body: string, key: string) => Promise<M>
  /** Answers that say nothing about the message itself: it waits until somebody else is signed in here. */
  notMine: readonly number[]
}
export interface Hearer<M> {
  arrived: (message: M) => void
  refused?: () => void
}

/** Pause before the nth try: 1, 2, 4, 8 and then 15 seconds. */
export const pause = (tries: number): number => Math.min(15_000, 1000 * 2 ** Math.max(0, tries - 1))

const isPending = (value: unknown): value is Pending => {
  if (typeof value !== 'object' || value === null) return false
  const entry = value as Partial<Pending>
  return typeof entry.key === 'string' && typeof entry.body === 'string' && typeof entry.at === 'number'
}

/** One tab of this browser at a time, where browsers can tell; elsewhere the keys of the messages are enough. */
const alone = async (name: string, work: () => Promise<void>): Promise<void> => {
  const locks = navigator.locks as LockManager | undefined
  await (locks ? locks.request(name, work) : work())
}

/**
 * The messages of one conversation on their way out, in order.
 *
 * Each is kept in this browser for itself until it is acknowledged: a reload, a killed server, an ended session or a
 * second tab loses none. A message without an answer holds back those behind it; one that was refused does not.
 */
export class Outbox<M> {
  readonly pending = reactive<Pending[]>([])
  private readonly hearers = new Set<Hearer<M>>()
  /** Those the browser keeps: gone from there, another tab has sent them. */
  private readonly held = new Set<string>()
  private running = false
  private tries = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly kept: Drafts,
    private readonly place: string,
    private readonly ways: Ways<M>,
  ) {
    this.look()
  }

  hear(hearer: Hearer<M>): () => void {
    this.hearers.add(hearer)
    return () => void this.hearers.delete(hearer)
  }

  add(body: string, key: string = crypto.randomUUID()): void {
    const at = Math.max(Date.now(), (this.pending.at(-1)?.at ?? 0) + 1)
    this.keep({ key, body, at, state: 'sending', why: '' })
    void this.run()
  }

  /** Send again what had no answer, or the one that a person names: the line is back, or he pressed. */
  retry(key?: string): void {
    for (const one of this.pending) {
      if (key === undefined ? one.state === 'failed' : one.key === key) this.turn(one, 'sending')
    }
    void this.run()
  }

  /** Take a message back; only one that was refused is certain not to have arrived. */
  discard(key: string): string {
    const body = this.pending.find((one) => one.key === key)?.body ?? ''
    this.forget(key)
    return body
  }

  /** See what other tabs of this browser wrote, sent or took back. */
  look(): void {
    const there = new Map(this.stored().map((one) => [one.key, one]))
    for (const key of this.held) if (!there.has(key)) this.leave(key)
    for (const one of there.values()) {
      if (!this.pending.some(({ key }) => key === one.key)) this.pending.push(one)
      this.held.add(one.key)
    }
    this.pending.sort((a, b) => a.at - b.at)
  }

  /** Another tab has written, sent or taken back: should it be closed before it is done, this one goes on. */
  follow(): void {
    this.look()
    if (this.pending.some((one) => one.state !== 'refused')) this.later()
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  private async run(): Promise<void> {
    if (this.running || !this.waiting()) return
    this.running = true
    clearTimeout(this.timer)
    try {
      await alone(this.kept.prefix + this.place, () => this.empty())
    } finally {
      this.running = false
    }
  }

  private async empty(): Promise<void> {
    this.look()
    for (let next = this.waiting(); next; next = this.waiting()) if (!(await this.deliver(next))) return
  }

  private waiting = (): Pending | undefined => this.pending.find((one) => one.state === 'sending')

  /** Send one; false when there was no answer and the rest must wait. */
  private async deliver(one: Pending): Promise<boolean> {
    try {
      const message = await this.ways.send(one.body, one.key)
      this.tries = 0
      this.forget(one.key)
      for (const hearer of this.hearers) hearer.arrived(message)
      return true
    } catch (error) {
      return this.missed(one, error)
    }
  }

  private missed(one: Pending, error: unknown): boolean {
    const problem = error instanceof ApiProblem ? error : null
    const elsewhere = problem !== null && this.ways.notMine.includes(problem.status)
    if (problem && !elsewhere && !problem.uncertain && problem.status < 500 && problem.status !== 429) {
      this.turn(one, 'refused', problem.detail)
      for (const hearer of this.hearers) hearer.refused?.()
      return true
    }
    for (const other of this.pending) if (other.state === 'sending') this.turn(other, 'failed')
    if (!elsewhere) this.later()
    return false
  }

  /** Nobody answered: try once more by itself. The key makes sure that it arrives once. */
  private later(): void {
    this.tries += 1
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.retry(), pause(this.tries))
  }

  private turn(one: Pending, state: Pending['state'], why = ''): void {
    Object.assign(one, { state, why })
    this.kept.write(this.nameOf(one.key), one)
  }

  private keep(one: Pending): void {
    this.pending.push(one)
    if (this.kept.write(this.nameOf(one.key), one)) this.held.add(one.key)
  }

  private forget(key: string): void {
    this.kept.drop(this.nameOf(key))
    this.leave(key)
  }

  private leave(key: string): void {
    this.held.delete(key)
    const at = this.pending.findIndex((one) => one.key === key)
    if (at >= 0) this.pending.splice(at, 1)
  }

  private stored(): Pending[] {
    const mine = this.kept.names().filter((name) => name.startsWith(`${this.place}.`))
    return mine.map((name) => this.kept.read<unknown>(name)).filter(isPending)
  }

  private nameOf = (key: string): string => `${this.place}.${key}`
}

/** All that one person wrote in this browser and that has not arrived, conversation by conversation. */
export class Outboxes<M> {
  private readonly boxes = shallowReactive(new Map<string, Outbox<M>>())
  private owner = ''

  constructor(
    private readonly kept: Drafts,
    private readonly ways: (conversation: string) => Ways<M>,
  ) {
    addEventListener('online', () => this.retry())
    window.addEventListener('storage', ({ key }) => {
      if (key?.startsWith(kept.prefix)) this.changed(key.slice(kept.prefix.length))
    })
  }

  /** Go on for whoever is signed in: what he wrote here goes now, whichever page is open. */
  begin(owner: string): void {
    if (owner !== this.owner) this.end()
    this.owner = owner
    this.retry()
  }

  end(): void {
    for (const box of this.boxes.values()) box.stop()
    this.boxes.clear()
    this.owner = ''
  }

  of(conversation: string): Outbox<M> {
    const held = this.boxes.get(conversation)
    if (held) return held
    const made = new Outbox<M>(this.kept, `${this.owner}.${conversation}`, this.ways(conversation))
    this.boxes.set(conversation, made)
    return made
  }

  /** The server is back: everything that waits goes. */
  retry(): void {
    for (const name of this.kept.names()) this.mine(name)?.look()
    for (const box of this.boxes.values()) box.retry()
  }

  /** What had no answer or was refused, with its conversation, oldest first. */
  unsent(): { conversation: string; message: Pending }[] {
    const all = [...this.boxes].flatMap(([conversation, box]) =>
      box.pending.map((message) => ({ conversation, message })),
    )
    return all.filter(({ message }) => message.state !== 'sending').sort((a, b) => a.message.at - b.message.at)
  }

  private changed(name: string): void {
    this.mine(name)?.follow()
  }

  private mine(name: string): Outbox<M> | undefined {
    const [owner, conversation] = name.split('.')
    return owner === this.owner && conversation ? this.of(conversation) : undefined
  }
}
