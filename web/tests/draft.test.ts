import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApp } from 'vue'
import { api } from '@/api/staff'
import { useDraft } from '@/entities/messaging'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('a draft that was saved is there when its conversation is opened again', async () => {
  vi.spyOn(api, 'put').mockResolvedValue(undefined)
  const client = new QueryClient()
  const key = ['messaging', 'conversation', 'c1']
  client.setQueryData(key, { id: 'c1', draft: '' })
  const app = createApp({}).use(VueQueryPlugin, { queryClient: client })
  const { text } = app.runWithContext(() => useDraft('c1', ''))
  text.value = '请您先重启'
  await vi.advanceTimersByTimeAsync(900)
  expect(client.getQueryData(key)).toEqual({ id: 'c1', draft: '请您先重启' })
})
