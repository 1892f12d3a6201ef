import { reactive } from 'vue'
import type { Drafts } from '@/api/drafts'
import { ApiProblem } from '@/api/problem'
import type { Message } from './types'

/** Something written that has not been acknowledged yet. Its key makes sending it twice the same as once. */
export interface Pending {
  key: string
  body: string
  at: number
  state: 'sending' | 'failed'
  /** Why it did not go; empty when there was no answer. */
  why: string
}

const AGAIN_MS = 3000

interface Ways {
  kept: Drafts
  send: (body: string, key: string) => Promise<Message>
  arrived: (message: Message) => void
  key?: () => string
}

/**
 * The messages of one conversation on their way out, in order.
 *
 * Kept in this browser until acknowledged: a reload, a killed server or an ended session loses none. A message
 * without an answer holds back those behind it; one that was refused does not.
 */
export class Outbox {
  readonly pending = reactive<Pending[]>([])
  private running = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly name: string,
    private readonly ways: Ways,
  ) {
    const left = ways.kept.read<Pending[]>(name) ?? []
    this.pending.push(...left.map((one) => ({ ...one, state: 'failed' as const })))
  }

  add(body: string): void {
    const key = this.ways.key?.() ?? crypto.randomUUID()
    this.pending.push({ key, body, at: Date.now(), state: 'sending', why: '' })
    this.keep()
    void this.run()
  }

  /** Send again what stands here: pressed by a person, or because the line is back. */
  retry(key?: string): void {
    for (const one of this.pending) if (key === undefined || one.key === key) one.state = 'sending'
    void this.run()
  }

  /** Take a message back into the composer; only one that was refused is certain not to have arrived. */
  discard(key: string): string {
    const at = this.pending.findIndex((one) => one.key === key)
    if (at < 0) return ''
    const [one] = this.pending.splice(at, 1)
    this.keep()
    return one?.body ?? ''
  }

  private async run(): Promise<void> {
    if (this.running) return
    this.running = true
    try {
      let next = this.waiting()
      while (next) {
        if (!(await this.deliver(next))) return
        next = this.waiting()
      }
    } finally {
      this.running = false
    }
  }

  private waiting(): Pending | undefined {
    return this.pending.find((one) => one.state === 'sending')
  }

  /** Send one; false when there was no answer and the rest must wait. */
  private async deliver(one: Pending): Promise<boolean> {
    try {
      const message = await this.ways.send(one.body, one.key)
      this.discard(one.key)
      this.ways.arrived(message)
      return true
    } catch (error) {
      // an ended session says nothing about the message: it goes after signing in again
      const refused = error instanceof ApiProblem && !error.uncertain && error.status !== 401
      one.why = refused ? error.detail : ''
      one.state = 'failed'
      if (!refused) for (const other of this.pending) other.state = 'failed'
      this.keep()
      if (!refused && !(error instanceof ApiProblem && error.status === 401)) this.again()
      return refused
    }
  }

  /** Nobody answered: try once more by itself. The key makes sure that it arrives once. */
  private again(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      for (const one of this.pending) if (!one.why) one.state = 'sending'
      void this.run()
    }, AGAIN_MS)
  }

  private keep(): void {
    if (this.pending.length) this.ways.kept.write(this.name, this.pending)
    else this.ways.kept.drop(this.name)
  }
}
