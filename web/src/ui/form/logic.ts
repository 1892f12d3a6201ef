/**
 * A small language for conditions and computed values, the same here and on the server.
 *
 * An expression is a literal, `{"var": name}`, or one operator with its arguments. Every expression has a value for
 * every answer; numbers are whole and exact; nothing is converted. The server's twin is `forms/rules/logic.py`, and a
 * test lets both evaluate the same expressions.
 */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value }
export type Answers = Record<string, Value | undefined>
export type Expression = Value

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value)
const DATED = /^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$/
const isDated = (value: unknown): value is string => typeof value === 'string' && DATED.test(value)

const kindOf = (value: Value): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value === 'object' ? 'group' : typeof value

/** Whether two values are the same and of one kind. */
export const same = (a: Value, b: Value): boolean => {
  if (kindOf(a) !== kindOf(b)) return false
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, at) => same(one, b[at]))
  if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object') return sameGroup(a, b)
  return a === b
}
const sameGroup = (a: object, b: object): boolean => {
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  return left.size === right.size && [...left].every(([name, one]) => right.has(name) && same(one, right.get(name)))
}

const ordered =
  (compare: (sign: number) => boolean) =>
  ([a, b]: Value[]): boolean => {
    if (isWhole(a) && isWhole(b)) return compare(Math.sign(a - b))
    return isDated(a) && isDated(b) && compare(a < b ? -1 : a > b ? 1 : 0)
  }

/** Reckon from left to right; null once a number is none or too large to be exact. */
const fold =
  (step: (a: bigint, b: bigint) => bigint) =>
  (values: Value[]): number | null => {
    if (!values.every(isWhole)) return null
    const [first, ...rest] = values.map(BigInt)
    let sum = first ?? 0n
    for (const one of rest) {
      sum = step(sum, one)
      if (!Number.isSafeInteger(Number(sum))) return null
    }
    return Number(sum)
  }

const size = (n: bigint): bigint => (n < 0n ? -n : n)
/** Divide, rounding half away from zero as money is rounded. */
const div = ([a, b]: Value[]): number | null => {
  if (!isWhole(a) || !isWhole(b) || b === 0) return null
  const [over, under] = [BigInt(a), BigInt(b)]
  const found = (2n * size(over) + size(under)) / (2n * size(under))
  return Number(over < 0n !== under < 0n ? -found : found)
}

const dayOf = (value: Value | undefined): number | null => {
  if (!isDated(value)) return null
  const at = new Date(`${value}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== value ? null : at.getTime() / 86_400_000
}
const days = ([from, to]: Value[]): number | null => {
  const [start, end] = [dayOf(from), dayOf(to)]
  return start === null || end === null ? null : end - start
}

const OPERATORS: Record<string, (values: Value[]) => Value> = {
  '==': ([a, b]) => same(a ?? null, b ?? null),
  '!=': ([a, b]) => !same(a ?? null, b ?? null),
  '<': ordered((sign) => sign < 0),
  '<=': ordered((sign) => sign <= 0),
  '>': ordered((sign) => sign > 0),
  '>=': ordered((sign) => sign >= 0),
  and: (values) => values.every((one) => one === true),
  or: (values) => values.includes(true),
  '!': ([one]) => one !== true,
  in: ([one, list]) => Array.isArray(list) && list.some((each) => same(one ?? null, each as Value)),
  '+': fold((a, b) => a + b),
  '-': fold((a, b) => a - b),
  '*': fold((a, b) => a * b),
  min: fold((a, b) => (a < b ? a : b)),
  max: fold((a, b) => (a > b ? a : b)),
  div,
  cat: (values) => values.map((one) => (typeof one === 'string' ? one : isWhole(one) ? String(one) : '')).join(''),
  days,
}

/** What an expression comes to with some answers. */
export const evaluate = (expression: Expression, answers: Answers): Value => {
  if (expression === null || typeof expression !== 'object' || Array.isArray(expression)) return expression
  const [[operator, given] = ['', null]] = Object.entries(expression)
  if (operator === 'var') return answers[String(given)] ?? null
  const list = Array.isArray(given) ? (given as Value[]) : []
  if (operator === 'if') return evaluate(list[evaluate(list[0] ?? null, answers) === true ? 1 : 2] ?? null, answers)
  return OPERATORS[operator]?.(list.map((one) => evaluate(one, answers))) ?? null
}
