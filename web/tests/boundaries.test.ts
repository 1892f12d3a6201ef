import { join } from 'node:path'
import { Linter } from 'eslint'
import { expect, test } from 'vitest'
import house from '../lint/boundaries.ts'

const linter = new Linter({ cwd: '/' })
const complaints = (file: string, source: string): string[] =>
  linter
    .verify(
      `import x from '${source}'`,
      { files: ['**/*.ts'], plugins: { house: house as never }, rules: { 'house/boundaries': 'error' } },
      { filename: join(import.meta.dirname, '../src', file) },
    )
    .map((one) => one.message)

test.each([
  ['areas/desk/Page.ts', '@/areas/tickets/Row.vue', 'area desk may not use area tickets'],
  ['areas/desk/Page.ts', '../tickets/Row.vue', 'area desk may not use area tickets'],
  ['areas/desk/Page.ts', '@/app/session', 'areas may not use app'],
  ['entities/tickets/index.ts', '@/ui/keys', 'entities may not use ui'],
  ['entities/tickets/index.ts', '../sla/Bar.vue', 'entities have no components'],
  ['ui/Tag.ts', '@/entities/tickets', 'ui may not use entities'],
  ['api/http.ts', '@/live', 'api may not use live'],
  ['areas/portal/Home.ts', 'element-plus', 'the portal and the primitives use no kit'],
])('%s may not import %s', (file, source, why) => {
  expect(complaints(file, source)).toEqual([why])
})

test.each([
  ['areas/desk/Page.ts', './Row.vue'],
  ['areas/desk/Page.ts', '@/entities/tickets'],
  ['areas/desk/Page.ts', 'element-plus'],
  ['entities/tickets/index.ts', '@/live'],
  ['app/router.ts', '@/areas/desk/Page.vue'],
])('%s may import %s', (file, source) => {
  expect(complaints(file, source)).toEqual([])
})
