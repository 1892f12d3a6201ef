import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { cleanup, fireEvent, render, screen } from '@testing-library/vue'
import { afterEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Component } from 'vue'
import { Drafts } from '@/api/drafts'
import { api } from '@/api/staff'
import Composer from '@/areas/desk/Composer.vue'
import InboxItem from '@/areas/desk/InboxItem.vue'
import OfferCard from '@/areas/desk/OfferCard.vue'
import type { Conversation, InboxItem as Item, Message } from '@/entities/messaging'
import { Outbox } from '@/entities/outbox'
import { words } from '@/i18n/workspace'
import { keys } from '@/ui/keys'

const customer = {
  id: 1,
  name: '陈**',
  phone: '154 **** 6620',
  kind: 'public',
  star: 5,
  key: false,
  elderly: false,
  language: 'zh-CN',
  account_number: '',
}
const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:rest(.*)*', component: { template: '<i />' } }],
})
const show = (component: Component, props: object) =>
  render(component, {
    props,
    global: { plugins: [words, router, [VueQueryPlugin, { queryClient: new QueryClient() }]] },
  })

words.global.locale.value = 'zh-CN'
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const soon = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString()
const offer = {
  work_item_id: 9,
  subject: 'conversation',
  conversation: 'c-9',
  medium: 'web_chat',
  queue: { code: 'broadband', name: '宽带报障' },
  klass: 'plain',
  topic: 'broadband',
  customer,
  last_message: { seq: 1, author_kind: 'customer', body: 'LOS 红灯闪', sent_at: soon(-18) },
  requested_at: soon(-18),
  waited_seconds: 18,
  expires_at: soon(30),
}

test('F2 takes the offer and opens its conversation', async () => {
  vi.spyOn(api, 'get').mockResolvedValue([])
  const post = vi.spyOn(api, 'post').mockResolvedValue({ subject: 'conversation', conversation: 'c-9' })
  show(OfferCard, { offer, first: true, talking: true })
  expect(screen.getByRole('group', { name: '新会话：陈**' })).toBeTruthy()
  expect(screen.getByText('LOS 红灯闪')).toBeTruthy()
  keys.press(new KeyboardEvent('keydown', { key: 'F2' }))
  await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/desk/c-9'))
  expect(post).toHaveBeenCalledWith('/desk/offers/9/accept', {})
})

test('only the first of several offers answers to F2', () => {
  vi.spyOn(api, 'get').mockResolvedValue([])
  const post = vi.spyOn(api, 'post')
  show(OfferCard, { offer, first: false, talking: false })
  keys.press(new KeyboardEvent('keydown', { key: 'F2' }))
  expect(post).not.toHaveBeenCalled()
})

const conversation = { id: 'c-1', draft: '您好，', customer } as unknown as Conversation
const composer = () => {
  const outbox = new Outbox<Message>(new Drafts('t.'), '1.c-1', { send: vi.fn(), notMine: [] })
  const add = vi.spyOn(outbox, 'add').mockReturnValue()
  vi.spyOn(api, 'put').mockResolvedValue(undefined)
  show(Composer, { conversation, outbox })
  return { add, box: screen.getByRole<HTMLTextAreaElement>('textbox', { name: '回复 陈**' }) }
}

test('the composer begins with the draft; Enter sends, Shift and Enter does not', async () => {
  const { add, box } = composer()
  expect(box.value).toBe('您好，')
  await fireEvent.update(box, '您好，我来核对 ')
  await fireEvent.keyDown(box, { key: 'Enter', shiftKey: true })
  expect(add).not.toHaveBeenCalled()
  await fireEvent.keyDown(box, { key: 'Enter' })
  expect(add).toHaveBeenCalledWith('您好，我来核对')
  expect(box.value).toBe('')
})

test('Enter that chooses characters in an input method sends nothing', async () => {
  const { add, box } = composer()
  await fireEvent.keyDown(box, { key: 'Enter', isComposing: true })
  expect(add).not.toHaveBeenCalled()
})

test('a line of the inbox names the customer and counts what was not read', () => {
  vi.spyOn(api, 'get').mockResolvedValue([])
  const item: Item = {
    id: 'c-5',
    medium: 'web_chat',
    topic: 'billing',
    state: 'open',
    queue_code: 'billing',
    customer,
    last_message: { seq: 2, author_kind: 'customer', body: '在吗', sent_at: soon(-42) },
    awaits_reply: true,
    has_draft: false,
    calling: '',
    opened_at: soon(-60),
    answered_at: soon(-50),
    ended_at: null,
    clock: null,
  }
  show(InboxItem, { item, on: false, box: 'active' })
  const line = screen.getByRole('button').textContent
  expect(line).toContain('陈**')
  expect(line).toContain('在吗')
  expect(line).toContain('2 条未读')
})
