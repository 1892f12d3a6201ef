import { cleanup, render, screen } from '@testing-library/vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { ApiProblem } from '@/api/problem'
import { words } from '@/i18n/workspace'
import { useProblem } from '@/i18n/problem'
import ErrorState from '@/ui/ErrorState.vue'

const Page = defineComponent({
  props: { error: { type: Object, default: undefined } },
  setup(props) {
    const { failure } = useProblem()
    return () => h(ErrorState, failure(props.error, '客户资料暂时查不到'))
  },
})
const told = (error?: ApiProblem): { text: string; retry: boolean } => {
  render(Page, { props: { error }, global: { plugins: [words] } })
  const found = { text: screen.getByRole('alert').textContent, retry: Boolean(screen.queryByRole('button')) }
  cleanup()
  return found
}

beforeEach(() => {
  words.global.locale.value = 'zh-CN'
})
afterEach(cleanup)

test('who may not see something is told whom to ask, and not to try again', () => {
  const detail = '您没有「查看客户」的权限。需要时请联系班长或系统管理员。'
  const refused = new ApiProblem({ status: 403, code: 'permission-refused', detail, trace: 't-1' })
  expect(told(refused)).toEqual({ text: `您没有权限查看这里${detail}`, retry: false })
  const silent = new ApiProblem({ status: 403, code: 'http-403' })
  expect(told(silent)).toEqual({ text: '您没有权限查看这里需要时请联系班长或系统管理员', retry: false })
})

test('what is not there is said to be not there', () => {
  const gone = new ApiProblem({ status: 404, code: 'ticket-not-found', detail: '没有工单 GD1。请核对单号。' })
  expect(told(gone)).toEqual({ text: '没有找到要看的内容没有工单 GD1。请核对单号。', retry: false })
})

test('any other fault is named, with the number to quote, and may be tried again', () => {
  const broken = new ApiProblem({ status: 500, code: 'http-500', detail: '系统出错。', trace: 't-2' })
  expect(told(broken)).toEqual({ text: '客户资料暂时查不到系统出错。 · t-2重试', retry: true })
  expect(told(new ApiProblem({ status: 0, code: 'offline' })).text).toContain('没有连上服务器')
  expect(told().text).toContain('页面出错')
})

test('it is said in English to who reads English', () => {
  words.global.locale.value = 'en'
  expect(told(new ApiProblem({ status: 403, code: 'http-403' })).text).toBe(
    'You may not see thisAsk your shift leader or administrator if you need to',
  )
  expect(told(new ApiProblem({ status: 404, code: 'http-404' })).text).toContain('There is nothing here')
})
