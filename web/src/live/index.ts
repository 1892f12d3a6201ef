import { onScopeDispose, reactive, readonly } from 'vue'
import type { Beat } from './beat'
import { Dispatcher } from './dispatcher'
import type { FactName, Facts } from './facts'
import { lineFor, type Line } from './line'
import type { Told } from './stream'

export { FACT_NAMES, type FactName, type Facts } from './facts'

const dispatcher = new Dispatcher()
const state = reactive({ wanted: false, connected: false, attempts: 0 })
let line: Line | null = null

const hear = (told: Told): void => {
  if (told.kind === 'fact') dispatcher.dispatch(told.name, told.id, told.data)
  else if (told.kind === 'reset') dispatcher.reset()
  else Object.assign(state, { connected: told.connected, attempts: told.attempts })
}

/** Whether the screen hears what happens; `attempts` counts the reconnections since it last did. */
export const liveState = readonly(state)

/** Connect: after sign-in, as the one who signed in. */
export const startLive = (who: string): void => {
  line ??= lineFor(hear)
  state.wanted = true
  line.start(who)
}

/** Disconnect this tab: at sign-out, or while nobody is signed in. */
export const stopLive = (): void => {
  Object.assign(state, { wanted: false, connected: false, attempts: 0 })
  line?.stop()
}

/** Tell the server that this screen is there, also while nobody looks at the tab; null ends it. */
export const setBeat = (beat: Beat | null): void => {
  line ??= lineFor(hear)
  line.beat(beat)
}

export const onFact = <N extends FactName>(name: N, handler: (payload: Facts[N]) => void): (() => void) =>
  dispatcher.on(name, handler)
export const onReset = (handler: () => void): (() => void) => dispatcher.onReset(handler)

/** Hear facts as long as this component lives. */
export const useFacts = <N extends FactName>(names: readonly N[], handler: (payload: Facts[N]) => void): void => {
  const stops = names.map((name) => onFact(name, handler))
  onScopeDispose(() => stops.forEach((stop) => stop()))
}
