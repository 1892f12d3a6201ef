import { cleanup, fireEvent, render, screen } from '@testing-library/vue'
import { afterEach, expect, test } from 'vitest'
import { doing, figureTone, levelTone, onDuty, shown, split, tally } from '@/areas/live/board'
import PromiseTile from '@/areas/live/parts/PromiseTile.vue'
import type { BoardAgent, Figure } from '@/entities/board'
import { words } from '@/i18n/workspace'

words.global.locale.value = 'zh-CN'
afterEach(cleanup)

const figure = (part: Partial<Figure>): Figure => ({
  key: 'offered',
  value: 0,
  unit: 'count',
  count: 0,
  target: null,
  of: null,
  list: '',
  zh: '',
  en: '',
  definition_zh: '',
  definition_en: '',
  ...part,
})
const agent = (state: string, slot: Partial<BoardAgent['slots'][number]> = {}): BoardAgent => ({
  id: 1,
  number: '8021',
  name: '方以宁',
  organisation_name: '苏州',
  state,
  reason: '',
  since: '2026-11-23T00:00:00Z',
  slots: [{ medium: 'web_chat', total: 5, offered: 0, busy: 0, wrap_up: 0, ...slot }],
  skills: {}, barred: [],
})

test('values read as people write them', () => {
  expect(shown(84.6, 'percent')).toBe('84.6')
  expect(shown(258, 'seconds')).toBe('04:18')
  expect(shown(12486, 'count')).toBe('12,486')
  expect(shown(null, 'percent')).toBe('—')
})

test('colour speaks only of state', () => {
  expect(figureTone(figure({ key: 'service_level', value: 90, target: 85 }))).toBe('ok')
  expect(figureTone(figure({ key: 'service_level', value: 80, target: 85 }))).toBe('wa')
  expect(figureTone(figure({ key: 'service_level', value: 60, target: 85 }))).toBe('ba')
  expect(figureTone(figure({ key: 'overdue_tickets', value: 1 }))).toBe('ba')
  expect(figureTone(figure({ key: 'offered', value: 7 }))).toBeNull()
  expect(levelTone(null, 85)).toBe('ne')
})

test('every figure stands somewhere once; the faults stand in their own tile', () => {
  const all = ['lost', 'asa', 'waiting', 'service_level'].map((key) => figure({ key }))
  const { large, small } = split(all)
  expect(large.map(({ key }) => key)).toEqual(['service_level', 'waiting'])
  expect(small.map(({ key }) => key)).toEqual(['asa'])
})

test('a seat that is ready shows what its slots do', () => {
  expect(doing(agent('ready')).state).toBe('ready')
  expect(doing(agent('ready', { busy: 2 }))).toMatchObject({ state: 'talk', busy: 2, total: 5 })
  expect(doing(agent('ready', { offered: 1, busy: 1 })).state).toBe('ring')
  expect(doing(agent('ready', { wrap_up: 1 })).state).toBe('acw')
  expect(doing(agent('break', { busy: 1 })).state).toBe('break')
  const all = [agent('ready'), agent('break'), agent('offline')]
  expect(tally(onDuty(all))).toEqual([
    { state: 'ready', n: 1 },
    { state: 'break', n: 1 },
  ])
})

test('the promise opens the list of each fault', async () => {
  const view = render(PromiseTile, {
    props: { promise: { lost: 0, doubled: 0, ownerless: 2, holds: false } },
    global: { plugins: [words] },
  })
  expect(screen.getByText('承诺被打破，请立即查看')).toBeTruthy()
  await fireEvent.click(screen.getByText('无人负责'))
  expect(view.emitted('open')).toEqual([['ownerless']])
})
