import { describe, expect, it } from 'vitest'
import { restOf } from '@/app/idle'
import { idleSeconds, touch } from '@/api/touched'

const at = Date.parse('2026-11-26T10:00:00Z')
const ends = (minutes: number): string => new Date(at + minutes * 60_000).toISOString()

describe('what is left of a session', () => {
  it('says nothing while there is time', () => {
    expect(restOf(0, at, 1800, ends(720))).toEqual({ why: '', left: 1800 })
  })
  it('speaks two minutes before nobody was there for too long', () => {
    expect(restOf(1679, at, 1800, ends(720)).why).toBe('')
    expect(restOf(1680, at, 1800, ends(720))).toEqual({ why: 'idle', left: 120 })
  })
  it('speaks a fifth before a short limit', () => {
    expect(restOf(239, at, 300, null).why).toBe('')
    expect(restOf(240, at, 300, null)).toEqual({ why: 'idle', left: 60 })
  })
  it('speaks five minutes before its full time, whoever is there', () => {
    expect(restOf(0, at, 1800, ends(5))).toEqual({ why: 'age', left: 300 })
  })
})

it('counts from the last touch', () => {
  touch(at)
  expect(idleSeconds(at + 61_500)).toBe(61)
})
