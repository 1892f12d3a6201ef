import { cleanup, render } from '@testing-library/vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineComponent } from 'vue'
import { ApiProblem } from '@/api/problem'
import { useRefusal } from '@/entities/refusal'
import { words } from '@/i18n/workspace'

type Refusal = ReturnType<typeof useRefusal>
const form = (shows?: (field: string) => boolean): Refusal => {
  let found!: Refusal
  const Form = defineComponent({
    setup() {
      found = useRefusal(shows)
      return () => null
    },
  })
  render(Form, { global: { plugins: [words] } })
  return found
}
const refusal = (...fields: string[]): ApiProblem =>
  new ApiProblem({
    status: 422,
    code: 'invalid',
    detail: '有内容不对。',
    errors: fields.map((field) => ({ field, detail: `${field} 不对。` })),
  })

beforeEach(() => {
  words.global.locale.value = 'zh-CN'
})
afterEach(cleanup)

test('a refusal is said at its fields, and as a whole where it names none', () => {
  const { fields, wrong, refused, clear } = form()
  refused(refusal('name'))
  expect([fields.value, wrong.value]).toEqual([{ name: 'name 不对。' }, ''])
  refused(refusal())
  expect([fields.value, wrong.value]).toEqual([{}, '有内容不对。'])
  clear()
  expect([fields.value, wrong.value]).toEqual([{}, ''])
})

test('a refusal of a field that the form does not show is not silent', () => {
  const { wrong, refused } = form((field) => field === 'remark')
  refused(refusal('content.steps'))
  expect(wrong.value).toBe('有内容不对。')
  refused(refusal('content.steps', 'remark'))
  expect(wrong.value).toBe('')
})
