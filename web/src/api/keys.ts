/**
 * Idempotency keys of commands whose end is not known yet.
 *
 * One press has one key. When no answer came, the same command pressed again takes the same key, so it is done
 * once; as soon as an answer came, the next press is a new command.
 */
export class PressKeys {
  private readonly open = new Map<string, { key: string; senders: number }>()

  constructor(private readonly make: () => string = () => crypto.randomUUID()) {}

  /** Begin sending a command and return its key. */
  take(command: string): string {
    const held = this.open.get(command) ?? { key: this.make(), senders: 0 }
    held.senders += 1
    this.open.set(command, held)
    return held.key
  }

  /** End sending it; `settled` when the server has answered for good. */
  release(command: string, settled: boolean): void {
    const held = this.open.get(command)
    if (!held) return
    held.senders -= 1
    if (settled && held.senders <= 0) this.open.delete(command)
  }
}
