import { expect, test } from 'vitest'
import { blankField, gapsOf, moved, optionsOf, optionsText, Undo } from '@/areas/versions/design'
import { answersOf, fenOf, unanswered, walk, yuanOf, type FormDefinition } from '@/ui/form/definition'

const both = (zh: string) => ({ zh, en: zh })
const form: FormDefinition = {
  title: both('投诉'),
  steps: [
    {
      key: 'matter',
      title: both('什么事'),
      help: both('记下原意'),
      fields: [
        {
          name: 'about',
          kind: 'choice',
          label: both('事由'),
          help: both('选一件'),
          required: true,
          options: [
            { value: 'fees', ...both('费用') },
            { value: 'other', ...both('其他') },
          ],
        },
        {
          name: 'charged',
          kind: 'money',
          label: both('实收'),
          help: both('账单'),
          required: true,
          show: { '==': [{ var: 'about' }, 'fees'] },
        },
        {
          name: 'due',
          kind: 'money',
          label: both('应收'),
          help: both('认可'),
          required: true,
          show: { '==': [{ var: 'about' }, 'fees'] },
        },
        {
          name: 'disputed',
          kind: 'computed',
          label: both('争议'),
          help: both('差额'),
          unit: 'fen',
          value: { '-': [{ var: 'charged' }, { var: 'due' }] },
          show: { '==': [{ var: 'about' }, 'fees'] },
        },
      ],
    },
  ],
}

test('what does not apply is neither asked nor required nor sent', () => {
  const given = { about: 'other', charged: 100 }
  expect([...walk(form, given).shown]).toEqual(['about'])
  expect(unanswered(form, given)).toEqual([])
  expect(answersOf(form, given)).toEqual({ about: 'other' })
})

test('a computed value follows from the answers and is left to the server', () => {
  const given = { about: 'fees', charged: 13_800, due: 10_000 }
  expect(walk(form, given).answers.disputed).toBe(3_800)
  expect(answersOf(form, given)).toEqual(given)
  expect(unanswered(form, { about: 'fees', charged: 1 })).toEqual(['due'])
})

test.each([
  ['38', 3_800],
  ['38.5', 3_850],
  ['1,038.05', 103_805],
  ['38.005', null],
  ['-1', null],
  ['', null],
])('%s yuan is %s fen', (typed, fen) => {
  expect(fenOf(typed)).toBe(fen)
})

test('fen are shown as yuan', () => {
  expect([yuanOf(5), yuanOf(3_800)]).toEqual(['0.05', '38.00'])
})

test('every change can be taken back and brought again; quick ones of one place together', () => {
  const history = new Undo('a')
  history.set('b')
  history.set('c', 'title')
  history.set('cd', 'title')
  history.undo()
  expect(history.now.value).toBe('b')
  history.redo()
  expect(history.now.value).toBe('cd')
  history.undo()
  history.undo()
  history.undo()
  expect([history.now.value, history.depth.value, history.height.value]).toEqual(['a', 0, 2])
  history.set('x')
  expect(history.height.value).toBe(0)
})

test('what lacks help in one language is marked', () => {
  expect(gapsOf(form)).toEqual([])
  const blank = {
    ...form,
    steps: form.steps.map((step) => ({ ...step, fields: [...step.fields, blankField('text', [])] })),
  }
  expect(gapsOf(blank)).toEqual([{ step: 0, field: 4 }])
})

test('options are written a line each, and read again as they were', () => {
  const field = form.steps[0]?.fields[0]
  expect(field && optionsOf(optionsText(field))).toEqual(field?.options)
})

test('moving stops at the ends', () => {
  expect([moved(['a', 'b'], 0, 1), moved(['a', 'b'], 1, 1)]).toEqual([
    ['b', 'a'],
    ['a', 'b'],
  ])
})
