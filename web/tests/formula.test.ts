import { expect, test } from 'vitest'
import { begin, said, wayOf, withArgument, withMore, without, nodeOf, firstCondition } from '@/areas/versions/formula'
import { words } from '@/i18n/workspace'
import type { FormField } from '@/ui/form/definition'
import { evaluate, type Expression } from '@/ui/form/logic'

const field = (name: string, kind: FormField['kind'], zh: string, more: object = {}): FormField =>
  ({ name, kind, label: { zh, en: name }, help: { zh: '', en: '' }, ...more }) as FormField
const options = [
  { value: 'a', zh: '宽带', en: 'Broadband' },
  { value: 'b', zh: '电视', en: 'TV' },
]
const fields = [
  field('service', 'choice', '业务', { options }),
  field('signs', 'choices', '现象', { options }),
  field('days', 'number', '天数'),
  field('at_home', 'yes_no', '在家'),
]
words.global.locale.value = 'zh-CN'
const say = words.global.t as unknown as (key: string, values: object) => string
const zh = (given: Expression): string =>
  said(given, fields, (key, values) => say(`decisions.formula.${key}`, values ?? {}), 'zh')
const node = (given: Expression) => nodeOf(given) ?? { operator: '', args: [] }

test('a formula is begun from what was there, and grows and shrinks part by part', () => {
  const product = begin('*', { var: 'days' }, fields)
  expect(product).toEqual({ '*': [{ var: 'days' }, { var: 'days' }] })
  const priced = withArgument(node(product), 1, 500)
  const capped = begin('min', priced, fields)
  expect(capped).toEqual({ min: [{ var: 'days' }, 500] })
  expect(withMore(node(capped), fields)).toEqual({ min: [{ var: 'days' }, 500, 0] })
  expect(without(node(capped), 0)).toEqual({ min: [500] })
})

test('a condition keeps what fits when it becomes another', () => {
  const first = firstCondition(fields)
  expect(first).toEqual({ '==': [{ var: 'service' }, 'a'] })
  expect(begin('!=', first, fields)).toEqual({ '!=': [{ var: 'service' }, 'a'] })
  expect(begin('and', first, fields)).toEqual({ and: [first, first] })
  expect(begin('oneOf', first, fields)).toEqual({ in: [{ var: 'service' }, ['a']] })
  expect(wayOf(begin('includes', first, fields))).toBe('includes')
})

test('another question is not compared with what cannot be its answer', () => {
  const first = node(firstCondition(fields))
  expect(withArgument(first, 0, { var: 'days' }, fields)).toEqual({ '==': [{ var: 'days' }, 0] })
  expect(withArgument(first, 0, { var: 'at_home' }, fields)).toEqual({ '==': [{ var: 'at_home' }, true] })
  expect(withArgument(first, 1, 'b', fields)).toEqual({ '==': [{ var: 'service' }, 'b'] })
  const counted = node({ '>': [{ var: 'days' }, 3] })
  expect(withArgument(counted, 0, { var: 'days' }, fields)).toEqual({ '>': [{ var: 'days' }, 3] })
  expect(withArgument(counted, 0, { '+': [{ var: 'days' }, 1] }, fields)).toEqual({ '>': [{ '+': [{ var: 'days' }, 1] }, 3] })
})

test.each([
  [{ '==': [{ var: 'service' }, 'b'] }, '「业务」是电视'],
  [{ in: [{ var: 'service' }, ['a', 'b']] }, '「业务」是宽带、电视之一'],
  [{ in: ['b', { var: 'signs' }] }, '「现象」里选了电视'],
  [{ and: [{ var: 'at_home' }, { '>': [{ var: 'days' }, 3] }] }, '「在家」，且「天数」大于3'],
  [{ min: [{ '*': [{ var: 'days' }, 500] }, 10000] }, '（「天数」 × 500）、10000中最小的'],
  [{ if: [{ '>': [{ var: 'days' }, 7] }, 100, null] }, '如果「天数」大于7，则 100，否则 未填'],
] as [Expression, string][])('%j is told in words', (given, told) => {
  expect(zh(given)).toBe(told)
})

test('whatever is begun can be worked out', () => {
  for (const way of ['+', '-', '*', 'div', 'min', 'max', 'days', 'cat', 'if', '==', '<', 'and', 'or', '!', 'oneOf', 'includes'])
    expect(() => evaluate(begin(way, 3, fields), { days: 2, service: 'a' })).not.toThrow()
})
