import { expect, test, vi } from 'vitest'
import { Pulse } from '@/live/beat'

const beat = { url: '/api/desk/presence/seen', headers: { 'X-CSRFToken': 't' }, every: 5000 }
const settle = (): Promise<void> => new Promise((done) => setTimeout(done))
const pulseOf = (...answers: (() => Promise<Response>)[]) => {
  const sent = vi.fn(() => answers.shift()?.() ?? Promise.resolve(new Response(null, { status: 204 })))
  const next: { run: () => void; ms: number }[] = []
  const pulse = new Pulse({
    fetch: sent as unknown as typeof fetch,
    later: (run, ms) => (next.push({ run, ms }), 1 as never),
    never: () => void (next.length = 0),
  })
  return { pulse, sent, next }
}

test('a sign of life goes at once and then in its rhythm', async () => {
  const { pulse, sent, next } = pulseOf()
  pulse.set(beat)
  await settle()
  const how = { method: 'POST', headers: beat.headers, credentials: 'same-origin', signal: expect.any(AbortSignal) }
  expect(sent).toHaveBeenCalledWith(beat.url, how)
  expect(next.map(({ ms }) => ms)).toEqual([5000])
})

test('one that met a server restarting is sent again soon', async () => {
  const { pulse, next } = pulseOf(
    () => Promise.reject(new TypeError('network')),
    () => Promise.resolve(new Response(null, { status: 502 })),
  )
  pulse.set(beat)
  await settle()
  next[0]?.run()
  await settle()
  next[1]?.run()
  await settle()
  expect(next.map(({ ms }) => ms)).toEqual([1000, 1000, 5000])
})

test('after it was told to end, an answer still on its way starts nothing', async () => {
  let answer: (response: Response) => void = () => undefined
  const { pulse, sent, next } = pulseOf(() => new Promise((done) => (answer = done)))
  pulse.set(beat)
  pulse.set(null)
  answer(new Response(null, { status: 204 }))
  await settle()
  expect(next).toEqual([])
  expect(sent).toHaveBeenCalledOnce()
})
