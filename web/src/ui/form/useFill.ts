import { computed, ref, type Ref } from 'vue'
import { answerFaults, answersOf, unanswered, type FormDefinition } from './definition'
import type { Answers } from './logic'

export interface Asked {
  key: string
  number: number
  definition: unknown
}

/** Filling a form: what is missing, what the server refuses, and what is sent. */
export const useFill = (asked: () => Asked | null | undefined, answers: Ref<Answers>) => {
  const errors = ref<Record<string, string>>({})
  const form = computed(() => (asked()?.definition ?? null) as FormDefinition | null)

  /** What is sent; nothing when nothing was answered and nothing must be. */
  const body = (): { form: string; number: number; answers: Answers } | undefined => {
    const one = asked()
    if (!one || !form.value) return undefined
    const given = answersOf(form.value, answers.value)
    if (!form.value.must && !Object.keys(given).length) return undefined
    return { form: one.key, number: one.number, answers: given }
  }
  /** Whether it may be sent; what is missing shows beside its question, with these words. */
  const complete = (required: string): boolean => {
    const missing = body() && form.value ? unanswered(form.value, answers.value) : []
    errors.value = Object.fromEntries(missing.map((name) => [name, required]))
    return missing.length === 0
  }
  /** Show the server's refusals beside the questions; whether there were any. */
  const refused = (fields: Readonly<Record<string, string>>): boolean => {
    errors.value = answerFaults(fields)
    return Object.keys(errors.value).length > 0
  }
  return { form, errors, body, complete, refused }
}
