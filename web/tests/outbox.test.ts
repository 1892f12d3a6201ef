import { expect, test, vi } from 'vitest'
import { Drafts } from '@/api/drafts'
import { ApiProblem } from '@/api/problem'
import { Outbox } from '@/entities/messaging/outbox'
import type { Message } from '@/entities/messaging/types'

const kept = new Drafts('test.')
const message = (body: string): Message => ({
  seq: 1,
  author_kind: 'staff',
  author_name: '方以宁',
  body,
  sent_at: '2026-11-23T10:00:00Z',
})
const lost = (): never => {
  throw new ApiProblem({ status: 0, code: 'offline' })
}
const settle = (): Promise<void> => new Promise((done) => setTimeout(done))

test('messages go in the order they were written and leave when they have arrived', async () => {
  const went: string[] = []
  const box = new Outbox('c1', {
    kept,
    send: async (body) => {
      went.push(body)
      return message(body)
    },
    arrived: vi.fn(),
  })
  box.add('一')
  box.add('二')
  await settle()
  expect(went).toEqual(['一', '二'])
  expect(box.pending).toHaveLength(0)
  expect(kept.read('c1')).toBeNull()
})

test('without an answer a message and those behind it wait, and go later under their own keys', async () => {
  const keys: string[] = []
  let up = false
  const box = new Outbox('c2', {
    kept,
    send: async (body, key) => {
      keys.push(key)
      return up ? message(body) : lost()
    },
    arrived: vi.fn(),
  })
  box.add('一')
  box.add('二')
  await settle()
  expect(box.pending.map((one) => [one.body, one.state])).toEqual([
    ['一', 'failed'],
    ['二', 'failed'],
  ])
  up = true
  box.retry()
  await settle()
  expect(box.pending).toHaveLength(0)
  expect(keys[1]).toBe(keys[0])
  expect(keys).toHaveLength(3)
})

test('what had no answer goes by itself a little later; what was refused stays where it is', async () => {
  vi.useFakeTimers()
  const went: string[] = []
  const box = new Outbox('c5', {
    kept,
    send: async (body) => {
      went.push(body)
      if (body === '太长') throw new ApiProblem({ status: 422, code: 'message-too-long', detail: '消息太长' })
      return went.length > 2 ? message(body) : lost()
    },
    arrived: vi.fn(),
  })
  box.add('太长')
  box.add('一')
  await vi.advanceTimersByTimeAsync(0)
  expect(box.pending.map((one) => one.state)).toEqual(['failed', 'failed'])
  await vi.advanceTimersByTimeAsync(3000)
  vi.useRealTimers()
  expect(went).toEqual(['太长', '一', '一'])
  expect(box.pending.map((one) => one.body)).toEqual(['太长'])
})

test('a refused message says why and does not hold back the next', async () => {
  const box = new Outbox('c3', {
    kept,
    send: async (body) => {
      if (body === '太长') throw new ApiProblem({ status: 422, code: 'message-too-long', detail: '消息太长' })
      return message(body)
    },
    arrived: vi.fn(),
  })
  box.add('太长')
  box.add('好')
  await settle()
  expect(box.pending).toMatchObject([{ body: '太长', state: 'failed', why: '消息太长' }])
  expect(box.discard(box.pending[0]?.key ?? '')).toBe('太长')
})

test('a message that met an ended session waits and is not called refused', async () => {
  const box = new Outbox('c5', {
    kept,
    send: () => Promise.reject(new ApiProblem({ status: 401, code: 'signed-out', detail: '请先登录' })),
    arrived: vi.fn(),
  })
  box.add('一')
  await settle()
  expect(box.pending).toMatchObject([{ body: '一', state: 'failed', why: '' }])
})

test('what was on its way is there after a reload, with its key', async () => {
  new Outbox('c4', { kept, send: () => new Promise(() => undefined), arrived: vi.fn(), key: () => 'key-1' }).add('在途')
  const sent = vi.fn(async (body: string) => message(body))
  const after = new Outbox('c4', { kept, send: sent, arrived: vi.fn() })
  expect(after.pending).toMatchObject([{ body: '在途', key: 'key-1', state: 'failed' }])
  after.retry()
  await settle()
  expect(sent).toHaveBeenCalledWith('在途', 'key-1')
})

test('storage that is full loses the copy and not the typing', () => {
  const full = new Drafts('x.', {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
    removeItem: () => undefined,
  })
  expect(() => full.write('a', 'text')).not.toThrow()
  expect(full.read('a')).toBeNull()
})
