/** Where a key is listened to: on every page, on every page but the desk, or on one kind of page. */
export type Place = 'everywhere' | 'away' | 'desk' | 'tickets' | 'versions'
export interface KeyEntry {
  /** What it does, a message key; by it the user's own key is kept. */
  title: string
  combo: string
  place: Place
}

/** Every key of the workspace, in one place. */
export const KEY_MAP: readonly KeyEntry[] = [
  { title: 'keyList.open', combo: '?', place: 'everywhere' },
  { title: 'help.open', combo: 'F1', place: 'everywhere' },
  { title: 'keyList.search', combo: '/', place: 'everywhere' },
  { title: 'offer.show', combo: 'F2', place: 'away' },
  { title: 'offer.accept', combo: 'F2', place: 'desk' },
  { title: 'desk.previous', combo: 'Alt+Up', place: 'desk' },
  { title: 'desk.next', combo: 'Alt+Down', place: 'desk' },
  { title: 'desk.openTicket', combo: 'Alt+N', place: 'desk' },
  { title: 'desk.complete', combo: 'Ctrl+Enter', place: 'desk' },
  { title: 'callDesk.mute', combo: 'Alt+M', place: 'desk' },
  { title: 'callDesk.hold', combo: 'Alt+H', place: 'desk' },
  { title: 'callDesk.pauseRecording', combo: 'Alt+R', place: 'desk' },
  { title: 'tickets.keys.previous', combo: 'Alt+Up', place: 'tickets' },
  { title: 'tickets.keys.next', combo: 'Alt+Down', place: 'tickets' },
  { title: 'tickets.keys.create', combo: 'Alt+N', place: 'tickets' },
  { title: 'tickets.keys.takeNext', combo: 'Alt+T', place: 'tickets' },
  { title: 'tickets.keys.resolve', combo: 'Alt+Enter', place: 'tickets' },
  { title: 'decisions.designer.undo', combo: 'Ctrl+Z', place: 'versions' },
  { title: 'decisions.designer.redo', combo: 'Ctrl+Y', place: 'versions' },
  { title: 'decisions.designer.save', combo: 'Ctrl+S', place: 'versions' },
]

/** What the browser, the reading and the writing need for themselves. */
const RESERVED = new Set([
  ...['Tab', 'Enter', 'Esc', 'Space', 'Up', 'Down', 'ArrowLeft', 'ArrowRight', 'Backspace', 'Delete', 'Home', 'End'],
  ...['PageUp', 'PageDown', 'F5', 'F11', 'F12', 'Alt+F4', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+Home', 'Alt+D'],
  ...'ACVXWTNRLPFHJDQ'.split('').map((letter) => `Ctrl+${letter}`),
])

const meet = (a: Place, b: Place): boolean => {
  if (a === b || a === 'everywhere' || b === 'everywhere') return true
  return (a === 'away' && b !== 'desk') || (b === 'away' && a !== 'desk')
}
type Given = Readonly<Record<string, string>>
export const comboIn = (given: Given, entry: KeyEntry): string => given[entry.title] ?? entry.combo

/** Why an entry may not have this combination: the browser has it, or another entry that is there on the same page. */
export const hindrance = (entry: KeyEntry, combo: string, given: Given): 'reserved' | KeyEntry | null => {
  if (RESERVED.has(combo)) return 'reserved'
  const other = KEY_MAP.find(
    (one) => one.title !== entry.title && meet(one.place, entry.place) && comboIn(given, one) === combo,
  )
  return other ?? null
}

/** What is sent when one key changes: that one alone, so that two windows do not undo each other; "" is as usual. */
export const keyChange = (entry: KeyEntry, combo: string): Record<string, string> => ({
  [entry.title]: combo === entry.combo ? '' : combo,
})
