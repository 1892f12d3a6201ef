import { reactive, readonly } from 'vue'
import { askForMicrophone, type Devices, keepDevices, keptDevices } from './devices'
import { type Quality, qualityOf, type Sample, sampleOf } from './quality'
import { type Line, type Softphone, sipPhone } from './sip'

export { type Choice, type Devices, listDevices } from './devices'
export type { Quality } from './quality'
export type { Line } from './sip'

/** `elsewhere`: another tab of this browser has the line. `refused`: the media server does not know it. */
export type Status = 'off' | 'elsewhere' | 'connecting' | 'ready' | 'refused'
export type Trouble = '' | 'insecure' | 'microphone' | 'noMicrophone'
interface State {
  status: Status
  trouble: Trouble
  call: '' | 'ringing' | 'talking'
  since: number
  muted: boolean
  quality: Quality | null
  devices: Devices
}
/** What the phone needs from its surroundings. */
export interface Surroundings {
  line: () => Promise<Line>
  /** The phone is there (again): a caller who waits for it rings at once. Tells whether one does. */
  back: () => Promise<boolean>
  /** The page is going; must be sent even so. */
  gone: () => void
}

const state = reactive<State>({
  status: 'off',
  trouble: '',
  call: '',
  since: 0,
  muted: false,
  quality: null,
  devices: keptDevices(),
})
/** How the phone in this browser stands. */
export const phoneState = readonly(state)

const LOCK = 'shouwen.phone'
const EXPECTED_MS = 10_000
const LOOK_MS = 2_000
const AGAIN_MS = 3_000
const REFUSALS = 5

let phone: Softphone | null = null
let around: Surroundings | null = null
let release: (() => void) | null = null
let expectedUntil = 0
let looking: ReturnType<typeof setInterval> | undefined
let refusals = 0
let before: Sample | null = null
let silent = false

const look = async (): Promise<void> => {
  if (!phone?.connection) return
  const now = await sampleOf(phone.connection)
  state.quality = silent ? null : qualityOf(before, now)
  before = now
}
const over = (): void => {
  clearInterval(looking)
  before = null
  silent = false
  Object.assign(state, { call: '', muted: false, quality: null })
}
/** The next call is one that this person makes, or had already: it is answered by itself, also when it rings already. */
export const expectCall = (): void => {
  if (state.call === 'ringing') phone?.answer()
  else expectedUntil = Date.now() + EXPECTED_MS
}
const came = async (): Promise<void> => {
  state.status = 'ready'
  if (phone?.busy) return
  try {
    if (await around?.back()) expectCall()
  } catch {
    // the server is away for a moment; who waits is offered anew
  }
}
const rings = (): void => {
  Object.assign(state, { call: 'ringing', since: Date.now() })
  if (Date.now() > expectedUntil) return
  expectedUntil = 0
  phone?.answer()
}
const talks = (): void => {
  Object.assign(state, { call: 'talking', since: Date.now() })
  looking = setInterval(() => void look(), LOOK_MS)
}

/** The password may have changed with the shift: fetch it anew. */
const refused = (): void => {
  state.status = 'refused'
  refusals += 1
  if (refusals % REFUSALS || phone?.busy) return
  phone?.stop()
  phone = null
  void connect()
}

const connect = async (): Promise<void> => {
  if (!around || phone) return
  state.status = 'connecting'
  try {
    const line = await around.line()
    phone = await sipPhone(
      line,
      {
        registered: () => void came(),
        lost: () => (state.status = 'connecting'),
        refused,
        ringing: rings,
        talking: talks,
        over,
        deaf: () => (state.trouble = 'microphone'),
      },
      state.devices,
    )
  } catch {
    if (around) setTimeout(() => void connect(), AGAIN_MS)
  }
}
const leaving = (): void => {
  if (phone?.busy) around?.gone()
}

/** Be reachable in this browser: one tab of it has the line, the others say so. */
export const startPhone = (given: Surroundings): void => {
  if (around) return
  around = given
  if (!window.isSecureContext) {
    Object.assign(state, { status: 'off', trouble: 'insecure' })
    return
  }
  state.status = 'elsewhere'
  const held = new Promise<void>((resolve) => (release = resolve))
  void navigator.locks.request(LOCK, async () => {
    if (around !== given) return
    window.addEventListener('pagehide', leaving)
    const allowed = await askForMicrophone(state.devices)
    state.trouble = allowed === 'yes' ? '' : allowed === 'no' ? 'microphone' : 'noMicrophone'
    await connect()
    await held
  })
}

/** Be reachable here no more. */
export const stopPhone = (): void => {
  window.removeEventListener('pagehide', leaving)
  phone?.stop()
  phone = around = null
  release?.()
  release = null
  over()
  Object.assign(state, { status: 'off', trouble: '' })
}

/** Nothing comes to who has put his only partner on hold, and that is no fault of the line. */
export const expectSilence = (on: boolean): void => {
  silent = on
  if (on) state.quality = null
}
export const answerCall = (): void => phone?.answer()
export const refuseCall = (): void => phone?.refuse()
export const hangUp = (): void => phone?.hangUp()
export const pressKey = (key: string): void => phone?.press(key)
export const setMuted = (on: boolean): void => {
  phone?.mute(on)
  state.muted = on
}
export const setDevices = async (devices: Devices): Promise<void> => {
  state.devices = devices
  keepDevices(devices)
  await phone?.use(devices)
}
