import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useI18n } from 'vue-i18n'
import type {
  DefinitionOut,
  DefinitionsOut,
  FiguresOut,
  OptionOut,
  RowOut,
  ServiceOut,
  TileOut,
  WordsOut,
} from '@/api/generated'
import type { Page } from '@/api/page'
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
  const { locale, t, te } = useI18n()
  const english = computed(() => locale.value === 'en')
  const name = (found: Pick<WordsOut, 'zh' | 'en'>): string => (english.value ? found.en : found.zh)
  const meaning = (found: Pick<Definition, 'definition_zh' | 'definition_en'>): string =>
    english.value ? found.definition_en : found.definition_zh
  const formula = (found: Pick<Definition, 'formula_zh' | 'formula_en'>): string =>
    english.value ? found.formula_en : found.formula_zh
  const needs = (found: Definition): string => (english.value ? found.needs_en : found.needs_zh)
  /** What is chosen for an edge case: a way of counting by its name, a limit as it is. */
  const choice = (found: Option): string => {
    const key = `insight.choice.${found.key === 'callback' ? found.value : found.key}`
    return te(key) ? t(key) : found.value
  }
  return { name, meaning, formula, needs, choice }
}

export type Division = 'interval' | 'day' | 'queue' | 'agent' | 'channel'
/** What a table shows: days (the last one inside) and how it is divided. */
export interface Asked {
  since: string
  until: string
  by: Division
  step: 15 | 30 | 60
}
export type Figures = FiguresOut
export type Tile = TileOut
export type Behind = RowOut

/** The table of figures; while today is in it, it is read again now and then. */
export const useFigures = (asked: MaybeRefOrGetter<Asked>) =>
  useQuery({
    queryKey: computed(() => ['figures', 'table', toValue(asked)]),
    queryFn: ({ signal }) => api.get<FiguresOut>('/figures', { query: { ...toValue(asked) }, signal }),
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  })

/** The tiles of service of the same days. */
export const useService = (asked: MaybeRefOrGetter<Asked>) =>
  useQuery({
    queryKey: computed(() => ['figures', 'service', toValue(asked).since, toValue(asked).until]),
    queryFn: ({ signal }) =>
      api.get<ServiceOut>('/figures/service', { query: { ...toValue(asked), by: 'day' }, signal }),
    refetchInterval: 10_000,
  })

/** What is behind a number: a figure of a line (of the whole without one), or a tile. */
export interface Wanted {
  key: string
  line: string
  tile: boolean
}
export const useBehind = (asked: MaybeRefOrGetter<Asked>, wanted: MaybeRefOrGetter<Wanted>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['figures', 'behind', toValue(asked), toValue(wanted)]),
    queryFn: ({ pageParam, signal }) => {
      const { key, line, tile } = toValue(wanted)
      return api.get<Page<RowOut>>(tile ? `/figures/service/lists/${key}` : `/figures/lists/${key}`, {
        query: { ...toValue(asked), by: tile ? 'day' : toValue(asked).by, line, cursor: pageParam },
        signal,
      })
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

/** Where the same table is to be had as a file. */
export const fileOf = (asked: Asked): string =>
  `/api/figures/file?${new URLSearchParams({ ...asked, step: String(asked.step) })}`
