import { afterEach, expect, test, vi } from 'vitest'
import { Drafts } from '@/api/drafts'
import { ApiProblem } from '@/api/problem'
import type { Message } from '@/entities/messaging/types'
import { Outbox, Outboxes, pause } from '@/entities/outbox'

const kept = new Drafts('test.')
const message = (body: string): Message => ({
  seq: 1,
  author_kind: 'staff',
  author_name: '方以宁',
  body,
  sent_at: '2026-11-23T10:00:00Z',
})
type Send = (body: string, key: string) => Promise<Message>
const boxOf = (place: string, send: Send): Outbox<Message> => new Outbox(kept, place, { send, notMine: [401] })
const lost = (): never => {
  throw new ApiProblem({ status: 0, code: 'offline' })
}
const settle = (): Promise<void> => new Promise((done) => setTimeout(done))
const long = new ApiProblem({ status: 422, code: 'message-too-long', detail: '消息太长' })
afterEach(() => vi.useRealTimers())

test('messages go in the order they were written and leave when they have arrived', async () => {
  const went: string[] = []
  const box = boxOf('1.c1', async (body) => {
    went.push(body)
    return message(body)
  })
  box.add('一')
  box.add('二')
  await settle()
  expect(went).toEqual(['一', '二'])
  expect(box.pending).toHaveLength(0)
  expect(kept.names()).toEqual([])
})

test('without an answer a message and those behind it wait, and go later under their own keys', async () => {
  const keys: string[] = []
  let up = false
  const box = boxOf('1.c2', async (body, key) => {
    keys.push(key)
    return up ? message(body) : lost()
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
  const box = boxOf('1.c5', async (body) => {
    went.push(body)
    if (body === '太长') throw long
    return went.length > 2 ? message(body) : lost()
  })
  box.add('太长')
  box.add('一')
  await vi.advanceTimersByTimeAsync(0)
  expect(box.pending.map((one) => one.state)).toEqual(['refused', 'failed'])
  await vi.advanceTimersByTimeAsync(1000)
  expect(went).toEqual(['太长', '一', '一'])
  expect(box.pending.map((one) => one.body)).toEqual(['太长'])
})

test('a refused message says why, does not hold back the next, and can be taken back', async () => {
  const box = boxOf('1.c3', async (body) => {
    if (body === '太长') throw long
    return message(body)
  })
  box.add('太长')
  box.add('好')
  await settle()
  expect(box.pending).toMatchObject([{ body: '太长', state: 'refused', why: '消息太长' }])
  expect(box.discard(box.pending[0]?.key ?? '')).toBe('太长')
  expect(kept.names()).toEqual([])
})

test('a message that met an ended session waits and is not called refused', async () => {
  const box = boxOf('1.c5', () => Promise.reject(new ApiProblem({ status: 401, code: 'signed-out' })))
  box.add('一')
  await settle()
  expect(box.pending).toMatchObject([{ body: '一', state: 'failed', why: '' }])
})

test('what was on its way is there after a reload, whichever page is open, and goes under its key', async () => {
  boxOf('7.c4', () => new Promise(() => undefined)).add('在途', 'key-1')
  boxOf('8.c4', () => new Promise(() => undefined)).add('别人的', 'key-2')
  const send = vi.fn(async (body: string) => message(body))
  const all = new Outboxes<Message>(kept, () => ({ send, notMine: [] }))
  all.begin('7')
  await settle()
  expect(send.mock.calls).toEqual([['在途', 'key-1']])
  expect(kept.names()).toEqual(['8.c4.key-2'])
})

test('two tabs keep what each of them wrote, and what one has sent leaves the other', async () => {
  let up = false
  const send = async (body: string): Promise<Message> => (up ? message(body) : lost())
  const [one, two] = [boxOf('7.c6', send), boxOf('7.c6', send)]
  one.add('甲')
  await settle()
  two.add('乙')
  await settle()
  one.follow()
  expect(one.pending.map(({ body }) => body)).toEqual(['甲', '乙'])
  up = true
  one.retry()
  await settle()
  two.follow()
  expect(two.pending).toHaveLength(0)
})

test('what was not sent is told with its conversation until it has arrived', async () => {
  const send = vi.fn<Send>().mockRejectedValueOnce(long).mockResolvedValue(message(''))
  const all = new Outboxes<Message>(kept, () => ({ send, notMine: [] }))
  all.begin('7')
  all.of('c7').add('太长')
  await settle()
  expect(all.unsent().map((one) => [one.conversation, one.message.why])).toEqual([['c7', '消息太长']])
  all.of('c7').retry(all.unsent()[0]?.message.key)
  await settle()
  expect(all.unsent()).toEqual([])
})

test('tries come more and more rarely, but at least every quarter of a minute', () => {
  expect([1, 2, 3, 4, 5, 9].map(pause)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000])
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
