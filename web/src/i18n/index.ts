import type { Plugin } from 'vue'
import { createI18n } from 'vue-i18n'
import { setFormats } from './format'

export type Language = 'zh-CN' | 'en'
const KEPT = 'shouwen.language'

/** The language of last time, else the browser's. */
export const firstLanguage = (): Language => {
  const kept = localStorage.getItem(KEPT)
  if (kept === 'zh-CN' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}

/** An entry's words; the library's own type is too deep to unfold for a whole product. */
export type Words = Plugin & { global: { locale: { value: string }; t: (key: string) => string } }

/** Make an entry's words; English must have the keys that Chinese has. */
export const createWords = <M extends object>(zh: M, en: M): Words => {
  const language = firstLanguage()
  document.documentElement.lang = language
  setFormats(language)
  const made: unknown = createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: 'zh-CN',
    messages: { 'zh-CN': zh, en } as never,
    missingWarn: false,
    fallbackWarn: false,
  })
  return made as Words
}

/** Show another language from now on. */
export const setLanguage = (words: Words, language: Language): void => {
  words.global.locale.value = language
  setFormats(language)
  document.documentElement.lang = language
  localStorage.setItem(KEPT, language)
}
