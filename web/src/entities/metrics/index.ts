import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DefinitionOut, DefinitionsOut, OptionOut, WordsOut } from '@/api/generated'
import { api } from '@/api/staff'

export { shown, type Unit, written } from './format'
export type Definition = DefinitionOut
export type Option = OptionOut

/** The registry: what every figure means. It changes with the program only. */
export const useDefinitions = () =>
  useQuery({
    queryKey: ['metrics', 'definitions'],
    queryFn: ({ signal }) => api.get<DefinitionsOut>('/metrics/definitions', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Words of the registry in the reader's language. */
export const useWords = () => {
  const { locale } = useI18n()
  const english = computed(() => locale.value === 'en')
  const name = (found: Pick<WordsOut, 'zh' | 'en'>): string => (english.value ? found.en : found.zh)
  const meaning = (found: Pick<Definition, 'definition_zh' | 'definition_en'>): string =>
    english.value ? found.definition_en : found.definition_zh
  const formula = (found: Definition): string => (english.value ? found.formula_en : found.formula_zh)
  const needs = (found: Definition): string => (english.value ? found.needs_en : found.needs_zh)
  return { name, meaning, formula, needs }
}
