import type { FormField } from '@/ui/form/definition'
import type { Expression, Value } from '@/ui/form/logic'

/** Conditions and formulas as a person puts them together: which pieces there are, and how each begins. */
export type Wants = 'condition' | 'value'
type Fields = readonly FormField[]
/** Something to choose, by what it does. */
export interface Piece {
  way: string
  label: string
}

export const COMPARE = ['==', '!=', '<', '<=', '>', '>='] as const
export const RECKON = ['+', '-', '*', 'div', 'min', 'max', 'days', 'cat', 'if'] as const
export const MANY: readonly string[] = ['and', 'or', '+', '*', 'min', 'max', 'cat']
const PAIRS: readonly string[] = [...COMPARE, '-', 'div', 'days']
const NUMBERS: readonly string[] = ['number', 'money', 'computed']
const MOST = 20
const DATED = /^\d{4}-\d\d-\d\d$/

export interface Node {
  operator: string
  args: readonly Value[]
}
/** The operator of an expression and what it works on; null for an answer or a fixed value. */
export const nodeOf = (given: Expression): Node | null => {
  if (given === null || typeof given !== 'object' || Array.isArray(given) || 'var' in given) return null
  const [[operator, args] = ['', null]] = Object.entries(given)
  return { operator, args: Array.isArray(args) ? (args as Value[]) : [] }
}
/** The answer an expression is; "" when it is something else. */
export const nameOf = (given: Expression | undefined): string =>
  given && typeof given === 'object' && !Array.isArray(given) && 'var' in given ? String(given.var) : ''
export const fieldOf = (given: Expression | undefined, fields: Fields): FormField | undefined =>
  fields.find(({ name }) => name === nameOf(given))
export const answer = (name: string): Expression => ({ var: name })

/** Which piece an expression is; `like` is the question whose options it may be. */
export const wayOf = (given: Expression, like?: FormField): string => {
  const node = nodeOf(given)
  if (node?.operator === 'in') return Array.isArray(node.args[1]) ? 'oneOf' : 'includes'
  if (node) return node.operator
  if (nameOf(given)) return `var:${nameOf(given)}`
  if (typeof given === 'string') return like?.options ? `option:${given}` : DATED.test(given) ? 'date' : 'text'
  return typeof given === 'number' ? 'number' : given === null ? 'nothing' : String(given)
}

const firstOf = (fields: Fields, kinds: readonly string[]): FormField | undefined =>
  fields.find(({ kind }) => kinds.includes(kind))
export const asNumber = (fields: Fields): Expression => {
  const found = firstOf(fields, NUMBERS)
  return found ? answer(found.name) : 0
}
/** A value of the kind that a question is answered with. */
export const valueLike = (field: FormField | undefined): Value => {
  if (field?.kind === 'yes_no') return true
  if (field?.kind === 'date') return new Date().toISOString().slice(0, 10)
  return field?.options?.[0]?.value ?? (field && !NUMBERS.includes(field.kind) ? '' : 0)
}
/** The condition one begins with: the first question is answered in some way. */
export const firstCondition = (fields: Fields): Expression => {
  const field = firstOf(fields, ['choice', 'yes_no']) ?? fields.find(({ kind }) => kind !== 'choices')
  return { '==': [field ? answer(field.name) : 0, valueLike(field)] }
}
const isCondition = (given: Expression): boolean =>
  ['and', 'or', '!', 'in', ...COMPARE].includes(nodeOf(given)?.operator ?? '')

const FIXED: Record<string, (before: Expression) => Expression> = {
  number: (before) => (typeof before === 'number' ? before : 0),
  text: (before) => (typeof before === 'string' ? before : ''),
  date: () => new Date().toISOString().slice(0, 10),
  true: () => true,
  false: () => false,
  nothing: () => null,
}

/** Choose another piece: what was there goes on where it fits. */
export const begin = (way: string, before: Expression, fields: Fields): Expression => {
  if (way.startsWith('var:')) return answer(way.slice(4))
  if (way.startsWith('option:')) return way.slice(7)
  return FIXED[way]?.(before) ?? begun(way, before, fields)
}

const begun = (way: string, before: Expression, fields: Fields): Expression => {
  const args = nodeOf(before)?.args ?? []
  if (way === 'oneOf' || way === 'includes') return membership(way, fields)
  if (way === 'if') return { if: [firstCondition(fields), isCondition(before) ? 0 : before, 0] }
  if (way === '!') return { '!': [isCondition(before) ? before : firstCondition(fields)] }
  if (way === 'and' || way === 'or') return { [way]: conditions(before, fields) }
  const kept = !isCondition(before) || COMPARE.includes(way as '==') ? args : []
  const filled = [...kept, ...(args.length ? [] : [before]), asNumber(fields), 0].filter((one) => !Array.isArray(one))
  return { [way]: PAIRS.includes(way) ? filled.slice(0, 2) : kept.length ? kept : filled.slice(0, 2) }
}
const conditions = (before: Expression, fields: Fields): Value[] => {
  const node = nodeOf(before)
  if (node?.operator === 'and' || node?.operator === 'or') return [...node.args]
  return [isCondition(before) ? before : firstCondition(fields), firstCondition(fields)]
}
const membership = (way: 'oneOf' | 'includes', fields: Fields): Expression => {
  const field = firstOf(fields, [way === 'oneOf' ? 'choice' : 'choices'])
  const option = field?.options?.[0]?.value ?? ''
  return way === 'oneOf' ? { in: [answer(field?.name ?? ''), [option]] } : { in: [option, answer(field?.name ?? '')] }
}

/** Whether a fixed value may be the answer to a question; that there is none always may. */
const fits = (given: Value, field: FormField): boolean => {
  if (given === null) return true
  if (field.options) return field.options.some(({ value }) => value === given)
  if (field.kind === 'date') return typeof given === 'string' && DATED.test(given)
  return typeof given === typeof valueLike(field)
}
/** Change a part. Where two are compared, a fixed value that cannot be the answer to another question begins anew. */
export const withArgument = (node: Node, at: number, given: Expression, fields: Fields = []): Expression => {
  const parts = node.args.map((one, place) => (place === at ? given : one))
  const other = node.args[1 - at] ?? null
  const field = (COMPARE as readonly string[]).includes(node.operator) ? fieldOf(given, fields) : undefined
  const stays = !field || nodeOf(other) || nameOf(other) || fits(other, field)
  return { [node.operator]: stays ? parts : parts.map((one, place) => (place === at ? one : valueLike(field))) }
}
export const without = (node: Node, at: number): Expression => ({
  [node.operator]: node.args.filter((_, place) => place !== at),
})
export const withMore = (node: Node, fields: Fields): Expression => ({
  [node.operator]: [...node.args, ['and', 'or'].includes(node.operator) ? firstCondition(fields) : 0],
})
export const takesMore = (node: Node): boolean => MANY.includes(node.operator) && node.args.length < MOST

/** Conditions stand in a row without brackets, but for those joined the other way. */
const bracketed = (outer: string, inner: string | undefined): boolean =>
  inner !== undefined && outer !== 'if' && (!['and', 'or'].includes(outer) || ['and', 'or'].includes(inner))

type Say = (key: string, values?: Record<string, unknown>) => string
/** A condition or formula in words. */
export const said = (given: Expression, fields: Fields, say: Say, language: 'zh' | 'en', like?: FormField): string => {
  const node = nodeOf(given)
  if (!node) return saidPlainly(given, fields, say, language, like)
  const about = node.args.map((one) => fieldOf(one, fields)).find(Boolean)
  const parts = node.args.map((one) => {
    const inner = said(one, fields, say, language, about)
    return bracketed(node.operator, nodeOf(one)?.operator) ? say('brackets', { a: inner }) : inner
  })
  if (MANY.includes(node.operator)) return saidMany(node.operator, parts, say)
  const [a, b, c] = parts
  return say(`say.${KEYS[node.operator] ?? wayOf(given)}`, { a, b, c })
}
const saidMany = (operator: string, parts: string[], say: Say): string =>
  operator === 'min' || operator === 'max'
    ? say(`say.${operator}`, { a: parts.join(say('comma')) })
    : parts.join(say(`say.${KEYS[operator] ?? operator}`))
const saidPlainly = (given: Expression, fields: Fields, say: Say, language: 'zh' | 'en', like?: FormField): string => {
  if (Array.isArray(given)) return given.map((one) => saidPlainly(one, fields, say, language, like)).join(say('comma'))
  if (nameOf(given)) return `「${fieldOf(given, fields)?.label[language] || nameOf(given)}」`
  const option = like?.options?.find(({ value }) => value === given)
  if (option) return option[language] || option.value
  if (typeof given === 'boolean') return say(given ? 'yes' : 'no')
  return given === null ? say('nothing') : String(given)
}
/** Operators by names that words can be filed under. */
export const KEYS: Record<string, string> = {
  '==': 'is',
  '!=': 'isNot',
  '<': 'below',
  '<=': 'atMost',
  '>': 'above',
  '>=': 'atLeast',
  '!': 'not',
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
}
