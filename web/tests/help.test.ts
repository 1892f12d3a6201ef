import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RouteRecordRaw } from 'vue-router'
import { areas } from '@/app/areas'
import { TERMS } from '@/app/help'
import { comboIn, hindrance, KEY_MAP, keyChange } from '@/app/keyMap'
import { en } from '@/i18n/en'
import { zh } from '@/i18n/zh'

const names = areas
  .flatMap((area) => area.routes)
  .filter((route: RouteRecordRaw) => !route.redirect)
  .map((route) => String(route.name))
const entry = (title: string) => KEY_MAP.find((one) => one.title === title) ?? KEY_MAP[0]!

test('every page has its help in both languages, and its words are explained', () => {
  const [inZh, inEn, terms] = [zh.help.pages, en.help.pages, zh.help.terms] as Record<string, unknown>[]
  expect(names.filter((name) => !inZh?.[name] || !inEn?.[name] || !TERMS[name]?.length)).toEqual([])
  expect(
    Object.values(TERMS)
      .flat()
      .filter((term) => !terms?.[term]),
  ).toEqual([])
})

test('no two pages share a name: the second would take the place of the first', () => {
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

test('every key that a screen listens to stands in the one list with its usual combination', () => {
  const root = join(import.meta.dirname, '../src')
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vue'))
  const bound = sources.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/combo: '([^']+)',\s+title: '([\w.]+)'/g)].map(
      ([, combo, title]) => `${title} ${combo}`,
    ),
  )
  // one meaning may be listened to in two places: of a call, on its card or at the phone
  expect([...new Set(bound)].toSorted()).toEqual(KEY_MAP.map((one) => `${one.title} ${one.combo}`).toSorted())
})

test('the usual keys hinder each other nowhere', () => {
  const found = KEY_MAP.filter((one) => {
    const why = hindrance(one, one.combo, {})
    return why && why !== 'reserved'
  })
  expect(found).toEqual([])
})

test('a key that is taken on the same page is refused, naming what has it', () => {
  const create = entry('tickets.keys.create')
  expect(hindrance(create, 'Alt+T', {})).toEqual(entry('tickets.keys.takeNext'))
  expect(hindrance(create, '/', {})).toEqual(entry('keyList.search'))
  expect(hindrance(create, 'Alt+T', { 'tickets.keys.takeNext': 'Alt+G' })).toBeNull()
})

test('pages that are never open together may use one key', () => {
  expect(hindrance(entry('desk.openTicket'), 'Alt+T', {})).toBeNull()
})

test('what the browser needs for itself is refused', () => {
  expect(hindrance(entry('tickets.keys.create'), 'Ctrl+W', {})).toBe('reserved')
  expect(hindrance(entry('tickets.keys.create'), 'Tab', {})).toBe('reserved')
})

test('a changed key is kept, and forgotten when it is the usual one again', () => {
  const create = entry('tickets.keys.create')
  const mine = keyChange(create, 'Alt+M')
  expect([mine, comboIn(mine, create)]).toEqual([{ 'tickets.keys.create': 'Alt+M' }, 'Alt+M'])
  expect(keyChange(create, 'Alt+N')).toEqual({ [create.title]: '' })
})
