/** How the line was over the last moment: packets that were expected and lost, how unevenly they came, how far it is. */
export interface Sample {
  received: number
  lost: number
  jitterMs: number
  roundTripMs: number
}
export type Quality = 'good' | 'fair' | 'poor'

const LIMITS = { fair: { loss: 0.01, jitter: 30, way: 200 }, poor: { loss: 0.05, jitter: 80, way: 400 } }

/** What a caller would say of it. */
export const qualityOf = (before: Sample | null, now: Sample): Quality => {
  const lost = Math.max(0, now.lost - (before?.lost ?? 0))
  const received = Math.max(0, now.received - (before?.received ?? 0))
  const loss = received + lost > 0 ? lost / (received + lost) : 1
  const over = ({ loss: most, jitter, way }: (typeof LIMITS)['fair']): boolean =>
    loss > most || now.jitterMs > jitter || now.roundTripMs > way
  if (over(LIMITS.poor)) return 'poor'
  return over(LIMITS.fair) ? 'fair' : 'good'
}

interface Report {
  type: string
  kind?: string
  packetsReceived?: number
  packetsLost?: number
  jitter?: number
  currentRoundTripTime?: number
  nominated?: boolean
}
/** Read the browser's statistics. */
export const sampleOf = async (connection: RTCPeerConnection): Promise<Sample> => {
  const sample: Sample = { received: 0, lost: 0, jitterMs: 0, roundTripMs: 0 }
  const stats = await connection.getStats()
  stats.forEach((report: Report) => {
    if (report.type === 'inbound-rtp' && report.kind === 'audio') {
      sample.received = report.packetsReceived ?? 0
      sample.lost = report.packetsLost ?? 0
      sample.jitterMs = (report.jitter ?? 0) * 1000
    }
    if (report.type === 'candidate-pair' && report.nominated) {
      sample.roundTripMs = (report.currentRoundTripTime ?? 0) * 1000
    }
  })
  return sample
}
