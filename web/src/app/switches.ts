import { savePreferences } from '@/entities/accounts'
import { type Language, setLanguage } from '@/i18n'
import { words } from '@/i18n/workspace'
import { useTheme } from '@/ui/theme'

/** The other language and the other theme: shown at once, kept for this person. */
export const useSwitches = () => {
  const { dark, setTheme } = useTheme()
  const switchTheme = (): void => {
    setTheme(dark.value ? 'light' : 'dark')
    void savePreferences({ theme: dark.value ? 'dark' : 'light' }).catch(() => undefined)
  }
  const switchLanguage = (): void => {
    const next: Language = words.global.locale.value === 'en' ? 'zh-CN' : 'en'
    setLanguage(words, next)
    void savePreferences({ language: next }).catch(() => undefined)
  }
  return { dark, switchTheme, switchLanguage }
}
