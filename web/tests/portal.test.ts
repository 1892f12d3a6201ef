import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Component } from 'vue'
import { portalApi } from '@/api/portal'
import { ApiProblem } from '@/api/problem'
import { isOverChat, showsTime } from '@/areas/portal/chat'
import { checkMatter } from '@/areas/portal/form'
import { isOver, progressOf } from '@/areas/portal/matter'
import Apply from '@/areas/portal/pages/Apply.vue'
import MatterView from '@/areas/portal/parts/MatterView.vue'
import Parcel from '@/areas/portal/parts/Parcel.vue'
import { merge, unbroken } from '@/entities/numbered'
import { useChat, type ChatMessage } from '@/entities/portal/chats'
import { forgetForms, useKeptForm } from '@/entities/portal/keep'
import type { Matter } from '@/entities/portal/types'
import { words } from '@/i18n/portal'

HTMLDialogElement.prototype.showModal ??= function open(this: HTMLDialogElement) {
  this.open = true
}
const page = { template: '<i />' }
const names = ['home', 'apply', 'matters', 'matter', 'chat', 'me', 'sign-in']
const router = createRouter({
  history: createMemoryHistory(),
  routes: names.map((name) => ({
    name,
    path: name === 'home' ? '/:rest(.*)*' : name === 'matter' ? '/matter/:number' : `/${name}`,
    component: page,
  })),
})
const show = (component: Component, props: object = {}) =>
  render(component, {
    props,
    global: { plugins: [words, router, [VueQueryPlugin, { queryClient: new QueryClient() }]] },
  })
const me = {
  kind: 'customer',
  name: '陈国栋',
  phone: '154 **** 6620',
  language: 'zh-CN',
  operator: { name: '江海通信', access_code: '10000', demo: true, opens: null, closes: null, weekdays: [], logo: '' },
}

beforeEach(() => {
  words.global.locale.value = 'zh-CN'
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

test('messages stand once and in order, whichever way they came', () => {
  const merged = merge([{ seq: 1 }, { seq: 3 }], [{ seq: 2 }, { seq: 3 }])
  expect(merged.map(({ seq }) => seq)).toEqual([1, 2, 3])
})

test('reading goes on where nothing is missing yet, though one\'s own message is known already', () => {
  expect(unbroken([])).toBe(0)
  expect(unbroken([{ seq: 1 }, { seq: 2 }])).toBe(2)
  expect(unbroken([{ seq: 1 }, { seq: 3 }])).toBe(1)
  expect(unbroken([{ seq: 2 }])).toBe(0)
})

test('a form is kept until it is sent and forgotten at sign-out', async () => {
  const { form, clear } = useKeptForm('trial', { text: '' })
  form.value.text = '宽带断了'
  await waitFor(() => expect(useKeptForm('trial', { text: '' }).form.value.text).toBe('宽带断了'))
  forgetForms()
  expect(useKeptForm('trial', { text: '' }).form.value.text).toBe('')
  clear()
  expect(form.value.text).toBe('')
})

test('a message without an answer keeps its key, is sent again and stands once', async () => {
  vi.useFakeTimers()
  const sent: ChatMessage = {
    seq: 2,
    author_kind: 'customer',
    author_name: '',
    body: '在吗',
    sent_at: '2026-11-23T08:00:00Z',
  }
  vi.spyOn(portalApi, 'get').mockImplementation(((path: string) =>
    Promise.resolve(path.endsWith('/messages') ? { items: [] } : { state: 'answered' })) as never)
  const post = vi
    .spyOn(portalApi, 'post')
    .mockRejectedValueOnce(new ApiProblem({ status: 0, code: 'offline' }))
    .mockResolvedValue(sent as never)
  let chat!: ReturnType<typeof useChat>
  show({
    setup() {
      chat = useChat('c-1')
      return () => null
    },
  } as never)
  chat.write('在吗')
  await vi.advanceTimersByTimeAsync(10)
  expect(chat.box.value.map(({ state }) => state)).toEqual(['failed'])
  expect(Object.keys(localStorage).filter((name) => name.startsWith('shouwen.portal.outbox.'))).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1100)
  expect(chat.box.value).toEqual([])
  expect(chat.messages.value).toEqual([sent])
  const keys = post.mock.calls.map(([, , options]) => options?.key)
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
})

test('a message that is refused stays with the reason', async () => {
  vi.spyOn(portalApi, 'get').mockResolvedValue({ items: [], state: 'ended' } as never)
  vi.spyOn(portalApi, 'post').mockRejectedValue(
    new ApiProblem({ status: 409, code: 'chat-over', detail: '对话已结束。' }),
  )
  let chat!: ReturnType<typeof useChat>
  show({
    setup() {
      chat = useChat('c-2')
      return () => null
    },
  } as never)
  chat.write('还在吗')
  await waitFor(() => expect(chat.box.value[0]?.why).toBe('对话已结束。'))
  expect(chat.box.value[0]?.state).toBe('refused')
})

test('progress counts what is done and half of where it stands', () => {
  const steps = [
    { done: true, current: false },
    { done: false, current: true },
    { done: false, current: false },
    { done: false, current: false },
  ]
  expect(progressOf(steps)).toBe(38)
  expect(progressOf([])).toBe(0)
  expect(isOver('closed')).toBe(true)
  expect(isOver('resolved')).toBe(false)
})

test('a time is written above the first message and after five minutes', () => {
  const at = (minute: number) => ({ sent_at: `2026-11-23T08:${String(minute).padStart(2, '0')}:00Z` })
  const said = [at(0), at(2), at(9)]
  expect([0, 1, 2, 3].map((one) => showsTime(said, one))).toEqual([true, false, true, false])
  expect(isOverChat({ state: 'ended' })).toBe(true)
  expect(isOverChat({ state: 'waiting' })).toBe(false)
})

test('a matter needs a sentence and a few words', () => {
  expect(checkMatter({ title: ' ', description: '断' })).toEqual({
    title: 'portal.apply.titleEmpty',
    description: 'portal.apply.textEmpty',
  })
  expect(checkMatter({ title: '断网', description: '昨晚八点开始' })).toEqual({})
})

test('the step where a parcel stands is told to a screen reader', () => {
  show(Parcel, {
    label: '办理步骤',
    stops: [
      { key: 'a', label: '提交', note: '', state: 'done' },
      { key: 'b', label: '受理', note: '', state: 'now' },
    ],
  })
  expect(screen.getByText('受理').closest('li')?.getAttribute('aria-current')).toBe('step')
})

const matter: Matter = {
  number: 'GD20261123-000001',
  kind: 'fault',
  title: '宽带断网',
  state: 'resolved',
  opened_at: '2026-11-23T00:00:00Z',
  steps: [],
  owner: { name: '方以宁', number: '8021' },
  next: null,
  closed_at: null,
  closed_reason: '',
  question: '',
  answer: '已修复',
  timeline: [
    { at: '2026-11-23T01:00:00Z', text: '已受理' },
    { at: '2026-11-23T02:00:00Z', text: '已办结' },
  ],
  can: ['confirm', 'reopen'],
  answers: null,
}

test('a matter shows the newest first and only what can be done; going on needs a reason', async () => {
  vi.spyOn(portalApi, 'get').mockResolvedValue(me as never)
  const run = vi.fn().mockResolvedValue(undefined)
  show(MatterView, { matter, run, scope: matter.number })
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)[0]).toContain('已办结')
  expect(screen.queryByText('催办')).toBeNull()
  await fireEvent.click(screen.getByText('没有解决'))
  await fireEvent.click(screen.getByText('要求重新处理'))
  expect(screen.getByText('请写明哪里没有解决')).toBeTruthy()
  expect(run).not.toHaveBeenCalled()
  await fireEvent.update(screen.getByLabelText('哪里没有解决'), '还是断网')
  await fireEvent.click(screen.getByText('要求重新处理'))
  expect(run).toHaveBeenCalledWith('reopen', { reason: '还是断网' })
})

test('what the server finds wrong stands at its field, and the draft stays', async () => {
  vi.spyOn(portalApi, 'get').mockResolvedValue(me as never)
  vi.spyOn(portalApi, 'post').mockRejectedValue(
    new ApiProblem({ status: 422, code: 'invalid', errors: [{ field: 'title', detail: '标题太长。' }] }),
  )
  await router.push('/apply')
  show(Apply)
  await fireEvent.update(screen.getByLabelText('一句话说明'), '断网')
  await fireEvent.update(screen.getByLabelText('详细情况'), '昨晚八点开始断网')
  await waitFor(() => expect(screen.getByText('提交报障')).toBeTruthy())
  await fireEvent.click(screen.getByText('提交报障'))
  await waitFor(() => expect(screen.getByText('标题太长。')).toBeTruthy())
  expect(localStorage.getItem('shouwen.portal.draft.apply')).toContain('昨晚八点开始断网')
})
