/** Which microphone and which speaker; empty: the system's own choice. */
export interface Devices {
  microphone: string
  speaker: string
}

const KEPT = 'shouwen.phone.devices'

export const keptDevices = (): Devices => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Devices>
    return { microphone: kept.microphone ?? '', speaker: kept.speaker ?? '' }
  } catch {
    return { microphone: '', speaker: '' }
  }
}
export const keepDevices = (devices: Devices): void => localStorage.setItem(KEPT, JSON.stringify(devices))

export const constraintsOf = ({ microphone }: Devices): MediaStreamConstraints => ({
  audio: {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(microphone ? { deviceId: { ideal: microphone } } : {}),
  },
  video: false,
})

export type Allowed = 'yes' | 'no' | 'none'

/** Ask for the microphone before the first call does; what comes is let go at once. */
export const askForMicrophone = async (devices: Devices): Promise<Allowed> => {
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraintsOf(devices))
    stream.getTracks().forEach((track) => track.stop())
    return 'yes'
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotFoundError' ? 'none' : 'no'
  }
}

export interface Choice {
  id: string
  label: string
}
/** What there is to choose from. */
export const listDevices = async (): Promise<Record<keyof Devices, Choice[]>> => {
  const found = await navigator.mediaDevices.enumerateDevices()
  const of = (kind: MediaDeviceKind): Choice[] =>
    found
      .filter((one) => one.kind === kind && one.deviceId && one.deviceId !== 'default')
      .map((one) => ({ id: one.deviceId, label: one.label }))
  return { microphone: of('audioinput'), speaker: of('audiooutput') }
}
