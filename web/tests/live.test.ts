import { afterEach, expect, test, vi } from 'vitest'
import { paced } from '@/entities/wire'
import { Dispatcher } from '@/live/dispatcher'
import { Stream, type Told } from '@/live/stream'

afterEach(() => vi.useRealTimers())
const presence = JSON.stringify({ staff_id: 3, state: 'ready', reason: '' })

test('a fact reaches those who asked for its name, as long as they want', () => {
  const dispatcher = new Dispatcher()
  const heard: string[] = []
  const stop = dispatcher.on('routing.PresenceChanged', ({ state }) => heard.push(state))
  dispatcher.on('notifications.NoticeCreated', () => heard.push('wrong'))
  dispatcher.dispatch('routing.PresenceChanged', '1-1', presence)
  stop()
  dispatcher.dispatch('routing.PresenceChanged', '1-2', presence)
  expect(heard).toEqual(['ready'])
})

test('a fact told twice, by two connections, is heard once', () => {
  const dispatcher = new Dispatcher()
  const heard = vi.fn()
  dispatcher.on('routing.PresenceChanged', heard)
  dispatcher.dispatch('routing.PresenceChanged', '5-9', presence)
  dispatcher.dispatch('routing.PresenceChanged', '5-9', presence)
  expect(heard).toHaveBeenCalledTimes(1)
})

test('one listener that fails does not silence the others', () => {
  const failed = vi.fn()
  const dispatcher = new Dispatcher(failed)
  const heard = vi.fn()
  dispatcher.on('routing.PresenceChanged', () => {
    throw new Error('broken panel')
  })
  dispatcher.on('routing.PresenceChanged', heard)
  dispatcher.dispatch('routing.PresenceChanged', '1-1', presence)
  expect(heard).toHaveBeenCalledOnce()
  expect(failed).toHaveBeenCalledOnce()
})

class Source extends EventTarget {
  readyState = 1
  close(): void {
    this.readyState = 2
  }
  say(name: string, data = '{}', lastEventId = ''): void {
    this.dispatchEvent(Object.assign(new Event(name), { data, lastEventId }))
  }
}
const streamOf = () => {
  const sources: Source[] = []
  const later: (() => void)[] = []
  const told: Told[] = []
  const stream = new Stream('/live', ['routing.PresenceChanged'], (one) => told.push(one), {
    open: () => {
      const source = new Source()
      sources.push(source)
      return source as unknown as EventSource
    },
    later: (run) => later.push(run),
  })
  return { stream, sources, later, told }
}

test('a break the browser mends by itself asks for nothing to be read again after the first reading', () => {
  const { stream, sources, told } = streamOf()
  stream.start()
  sources[0]?.say('ready')
  sources[0]?.say('error')
  sources[0]?.say('ready')
  expect(told).toEqual([
    { kind: 'reset' },
    { kind: 'state', connected: true, attempts: 0 },
    { kind: 'state', connected: false, attempts: 1 },
    { kind: 'state', connected: true, attempts: 0 },
  ])
  expect(sources).toHaveLength(1)
})

test('a connection the browser gave up is made anew, and what is shown is read again', () => {
  const { stream, sources, later, told } = streamOf()
  stream.start()
  sources[0]?.say('ready')
  sources[0]?.close()
  sources[0]?.say('error')
  later.at(-1)?.()
  sources[1]?.say('ready')
  expect(sources).toHaveLength(2)
  expect(told.map((one) => one.kind)).toEqual(['reset', 'state', 'state', 'reset', 'state'])
})

test('after sign-out nothing connects again, after sign-in once', () => {
  const { stream, sources, later } = streamOf()
  stream.start()
  stream.start()
  sources[0]?.close()
  sources[0]?.say('error')
  stream.stop()
  later.forEach((run) => run())
  expect(sources).toHaveLength(1)
  stream.start()
  expect(sources).toHaveLength(2)
})

test('who signs in beside somebody else is heard too: the line is made anew, once', () => {
  const { stream, sources } = streamOf()
  stream.start('customer:138')
  stream.start('staff:8')
  stream.start('staff:8')
  expect(sources.map((one) => one.readyState)).toEqual([2, 1])
})

test('who left and comes back is heard by a line of his new session', () => {
  const { stream, sources } = streamOf()
  stream.start('customer:138')
  stream.start('staff:8')
  stream.forget('staff:8')
  stream.start('staff:8')
  expect(sources).toHaveLength(3)
})

test('a line that says nothing at all is dead, one that gives signs of life is not', () => {
  const { stream, sources, later } = streamOf()
  stream.start()
  sources[0]?.say('ready')
  later[0]?.()
  sources[0]?.say('ping')
  later[1]?.()
  expect(sources[0]?.readyState).toBe(1)
  later[2]?.()
  expect(sources[0]?.readyState).toBe(2)
  later[3]?.()
  expect(sources).toHaveLength(2)
})

test('a burst of facts is read at its start and once at its end', () => {
  vi.useFakeTimers()
  const run = vi.fn()
  const read = paced(run, 200)
  for (let i = 0; i < 50; i += 1) read()
  expect(run).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(200)
  expect(run).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(1000)
  expect(run).toHaveBeenCalledTimes(2)
})

test('what a fact brings a moment later is read once more', () => {
  vi.useFakeTimers()
  const run = vi.fn()
  const read = paced(run, 1000, true)
  read()
  expect(run).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1000)
  expect(run).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(5000)
  expect(run).toHaveBeenCalledTimes(2)
})
