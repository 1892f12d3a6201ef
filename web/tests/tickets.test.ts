import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/vue'
import { afterEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Component } from 'vue'
import { ApiProblem } from '@/api/problem'
import { api } from '@/api/staff'
import ActDialog from '@/areas/tickets/acts/ActDialog.vue'
import { ACTS, actsFor, blank, bodyOf, missing, primaryOf } from '@/areas/tickets/acts/acts'
import TicketItem from '@/areas/tickets/list/TicketItem.vue'
import { fromAddress, toAddress, toQuery } from '@/areas/tickets/filter'
import type { Ticket } from '@/entities/tickets'
import { treeOf } from '@/entities/tickets/categories'
import { words } from '@/i18n/workspace'

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:rest(.*)*', component: { template: '<i />' } }],
})
const show = (component: Component, props: object, client = new QueryClient()) =>
  render(component, { props, global: { plugins: [words, router, [VueQueryPlugin, { queryClient: client }]] } })

words.global.locale.value = 'zh-CN'
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const person = (id: number, name: string) => ({ id, number: `80${id}`, name, organisation_name: '苏州', active: true })
const clock = (due: string) => ({
  metric: 'handling',
  state: 'running' as const,
  started_at: '2026-11-23T00:00:00Z',
  due_at: due,
  met_at: null,
  breached_at: null,
  paused_at: null,
  pause_ends_at: null,
  allowance_seconds: 3600,
})
const ticket = (part: Partial<Ticket> = {}): Ticket => ({
  number: 'GD20261123-000007',
  kind: 'fault',
  title: '宽带断网',
  state: 'inProgress',
  urgency: 'normal',
  version: 4,
  category: { code: 'x', name_zh: '断网', name_en: 'Outage' },
  queue_code: 'broadband',
  customer: null,
  owner: person(21, '方以宁'),
  handler: person(21, '方以宁'),
  offered_to: null,
  waits_on: 'us',
  next_contact_at: null,
  clock: null,
  opened_at: '2026-11-23T00:00:00Z',
  reopened_count: 0,
  escalated_at: null,
  closed_reason: '',
  description: '',
  area: '',
  channel: 'desk',
  category_path_zh: [],
  category_path_en: [],
  queue: { code: 'broadband', name: '宽带报障' },
  conversation: null,
  journey: [],
  clocks: [],
  question: '',
  answer: '',
  waiting_since: null,
  urged_at: null,
  closed_at: null,
  linked_to: null,
  links: [],
  attempts: [],
  compensation: null,
  answers: null,
  can: ['take', 'assign', 'wait', 'hold', 'resolve', 'cancel', 'note', 'hand_over', 'contact'],
  ...part,
})
const agent = (id: number) => ({ id, handles: true, leads: false })

test('a ticket is worked on by its handler, its owner or a leader; others see it', () => {
  expect(actsFor(ticket(), agent(21))).toEqual(['assign', 'hand_over', 'wait', 'hold', 'resolve', 'contact', 'cancel'])
  expect(actsFor(ticket(), agent(99))).toEqual([])
  expect(actsFor(ticket(), { id: 99, handles: true, leads: true })).toContain('resolve')
  expect(actsFor(ticket(), { id: 21, handles: false, leads: false })).toEqual([])
})

test('what nobody works on can be taken, and whoever was asked says yes or no', () => {
  const free = ticket({ handler: null, owner: person(2, '许哲') })
  expect(actsFor(free, agent(33))).toEqual(['take'])
  expect(primaryOf(actsFor(free, agent(33)))).toBe('take')
  const offered = ticket({ offered_to: person(33, '沈佳') })
  expect(actsFor(offered, agent(33))).toEqual(['accept', 'decline'])
  expect(actsFor(offered, agent(21))).not.toContain('hand_over')
})

test('the filled button brings the ticket forward', () => {
  expect(primaryOf(['assign', 'resolve', 'contact'])).toBe('resolve')
  expect(primaryOf(['contact', 'reopen'])).toBe('contact')
  expect(primaryOf([])).toBeNull()
})

test('an act asks for what it needs and sends no opinion of somebody nobody reached', () => {
  expect(missing(ACTS.resolve, blank(ACTS.resolve))).toEqual(['answer'])
  expect(missing(ACTS.hold, { because: 'third_party', reason: ' ', next_contact_at: null })).toEqual(['reason', 'next_contact_at'])
  expect(missing(ACTS.wait, { question: '地址？', next_contact_at: null })).toEqual([])
  const tried = { channel: 'phone', outcome: 'no_answer', agreed: true, note: ' 三次 ' }
  expect(bodyOf(ACTS.contact, tried)).toEqual({ channel: 'phone', outcome: 'no_answer', agreed: null, note: '三次' })
  expect(bodyOf(ACTS.contact, { ...tried, outcome: 'reached' }).agreed).toBe(true)
})

test('the filter lives in the address and comes back from it', () => {
  const usual = fromAddress({})
  expect(usual).toEqual({ box: 'mine', state: 'open', kind: '', overdue: false, q: '', sort: 'newest' })
  expect(toAddress(usual)).toEqual({})
  const chosen = { box: 'all' as const, state: 'held', kind: 'fault', overdue: true, q: '断网', sort: 'due' as const }
  expect(fromAddress(toAddress(chosen))).toEqual(chosen)
  expect(fromAddress({ box: 'nonsense' }).box).toBe('mine')
  expect(toQuery(usual).state).toBe('acknowledged,inProgress,pending,held,resolved')
  expect(toQuery({ ...usual, state: 'any' }).state).toBe('')
})

test('the category tree is built from its flat list in either language', () => {
  const node = (code: string, parent: string | null) => ({
    code,
    parent,
    level: 1,
    name_zh: `中${code}`,
    name_en: `E${code}`,
    super_class: 'other',
    business: '',
    leaf: parent !== null,
  })
  expect(treeOf([node('a', null), node('b', 'a')], false)).toEqual([
    { value: 'a', label: '中a', children: [{ value: 'b', label: '中b' }] },
  ])
  expect(treeOf([node('a', null)], true)[0]?.label).toBe('Ea')
})

test('a row says what is left of its nearest promise', () => {
  const row = ticket({ clock: clock(new Date(Date.now() + 1_500_000).toISOString()), urgency: 'urgent' })
  show(TicketItem, { row, chosen: false, facts: ['kind', 'customer', 'urgency'] })
  expect(screen.getByText(/剩 2[45] 分/)).toBeTruthy()
  expect(screen.getByText('紧急')).toBeTruthy()
})

test('when somebody else was faster the text stays, and after loading the same text goes out again', async () => {
  const client = new QueryClient()
  const line = {
    id: 1,
    at: '2026-11-23T00:00:00Z',
    kind: 'note',
    actor: 'staff:9',
    actor_name: '许哲',
    text_zh: '许哲填写处理说明',
    text_en: '',
    body: '',
    visible_to_customer: false,
  }
  vi.spyOn(api, 'get').mockResolvedValue({ items: [line] } as never)
  const post = vi
    .spyOn(api, 'post')
    .mockRejectedValueOnce(new ApiProblem({ status: 412, code: 'version-stale' }))
    .mockResolvedValue(ticket({ state: 'resolved', version: 6 }) as never)
  const shown = show(ActDialog, { act: 'resolve', ticket: ticket() }, client)
  const box = await screen.findByLabelText(/给客户的答复/)
  await fireEvent.update(box, '已修复')
  await fireEvent.click(screen.getByText('办结工单'))
  await waitFor(() => expect(screen.getByText('工单刚被他人修改，您填写的内容已保留')).toBeTruthy())
  expect((box as HTMLTextAreaElement).value).toBe('已修复')
  await shown.rerender({ ticket: ticket({ version: 5 }) })
  await fireEvent.click(screen.getByText('载入最新'))
  await waitFor(() => expect(screen.queryByText('载入最新')).toBeNull())
  await fireEvent.click(screen.getByText('办结工单'))
  await waitFor(() => expect(post).toHaveBeenCalledTimes(2))
  expect(post.mock.calls.map(([, body, options]) => [body, options?.ifMatch])).toEqual([
    [{ answer: '已修复' }, '"4"'],
    [{ answer: '已修复' }, '"5"'],
  ])
})
