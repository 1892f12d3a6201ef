import { ref } from 'vue'
import { ApiProblem } from '@/api/problem'
import { useProblem } from '@/i18n/problem'

/**
 * What the server refused in a form: field by field, or as a whole. A form that shows some fields only says which
 * (`shows`): where the server names none of them, it is said as a whole, so that no refusal is silent.
 */
export const useRefusal = (shows: (field: string) => boolean = () => true) => {
  const { tell } = useProblem()
  const fields = ref<Readonly<Record<string, string>>>({})
  const wrong = ref('')
  const refused = (error: unknown): void => {
    fields.value = error instanceof ApiProblem ? error.fields : {}
    wrong.value = Object.keys(fields.value).some(shows) ? '' : tell(error)
  }
  const clear = (): void => {
    fields.value = {}
    wrong.value = ''
  }
  return { fields, wrong, refused, clear }
}
