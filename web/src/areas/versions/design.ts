import { ref, shallowRef } from 'vue'
import type { FormDefinition, FormField, FormFieldKind, FormStep, Text } from '@/ui/form/definition'

const text = (): Text => ({ zh: '', en: '' })

export const blankForm = (): Record<string, unknown> => ({
  title: text(),
  steps: [{ key: 'first', title: text(), help: text(), fields: [] }],
  must: false,
  places: [],
})

/** A name of this beginning that is not taken yet. */
export const freeName = (base: string, taken: readonly string[]): string => {
  for (let n = taken.length + 1; ; n++) if (!taken.includes(`${base}${n}`)) return `${base}${n}`
}

export const blankField = (kind: FormFieldKind, taken: readonly string[]): FormField => ({
  name: freeName('field_', taken),
  kind,
  label: text(),
  help: text(),
  ...(kind === 'choice' || kind === 'choices'
    ? {
        options: [
          { value: 'a', zh: '', en: '' },
          { value: 'b', zh: '', en: '' },
        ],
      }
    : {}),
  ...(kind === 'computed' ? { value: 0 } : {}),
})
export const blankStep = (taken: readonly string[]): FormStep => ({
  key: freeName('step_', taken),
  title: text(),
  help: text(),
  fields: [],
})

/** Move one of a list; nothing happens at its ends. */
export const moved = <T>(list: readonly T[], at: number, by: number): T[] => {
  const to = at + by
  const next = [...list]
  const one = next[at]
  if (one === undefined || to < 0 || to >= next.length) return next
  next.splice(at, 1)
  next.splice(to, 0, one)
  return next
}

const spoken = (one: Text | undefined): boolean => Boolean(one?.zh.trim() && one.en.trim())

export interface Gap {
  step: number
  field: number | null
}
/** What still lacks a name or help in one of the languages: the server refuses to review it. */
export const gapsOf = (form: FormDefinition): Gap[] =>
  form.steps.flatMap((step, at) => [
    ...(spoken(step.title) && spoken(step.help) && step.fields.length ? [] : [{ step: at, field: null }]),
    ...step.fields.flatMap((field, number) =>
      spoken(field.label) && spoken(field.help) && (field.options ?? []).every(spoken)
        ? []
        : [{ step: at, field: number }],
    ),
  ])

export const optionsText = (field: FormField): string =>
  (field.options ?? []).map((one) => `${one.value} = ${one.zh} / ${one.en}`).join('\n')
export const optionsOf = (typed: string): NonNullable<FormField['options']> =>
  typed
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => {
      const [value = '', names = ''] = line.split('=').map((part) => part.trim())
      const [zh = '', en = ''] = names.split('/').map((part) => part.trim())
      return { value, zh, en }
    })

const MOST = 200

/** A thing that is changed step by step, each of which can be taken back. Quick changes of one place are one step. */
export class Undo<T> {
  readonly now = shallowRef() as { value: T }
  private readonly past: T[] = []
  private readonly ahead: T[] = []
  private place = ''
  readonly depth = ref(0)
  readonly height = ref(0)

  constructor(first: T) {
    this.now.value = first
  }

  /** Go on to the next; changes of the same `place`, one after another, are taken back together. */
  set(next: T, place = ''): void {
    if (!place || place !== this.place) this.past.push(this.now.value)
    if (this.past.length > MOST) this.past.shift()
    this.place = place
    this.ahead.length = 0
    this.now.value = next
    this.count()
  }
  undo(): void {
    this.step(this.past, this.ahead)
  }
  redo(): void {
    this.step(this.ahead, this.past)
  }
  private step(from: T[], to: T[]): void {
    const found = from.pop()
    if (found === undefined) return
    to.push(this.now.value)
    this.now.value = found
    this.place = ''
    this.count()
  }
  private count(): void {
    this.depth.value = this.past.length
    this.height.value = this.ahead.length
  }
}
