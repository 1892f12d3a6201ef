import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { cleanup, fireEvent, render, screen } from '@testing-library/vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { api } from '@/api/staff'
import RingPill from '@/app/RingPill.vue'
import { loadMe } from '@/entities/accounts'
import { words } from '@/i18n/workspace'
import { phoneState, startPhone, stopPhone } from '@/phone'
import type { Heard } from '@/phone/sip'
import { keys } from '@/ui/keys'

const made = vi.hoisted(() => ({ heard: {} as Heard, answer: vi.fn(), refuse: vi.fn() }))
vi.mock('@/phone/sip', () => ({
  sipPhone: (_line: unknown, heard: Heard) => {
    made.heard = heard
    return { busy: false, connection: null, answer: made.answer, refuse: made.refuse, stop: () => undefined }
  },
}))

const start = async (back: () => Promise<boolean> = () => Promise.resolve(false)): Promise<void> => {
  startPhone({ line: () => Promise.resolve({ number: '8021', secret: 's' }), back, gone: () => undefined })
  await vi.waitFor(() => expect(made.heard.ringing).toBeTruthy())
}
beforeEach(() => {
  made.heard = {} as Heard
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('navigator', { locks: { request: (_name: string, job: () => unknown) => Promise.resolve(job()) } })
  words.global.locale.value = 'zh-CN'
})
afterEach(() => {
  stopPhone()
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  made.answer.mockClear()
})

test('a caller who waited for this page is answered by itself, whether the phone or the server is the first to say so', async () => {
  let says: (waits: boolean) => void = () => undefined
  await start(() => new Promise((resolve) => (says = resolve)))
  made.heard.registered()
  made.heard.ringing('')
  expect(made.answer).not.toHaveBeenCalled()
  says(true)
  await vi.waitFor(() => expect(made.answer).toHaveBeenCalledOnce())
})

const pill = async (offers: Promise<object[]>): Promise<void> => {
  vi.spyOn(api, 'get').mockResolvedValueOnce({ permissions: ['routing.work'] }).mockReturnValue(offers)
  await loadMe()
  render(RingPill, { global: { plugins: [words, [VueQueryPlugin, { queryClient: new QueryClient() }]] } })
}

test('a phone that rings while nothing is told live is answered all the same, by button or key', async () => {
  await start()
  await pill(Promise.resolve([]))
  made.heard.ringing('')
  await fireEvent.click(await screen.findByRole('button', { name: /接听/ }))
  keys.press(new KeyboardEvent('keydown', { key: 'F2' }))
  expect(made.answer).toHaveBeenCalledTimes(2)
  await fireEvent.click(screen.getByRole('button', { name: '拒绝' }))
  expect(made.refuse).toHaveBeenCalledOnce()
  made.heard.over()
  await vi.waitFor(() => expect(screen.queryByRole('group')).toBeNull())
})

test('where the offer is there, it alone asks', async () => {
  await start()
  let says: (offers: object[]) => void = () => undefined
  await pill(new Promise((resolve) => (says = resolve)))
  made.heard.ringing('')
  expect(await screen.findByRole('group')).toBeTruthy()
  says([{ work_item_id: 9, medium: 'voice' }])
  await vi.waitFor(() => expect(screen.queryByRole('group')).toBeNull())
  expect(phoneState.call).toBe('ringing')
})
