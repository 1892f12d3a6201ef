import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { api } from '@/api/staff'
import LimitsEditor from '@/areas/versions/LimitsEditor.vue'
import { homeOf } from '@/areas/versions/looks'
import type { Version } from '@/entities/versions'
import { words } from '@/i18n/workspace'

const version = (limits: object) =>
  ({ id: 7, revision: 2, kind: 'kit.approval-limits', key: 'x', content: { limits }, lines: [] }) as unknown as Version

beforeEach(() => {
  words.global.locale.value = 'zh-CN'
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

test('limits are typed in yuan, kept in fen, and an empty amount is no bound', async () => {
  vi.spyOn(api, 'get').mockResolvedValue([
    { code: 'shift_leader', zh: '班长台', en: 'Shift leader' },
    { code: 'duty_leader', zh: '值班长台', en: 'Duty leader' },
  ])
  const patch = vi.spyOn(api, 'patch').mockResolvedValue(version({}))
  const client = new QueryClient()
  render(LimitsEditor, {
    props: { version: version({ shift_leader: 20_000, duty_leader: 500_000 }), dirty: false, 'onUpdate:dirty': () => undefined },
    global: { plugins: [words, [VueQueryPlugin, { queryClient: client }]] },
  })
  const amount = await screen.findByRole('spinbutton', { name: /^值班长台/ })
  expect((amount as HTMLInputElement).value).toBe('5000')
  await fireEvent.update(amount, '')
  await fireEvent.update(screen.getByRole('spinbutton', { name: /^班长台/ }), '300.5')
  await fireEvent.submit(document.querySelector('form')!)
  await waitFor(() => expect(patch).toHaveBeenCalledOnce())
  expect(patch.mock.calls[0]?.[1]).toEqual({ content: { limits: { shift_leader: 30_050, duty_leader: null } } })
})

test('what has a page of its own is changed there', () => {
  expect(homeOf({ id: 1, kind: 'sla.policy', key: 'rural' })).toBe('/admin/limits/policy?rule=rural')
  expect(homeOf({ id: 9, kind: 'governance.assessment', key: 'x' })).toBe('/admin/privacy/assessments/9')
  expect(homeOf({ id: 1, kind: 'forms.form', key: 'x' })).toBeUndefined()
})
