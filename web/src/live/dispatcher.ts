import type { FactName, Facts } from './facts'

type Handler<N extends FactName> = (payload: Facts[N]) => void
type AnyHandler = (payload: never) => void

const REMEMBERED = 1000

/** Hands each fact to whoever asked for it, once, even when two connections told it. */
export class Dispatcher {
  private readonly handlers = new Map<string, Set<AnyHandler>>()
  private readonly resets = new Set<() => void>()
  private readonly seen = new Set<string>()

  constructor(private readonly failed: (error: unknown) => void = (error) => reportError(error)) {}

  /** Hear one kind of fact; the answer stops hearing. */
  on<N extends FactName>(name: N, handler: Handler<N>): () => void {
    const held = this.handlers.get(name) ?? new Set<AnyHandler>()
    held.add(handler as AnyHandler)
    this.handlers.set(name, held)
    return () => void held.delete(handler as AnyHandler)
  }

  /** Hear that facts may have been missed: read again what is shown. */
  onReset(handler: () => void): () => void {
    this.resets.add(handler)
    return () => void this.resets.delete(handler)
  }

  dispatch(name: string, id: string, data: string): void {
    if (id && this.seen.has(id)) return
    this.remember(id)
    const payload: unknown = JSON.parse(data)
    for (const handler of this.handlers.get(name) ?? []) this.run(() => handler(payload as never))
  }

  reset(): void {
    for (const handler of this.resets) this.run(handler)
  }

  private remember(id: string): void {
    if (!id) return
    this.seen.add(id)
    if (this.seen.size <= REMEMBERED) return
    const oldest = this.seen.values().next().value
    if (oldest !== undefined) this.seen.delete(oldest)
  }

  private run(handler: () => void): void {
    try {
      handler()
    } catch (error) {
      this.failed(error)
    }
  }
}
