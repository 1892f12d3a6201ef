import { QueryObserver } from '@tanstack/vue-query'
import { expect, test } from 'vitest'
import { makeQueries } from '@/entities/queries'

/** A screen that shows one list, and answers to its readings that come when the test says so. */
const screen = () => {
  const client = makeQueries()
  const answers: ((rows: string[]) => void)[] = []
  const queryFn = (): Promise<string[]> => new Promise((answer) => void answers.push(answer))
  const observer = new QueryObserver<string[]>(client, { queryKey: ['offers'], queryFn })
  observer.subscribe(() => undefined)
  const settled = (): Promise<void> => new Promise((go) => void setTimeout(go))
  return { client, observer, answers, settled, changed: () => client.invalidateQueries({ queryKey: ['offers'] }) }
}

test('what changes while a list is read for the first time is read once more', async () => {
  const { observer, answers, settled, changed } = screen()
  void changed()
  await settled()
  expect(answers).toHaveLength(1)
  answers[0]?.([])
  await settled()
  answers[1]?.(['offer'])
  await settled()
  expect(observer.getCurrentResult().data).toEqual(['offer'])
  expect(answers).toHaveLength(2)
})

test('a list that nothing changed is read once', async () => {
  const { observer, answers, settled } = screen()
  answers[0]?.(['offer'])
  await settled()
  expect(observer.getCurrentResult().data).toEqual(['offer'])
  expect(answers).toHaveLength(1)
})
