import { computed, type ComputedRef, onScopeDispose, shallowReactive } from 'vue'

/** A key that does something now: `combo` like "Alt+N", "F2", "/" or "Ctrl+Enter"; `title` is a message key. */
export interface KeyBinding {
  combo: string
  title: string
  run: (event: KeyboardEvent) => void
  /** Works while typing too. Keys with Ctrl, Alt or F do by nature. */
  whileTyping?: boolean
  when?: () => boolean
}

const ALIASES: Record<string, string> = { ArrowUp: 'Up', ArrowDown: 'Down', Escape: 'Esc', ' ': 'Space' }
const TYPED = 'input, textarea, select, [contenteditable="true"]'

/** The name of the pressed combination, the same on every layout: Alt+letters come from the physical key. */
export const comboOf = (event: KeyboardEvent): string => {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]
  const plain = ALIASES[event.key] ?? event.key
  const key = (event.altKey || event.ctrlKey || event.metaKey) && letter ? letter : plain
  const held = [
    (event.ctrlKey || event.metaKey) && 'Ctrl',
    event.altKey && 'Alt',
    event.shiftKey && key.length > 1 && 'Shift',
  ].filter(Boolean)
  return [...held, key.length === 1 ? key.toUpperCase() : key].join('+')
}

/** The combinations that the user gave instead of the usual ones, by what they do. */
const given = shallowReactive<Record<string, string>>({})
export const giveKeys = (map: Readonly<Record<string, string>>): void => {
  for (const title of Object.keys(given)) Reflect.deleteProperty(given, title)
  Object.assign(given, map)
}
/** By which keys something is done: the user's own, else the usual ones. */
export const comboFor = (binding: Pick<KeyBinding, 'title' | 'combo'>): string => given[binding.title] ?? binding.combo
/** What stands on the key cap of something, always as it is now. */
export const useCap = (title: string, combo: string): ComputedRef<string> =>
  computed(() => capOf(comboFor({ title, combo })))

/** The one list of keys: what is on screen adds its own and takes them away when it goes. */
export class KeyRegistry {
  readonly bindings = shallowReactive<KeyBinding[]>([])

  add(binding: KeyBinding): () => void {
    this.bindings.push(binding)
    return () => {
      const at = this.bindings.indexOf(binding)
      if (at >= 0) this.bindings.splice(at, 1)
    }
  }

  /** Run what the key does; the latest that wants it wins. Return whether it was used. */
  press(event: KeyboardEvent): boolean {
    if (event.isComposing || event.defaultPrevented) return false
    const combo = comboOf(event)
    const typing = event.target instanceof Element && event.target.matches(TYPED)
    const found = this.bindings.findLast(
      (one) => comboFor(one) === combo && (one.when?.() ?? true) && (!typing || free(one)),
    )
    if (!found) return false
    event.preventDefault()
    found.run(event)
    return true
  }
}

const free = (binding: KeyBinding): boolean => binding.whileTyping ?? /^(Ctrl|Alt)\+|^F\d/.test(comboFor(binding))

export const keys = new KeyRegistry()

/** Offer keys as long as this component lives. */
export const useKeys = (...bindings: KeyBinding[]): void => {
  const stops = bindings.map((binding) => keys.add(binding))
  onScopeDispose(() => stops.forEach((stop) => stop()))
}

/** How a combination is printed on a key cap. */
export const capOf = (combo: string): string =>
  combo.replace('Enter', '↵').replace('Up', '↑').replace('Down', '↓').replaceAll('+', ' ')
