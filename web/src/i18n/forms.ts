import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

const NAMES = [
  'area',
  'detail',
  'yuan',
  'yes',
  'no',
  'choose',
  'addFile',
  'sending',
  'notSent',
  'remove',
  'signHere',
  'signTyped',
  'signClear',
  'signDone',
  'signKeep',
] as const

/** The words around a form's own, and which of its two languages the reader has. */
export const useFormWords = () => {
  const { t, locale } = useI18n()
  const words = computed(
    () => Object.fromEntries(NAMES.map((name) => [name, t(`form.${name}`)])) as Record<(typeof NAMES)[number], string>,
  )
  const language = computed<'zh' | 'en'>(() => (locale.value === 'en' ? 'en' : 'zh'))
  return { words, language }
}
