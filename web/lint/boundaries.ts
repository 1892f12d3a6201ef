/**
 * Who may import whom: areas -> entities -> live, phone, api -> ui.
 * A page knows its own area only, `ui` knows no domain and entities no components.
 */
import path from 'node:path'
import type { Rule } from 'eslint'

const SRC = path.resolve(import.meta.dirname, '../src')
const MAY: Record<string, string[]> = {
  ui: ['ui'],
  i18n: ['i18n'],
  api: ['api'],
  live: ['live'],
  phone: ['phone'],
  entities: ['entities', 'live', 'api', 'i18n'],
  areas: ['entities', 'live', 'phone', 'api', 'ui', 'i18n'],
}

interface Place {
  layer: string
  name: string
}
const place = (file: string): Place => {
  const [layer = '', name = ''] = path.relative(SRC, file).split(path.sep)
  return { layer, name }
}

const judge = (from: Place, to: Place, target: string): string | null => {
  const allowed = MAY[from.layer]
  if (!allowed) return null // app and the entries join everything
  if (from.layer === 'entities' && target.endsWith('.vue')) return 'entities have no components'
  if (from.layer === 'areas' && to.layer === 'areas') {
    return from.name === to.name ? null : `area ${from.name} may not use area ${to.name}`
  }
  return allowed.includes(to.layer) ? null : `${from.layer} may not use ${to.layer}`
}

const rule: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const from = place(context.filename)
    const check = (node: Rule.Node & { source?: { value?: unknown } | null }): void => {
      const wanted = node.source?.value
      if (typeof wanted !== 'string') return
      if (wanted.startsWith('element-plus') && (from.layer === 'ui' || from.name === 'portal')) {
        context.report({ node, message: 'the portal and the primitives use no kit' })
      }
      if (!wanted.startsWith('.') && !wanted.startsWith('@/')) return
      const target = wanted.startsWith('@/')
        ? path.join(SRC, wanted.slice(2))
        : path.resolve(path.dirname(context.filename), wanted)
      const why = judge(from, place(target), target)
      if (why) context.report({ node, message: why })
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    }
  },
}

export default { rules: { boundaries: rule } }
