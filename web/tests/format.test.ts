import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { dateOf, dayOf, hourOf, numberOf, secondOf, setFormats, setZone, timeOf } from '@/i18n/format'

/** A ticket opened late in the evening in Urumqi, after midnight in Beijing. */
const OPENED = '2026-11-23T17:05:09Z'
const shown = (zone: string): string => {
  setZone(zone)
  return `${dateOf(OPENED)} ${secondOf(OPENED)}`
}
afterEach(() => {
  setZone('')
  setFormats('zh-CN')
})

test("a ticket's time is shown by the reader's clock: Urumqi, Shanghai, UTC", () => {
  expect(shown('Asia/Urumqi')).toBe('2026-11-23 23:05:09')
  expect(shown('Asia/Shanghai')).toBe('2026-11-24 01:05:09')
  expect(shown('UTC')).toBe('2026-11-23 17:05:09')
})

test('who chose no time zone sees Beijing time, wherever his computer stands', () => {
  expect([shown(''), hourOf(OPENED)]).toEqual(['2026-11-24 01:05:09', 1])
})

test('dates and numbers are written in the way of the language', () => {
  expect([dateOf(OPENED), dayOf(OPENED), timeOf(OPENED)]).toEqual(['2026-11-24', '11-24', '01:05'])
  setFormats('en')
  expect([dateOf(OPENED), dayOf(OPENED), timeOf(OPENED)]).toEqual(['24 Nov 2026', '24 Nov', '01:05'])
  expect([numberOf(1234567), numberOf(38, 2)]).toEqual(['1,234,567', '38.00'])
})

test('no screen writes a time or a number by itself', () => {
  const root = join(import.meta.dirname, '../src')
  const own = /\.(toLocale\w*|getHours|getMinutes|getFullYear|getMonth|getDate)\(|Intl\.(DateTime|Number)Format/
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(vue|ts)$/.test(file) && file !== join('i18n', 'format.ts'))
    .filter((file) => own.test(readFileSync(join(root, file), 'utf8')))
  expect(found).toEqual([])
})
