/** Two short tones for the few things that may make a sound. Silent where the browser does not allow it yet. */
export const ring = (): void => {
  try {
    const context = new AudioContext()
    const gain = context.createGain()
    gain.gain.value = 0.05
    gain.connect(context.destination)
    ;[660, 880].forEach((pitch, at) => {
      const tone = context.createOscillator()
      tone.frequency.value = pitch
      tone.connect(gain)
      tone.start(context.currentTime + at * 0.18)
      tone.stop(context.currentTime + at * 0.18 + 0.14)
    })
    setTimeout(() => void context.close(), 1000)
  } catch {
    // no sound here; the card is on the screen and read aloud
  }
}
