/** A sign of life: where it goes and how often. */
export interface Beat {
  url: string
  headers: Record<string, string>
  every: number
}

interface Parts {
  fetch: typeof fetch
  later: (run: () => void, ms: number) => ReturnType<typeof setTimeout>
  never: (timer: ReturnType<typeof setTimeout>) => void
}
const AGAIN_MS = 1000
const LATE_MS = 4000
const parts: Parts = {
  fetch: (...given) => fetch(...given),
  later: (run, ms) => setTimeout(run, ms),
  never: (timer) => clearTimeout(timer),
}

/** Sends signs of life until told otherwise; one that fails is sent again soon. */
export class Pulse {
  private beat: Beat | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private turn = 0

  constructor(private readonly using: Parts = parts) {}

  set(beat: Beat | null): void {
    if (this.timer !== undefined) this.using.never(this.timer)
    this.timer = undefined
    this.turn += 1
    this.beat = beat
    if (beat) void this.send(beat, this.turn)
  }

  private async send(beat: Beat, turn: number): Promise<void> {
    const arrived = await this.using
      .fetch(beat.url, { method: 'POST', headers: beat.headers, credentials: 'same-origin', signal: AbortSignal.timeout(LATE_MS) })
      .then((answer) => answer.status < 500)
      .catch(() => false)
    if (turn !== this.turn || this.beat !== beat) return
    this.timer = this.using.later(() => void this.send(beat, turn), arrived ? beat.every : AGAIN_MS)
  }
}
