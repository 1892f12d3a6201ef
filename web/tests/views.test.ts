import { expect, test } from 'vitest'
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
