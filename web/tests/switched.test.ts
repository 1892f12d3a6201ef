import { beforeEach, expect, test, vi } from 'vitest'
import { saveSwitched, unsaved } from '@/app/switched'

const saved = vi.hoisted(() => ({ wanted: [] as unknown[], reachable: true }))
vi.mock('@/entities/accounts', () => ({
  savePreferences: (wanted: unknown) => {
    saved.wanted.push(wanted)
    return saved.reachable ? Promise.resolve() : Promise.reject(new Error('gone'))
  },
}))
beforeEach(() => {
  localStorage.clear()
  Object.assign(saved, { wanted: [], reachable: true })
})

test('what was switched is kept until the server has it', async () => {
  const saving = saveSwitched(7, { theme: 'dark' })
  expect(unsaved(7)).toEqual({ theme: 'dark' })
  await saving
  expect(unsaved(7)).toEqual({})
})

test('what could not be saved goes with the next', async () => {
  saved.reachable = false
  await saveSwitched(7, { theme: 'dark' })
  saved.reachable = true
  await saveSwitched(7, { language: 'en' })
  expect(saved.wanted).toEqual([{ theme: 'dark' }, { theme: 'dark', language: 'en' }])
  expect(unsaved(7)).toEqual({})
})

test('what one person switched is nothing to the next at this machine', async () => {
  saved.reachable = false
  await saveSwitched(7, { theme: 'dark' })
  expect(unsaved(8)).toEqual({})
})
