import { evaluate, type Answers, type Expression, type Value } from './logic'

/** What a form is, as the server keeps it. */
export interface Text {
  zh: string
  en: string
}
export const FIELD_KINDS = [
  'text',
  'long_text',
  'choice',
  'choices',
  'yes_no',
  'number',
  'date',
  'money',
  'phone',
  'address',
  'attachment',
  'signature',
  'computed',
] as const
export type FormFieldKind = (typeof FIELD_KINDS)[number]
export interface FormOption extends Text {
  value: string
}
export interface FormField {
  name: string
  kind: FormFieldKind
  label: Text
  help: Text
  required?: boolean
  options?: FormOption[]
  show?: Expression
  value?: Expression
  most?: number
  least?: number
  unit?: string
}
export interface FormStep {
  key: string
  title: Text
  help: Text
  fields: FormField[]
}
export interface FormDefinition {
  title: Text
  steps: FormStep[]
  must?: boolean
  places?: string[]
}
export type FormLanguage = 'zh' | 'en'
export interface KeptFile {
  id: string
  name: string
}

export const fieldsOf = (form: FormDefinition): FormField[] => form.steps.flatMap((step) => step.fields)

const isEmpty = (value: Value | undefined): boolean => {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.values(value).every((one) => one === '')
}

/** Go through the questions in their order: which are asked, and what follows from the answers so far. */
export const walk = (form: FormDefinition, given: Answers): { shown: Set<string>; answers: Answers } => {
  const shown = new Set<string>()
  const answers: Answers = {}
  for (const field of fieldsOf(form)) {
    if (field.show !== undefined && field.show !== null && evaluate(field.show, answers) !== true) continue
    shown.add(field.name)
    const value = field.kind === 'computed' ? evaluate(field.value ?? null, answers) : given[field.name]
    if (!isEmpty(value)) answers[field.name] = value
  }
  return { shown, answers }
}

/** What is sent: answers to what was asked; what is computed the server computes again. */
export const answersOf = (form: FormDefinition, given: Answers): Answers => {
  const { answers } = walk(form, given)
  const computed = new Set(fieldsOf(form).flatMap((field) => (field.kind === 'computed' ? [field.name] : [])))
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !computed.has(name)))
}

/** Which required questions that are asked have no answer. */
export const unanswered = (form: FormDefinition, given: Answers): string[] => {
  const { shown, answers } = walk(form, given)
  return fieldsOf(form).flatMap((field) =>
    field.required && shown.has(field.name) && !(field.name in answers) ? [field.name] : [],
  )
}

/** An amount as it is typed, in fen; null when it is no amount. */
export const fenOf = (typed: string): number | null => {
  const found = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(typed.trim().replaceAll(',', ''))
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null
}
export const yuanOf = (fen: number): string =>
  `${Math.trunc(fen / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`

/** Refusals of the server by question: `answers.since` becomes `since`. */
export const answerFaults = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, why]) =>
      name.startsWith('answers.') ? [[name.slice('answers.'.length), why] as const] : [],
    ),
  )
