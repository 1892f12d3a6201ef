import { useI18n } from 'vue-i18n'
import type { Figure } from '@/entities/board'
import { shown, unitOf } from '../board'

/** A figure in the reader's language. */
export const useFigureWords = () => {
  const { locale } = useI18n()
  const english = (): boolean => locale.value === 'en'
  const name = (figure: Figure): string => (english() ? figure.en : figure.zh)
  const meaning = (figure: Figure): string => (english() ? figure.definition_en : figure.definition_zh)
  const value = (figure: Figure): string => `${shown(figure.value, figure.unit)}${unitOf(figure)}${figure.of ? ` / ${shown(figure.of, 'count')}` : ''}`
  return { name, meaning, value }
}
