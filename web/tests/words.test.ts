import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clock, dateOf, timeOf } from '@/i18n/format'
import * as commonEn from '@/i18n/en/common'
import { en } from '@/i18n/en'
import { portal as portalEn } from '@/i18n/en/portal'
import * as common from '@/i18n/zh/common'
import { zh } from '@/i18n/zh'
import { portal } from '@/i18n/zh/portal'

const flat = (words: object, before = ''): string[] =>
  Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string' ? [before + name] : flat(value as object, `${before}${name}.`),
  )
const SRC = join(import.meta.dirname, '../src')
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(vue|ts)$/.test(file) && !file.includes('generated'))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }))
const used = (where: (file: string) => boolean): string[] =>
  sources
    .filter(({ file }) => where(file))
    .flatMap(({ text }) => [...text.matchAll(/\bt\('([a-z]\w*(?:\.\w+)+)'/gi)].map((found) => found[1] ?? ''))

test('both languages have the same words', () => {
  expect(flat(en).toSorted()).toEqual(flat(zh).toSorted())
  expect(flat({ ...commonEn, portal: portalEn }).toSorted()).toEqual(flat({ ...common, portal }).toSorted())
})

test('every word the workspace asks for is there', () => {
  const known = new Set(flat(zh))
  const missing = used((file) => !/^(areas|entities|i18n)\/portal/.test(file)).filter((key) => !known.has(key))
  expect(missing).toEqual([])
})

test('every word the portal asks for is there', () => {
  const known = new Set(flat({ ...common, portal }))
  expect(used((file) => file.startsWith('areas/portal')).filter((key) => !known.has(key))).toEqual([])
})

test('the words of one key take the same values in both languages', () => {
  const values = (words: object): string[] =>
    flat(words).map((key) => {
      const text = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], words) as string
      return `${key} ${[...text.matchAll(/\{\w+\}/g)].map(String).toSorted().join(' ')}`
    })
  expect(values(en).toSorted()).toEqual(values(zh).toSorted())
})

test('spans and moments are written as the design says', () => {
  expect([clock(0), clock(252), clock(3852), clock(-3)]).toEqual(['00:00', '04:12', '1:04:12', '00:00'])
  const at = Date.parse('2026-11-23T01:05:00Z')
  expect([timeOf(at), dateOf(at)]).toEqual(['09:05', '2026-11-23'])
})
