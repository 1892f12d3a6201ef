import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { ApiProblem } from '@/api/problem'
import { api } from '@/api/staff'
import { useServiceRecord } from '@/entities/messaging'
import type { ServiceRecord } from '@/entities/messaging'

const empty: ServiceRecord = { reason: '', handling: '', note: '', version: 0, saved_at: null }
const later = (given: Partial<ServiceRecord>): ServiceRecord => ({
  ...empty,
  saved_at: '2026-11-23T10:00:05Z',
  ...given,
})
const recordOf = (from = empty) => effectScope().run(() => useServiceRecord('c1', from))!

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('a change is saved by itself after a pause, from the version it was made on', async () => {
  const put = vi.spyOn(api, 'put').mockResolvedValue(later({ note: '断网', version: 1 }))
  const record = recordOf()
  record.form.note = '断网'
  await vi.advanceTimersByTimeAsync(700)
  expect(put).toHaveBeenCalledWith('/desk/conversations/c1/service-record', {
    reason: '',
    handling: '',
    note: '断网',
    version: 0,
  })
  expect(record.state.value).toBe('saved')
  expect(localStorage.getItem('shouwen.record.c1')).toBeNull()
})

test('what could not be saved is there after a reload', async () => {
  vi.spyOn(api, 'put').mockRejectedValue(new ApiProblem({ status: 0, code: 'offline' }))
  const record = recordOf()
  record.form.note = '很急'
  await vi.advanceTimersByTimeAsync(700)
  expect(record.state.value).toBe('failed')
  expect(recordOf().form.note).toBe('很急')
})

test('a record changed elsewhere is not overwritten before the person has chosen', async () => {
  vi.spyOn(api, 'put').mockRejectedValueOnce(new ApiProblem({ status: 412, code: 'record-stale' }))
  vi.spyOn(api, 'get').mockResolvedValue({ service_record: later({ note: '别人写的', version: 4 }) })
  const record = recordOf()
  record.form.note = '我写的'
  await vi.advanceTimersByTimeAsync(700)
  expect(record.state.value).toBe('conflict')
  expect(record.theirs.value?.note).toBe('别人写的')
  const put = vi.spyOn(api, 'put').mockResolvedValue(later({ note: '我写的', version: 5 }))
  await record.settle(true)
  expect(put).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ note: '我写的', version: 4 }))
  expect(record.state.value).toBe('saved')
})

test('taking the newer record drops what was written here', async () => {
  const record = recordOf()
  record.form.note = '我写的'
  await vi.advanceTimersByTimeAsync(0)
  record.follow(later({ note: '别人写的', version: 2 }))
  expect(record.state.value).toBe('conflict')
  await record.settle(false)
  expect(record.form.note).toBe('别人写的')
})

test('a record that nobody writes in here follows the server', () => {
  const record = recordOf()
  record.follow(later({ reason: 'broadband.los', version: 3 }))
  expect(record.form.reason).toBe('broadband.los')
  expect(record.state.value).toBe('saved')
})

test('what could not be saved does not overwrite what a colleague wrote meanwhile', async () => {
  const put = vi.spyOn(api, 'put').mockRejectedValue(new ApiProblem({ status: 0, code: 'offline' }))
  const before = recordOf(later({ note: '先前的', version: 2 }))
  before.form.note = '我的'
  await vi.advanceTimersByTimeAsync(700)
  put.mockClear()
  const record = recordOf(later({ note: '同事写的', version: 3 }))
  await vi.advanceTimersByTimeAsync(700)
  expect(record.state.value).toBe('conflict')
  expect(record.theirs.value?.note).toBe('同事写的')
  expect(put).not.toHaveBeenCalled()
})
