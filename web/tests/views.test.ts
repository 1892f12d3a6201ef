import { fireEvent, render, screen } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { inOrder } from '@/areas/insight/order'
import SortHead from '@/ui/SortHead.vue'
import { chosenColumns, filtersOf } from '@/entities/accounts/views'
import { moved, toggled } from '@/ui/listTools'

const ALL = ['number', 'title', 'due']

test('columns that somebody chose come in his order; one that is gone is left out', () => {
  expect(chosenColumns(ALL, ['number', 'title'], ['due', 'gone', 'number'])).toEqual(['due', 'number'])
})

test('who chose nothing sees what is usual', () => {
  expect(chosenColumns(ALL, ['number', 'title'], [])).toEqual(['number', 'title'])
  expect(chosenColumns(ALL, ['number', 'title'], ['gone'])).toEqual(['number', 'title'])
})

test('a column moves by one place and no further than the ends', () => {
  expect(moved(ALL, 'due', -1)).toEqual(['number', 'due', 'title'])
  expect(moved(ALL, 'due', 1)).toEqual(ALL)
  expect(moved(ALL, 'number', -1)).toEqual(ALL)
})

test('a column is hidden and shown again at the end; the last one stays', () => {
  expect(toggled(ALL, 'title')).toEqual(['number', 'due'])
  expect(toggled(['number', 'due'], 'title')).toEqual(['number', 'due', 'title'])
  expect(toggled(['due'], 'due')).toEqual(['due'])
})

test('the name of a view is no filter', () => {
  expect(filtersOf({ view: '7', q: '宽带', box: ['a', 'b'] })).toEqual({ q: '宽带' })
})

test('figures stand by one of them, and what has none comes last whichever way round', () => {
  const line = (key: string, answered: number | null) => ({ key, label: key, figures: { answered } })
  const lines = [line('a', 3), line('b', null), line('c', 7)]
  const order = (sort: string) => inOrder(lines, sort).map(({ key }) => key)
  expect([order(''), order('answered'), order('-answered')]).toEqual([
    ['a', 'b', 'c'],
    ['a', 'c', 'b'],
    ['c', 'a', 'b'],
  ])
})

test('a heading puts its list in order, says which way, and turns it round', async () => {
  const shown = render(SortHead, { props: { label: '工号', up: 'number', down: '-number', modelValue: 'name' } })
  const head = (): string | null => screen.getByRole('columnheader').getAttribute('aria-sort')
  expect(head()).toBe('none')
  await fireEvent.click(screen.getByRole('button', { name: '工号' }))
  await shown.rerender({ modelValue: 'number' })
  expect(head()).toBe('ascending')
  await fireEvent.click(screen.getByRole('button', { name: '工号' }))
  expect(shown.emitted('update:modelValue')).toEqual([['number'], ['-number']])
})
