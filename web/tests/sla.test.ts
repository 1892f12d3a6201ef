import { expect, test } from 'vitest'
import { allowanceOf, amountOf, unitOf } from '@/areas/admin/limits/blank'
import { mostUrgent, read, toneOf } from '@/entities/sla/tone'
import type { Clock } from '@/entities/sla/types'

const clockOf = (given: Partial<Clock>): Clock => ({
  metric: 'handling',
  started_at: '2026-11-23T10:00:00+08:00',
  due_at: '2026-11-23T10:10:00+08:00',
  allowance_seconds: 600,
  state: 'running',
  ...given,
})
const at = (time: string): number => Date.parse(`2026-11-23T${time}+08:00`)

test('a limit warns from 80 percent and is broken at 100, paused is neutral', () => {
  expect([toneOf(79.9), toneOf(80), toneOf(99.9), toneOf(100), toneOf(150, true)]).toEqual([
    'ok',
    'wa',
    'wa',
    'ba',
    'ne',
  ])
})

test('a clock is read from when it is due, so a pause does not count', () => {
  const paused = clockOf({ due_at: '2026-11-23T10:15:00+08:00' })
  expect(read(paused, at('10:13:00'))).toEqual({ share: 80, left: 120, tone: 'wa', over: false })
  expect(read(clockOf({}), at('10:12:00'))).toMatchObject({ left: -120, tone: 'ba', over: true })
})

test('a clock that has not begun to run down shows nothing used', () => {
  expect(read(clockOf({}), at('09:50:00')).share).toBe(0)
})

test('the most urgent clock is the running one due first; met ones are left out', () => {
  const first = clockOf({ metric: 'a', due_at: '2026-11-23T02:20:00Z' })
  const paused = clockOf({ metric: 'b', due_at: '2026-11-23T02:00:00Z', state: 'paused' })
  const met = clockOf({ metric: 'c', due_at: '2026-11-23T01:00:00Z', state: 'met' })
  expect(mostUrgent([paused, met, first])?.metric).toBe('a')
  expect(mostUrgent([met])).toBeUndefined()
})

test('a time limit is typed in hours or minutes and keeps its seconds', () => {
  const minute = allowanceOf('hours', 90, 'minutes')
  expect([minute.seconds, unitOf(minute), amountOf(minute, 'minutes')]).toEqual([5400, 'minutes', 90])
  const days = allowanceOf('working_hours', 48, 'hours')
  expect([days.working_seconds, unitOf(days), amountOf(days, 'hours')]).toEqual([172_800, 'hours', 48])
})
