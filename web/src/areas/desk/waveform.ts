/** The loudest moment of each of so many equal parts of a sound, 0 to 1 of the loudest of all. */
export const loudest = (samples: Float32Array, bars: number): number[] => {
  const step = Math.max(samples.length / bars, 1)
  const peaks = Array.from({ length: bars }, (_, n) => {
    let peak = 0
    for (let i = Math.floor(n * step); i < Math.min((n + 1) * step, samples.length); i += 1)
      peak = Math.max(peak, Math.abs(samples[i] ?? 0))
    return peak
  })
  const most = Math.max(...peaks)
  return most > 0 ? peaks.map((peak) => peak / most) : peaks
}

/** The shape of a sound file. */
export const peaksOf = async (sound: ArrayBuffer, bars: number): Promise<number[]> =>
  loudest((await new OfflineAudioContext(1, 1, 8000).decodeAudioData(sound)).getChannelData(0), bars)
