import { createI18n } from 'vue-i18n'

export type Language = 'zh-CN' | 'en'
const KEPT = 'shouwen.language'

/** The language of last time, else the browser's. */
export const firstLanguage = (): Language => {
  const kept = localStorage.getItem(KEPT)
  if (kept === 'zh-CN' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}

/** Make an entry's words; English must have the keys that Chinese has. */
export const createWords = <M extends object>(zh: M, en: M) => {
  const language = firstLanguage()
  document.documentElement.lang = language
  return createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: 'zh-CN',
    messages: { 'zh-CN': zh, en } as never,
    missingWarn: false,
    fallbackWarn: false,
  })
}

/** Show another language from now on. */
export const setLanguage = (words: { global: { locale: { value: string } } }, language: Language): void => {
  words.global.locale.value = language
  document.documentElement.lang = language
  localStorage.setItem(KEPT, language)
}
