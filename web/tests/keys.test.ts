import { expect, test, vi } from 'vitest'
import { capOf, comboOf, KeyRegistry } from '@/ui/keys'

const press = (given: KeyboardEventInit, target: Element = document.body): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { ...given, bubbles: true, cancelable: true })
  Object.defineProperty(event, 'target', { value: target })
  return event
}
const field = document.createElement('textarea')

test('a combination has one name on every layout and platform', () => {
  expect(comboOf(press({ key: '˜', code: 'KeyN', altKey: true }))).toBe('Alt+N')
  expect(comboOf(press({ key: 'Enter', code: 'Enter', metaKey: true }))).toBe('Ctrl+Enter')
  expect(comboOf(press({ key: 'ArrowUp', code: 'ArrowUp', altKey: true }))).toBe('Alt+Up')
  expect(comboOf(press({ key: '?', code: 'Slash', shiftKey: true }))).toBe('?')
  expect(comboOf(press({ key: 'F2', code: 'F2' }))).toBe('F2')
})

test('the latest that wants a key gets it, and gives it back when it goes', () => {
  const keys = new KeyRegistry()
  const [first, second] = [vi.fn(), vi.fn()]
  keys.add({ combo: 'F2', title: 'a', run: first })
  const stop = keys.add({ combo: 'F2', title: 'b', run: second })
  keys.press(press({ key: 'F2' }))
  stop()
  keys.press(press({ key: 'F2' }))
  expect([first, second].map((one) => one.mock.calls.length)).toEqual([1, 1])
})

test('a key that is not wanted now falls through to the one before', () => {
  const keys = new KeyRegistry()
  const run = vi.fn()
  keys.add({ combo: 'F2', title: 'a', run })
  keys.add({ combo: 'F2', title: 'b', run: vi.fn(), when: () => false })
  expect(keys.press(press({ key: 'F2' }))).toBe(true)
  expect(run).toHaveBeenCalledOnce()
})

test('letters and signs are text while typing, function keys and combinations are not', () => {
  const keys = new KeyRegistry()
  const run = vi.fn()
  for (const combo of ['/', '?', 'F2', 'Alt+N', 'Ctrl+Enter']) keys.add({ combo, title: combo, run })
  expect(keys.press(press({ key: '/' }, field))).toBe(false)
  expect(keys.press(press({ key: '?' }, field))).toBe(false)
  expect(keys.press(press({ key: 'F2' }, field))).toBe(true)
  expect(keys.press(press({ key: 'n', code: 'KeyN', altKey: true }, field))).toBe(true)
  expect(keys.press(press({ key: 'Enter', ctrlKey: true }, field))).toBe(true)
})

test('choosing characters in an input method presses no key of ours', () => {
  const keys = new KeyRegistry()
  const run = vi.fn()
  keys.add({ combo: 'Ctrl+Enter', title: 'a', run })
  expect(keys.press(press({ key: 'Enter', ctrlKey: true, isComposing: true }))).toBe(false)
})

test('a combination is printed as caps', () => {
  expect(capOf('Ctrl+Enter')).toBe('Ctrl ↵')
  expect(capOf('Alt+Up')).toBe('Alt ↑')
})
