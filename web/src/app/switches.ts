import { useMe } from '@/entities/accounts'
import { type Language, setLanguage } from '@/i18n'
import { words } from '@/i18n/workspace'
import { useTheme } from '@/ui/theme'
import { saveSwitched, type Switched } from './switched'

/** The other language and the other theme: shown at once, kept for this person. */
export const useSwitches = () => {
  const { dark, setTheme } = useTheme()
  const { me } = useMe()
  const save = (change: Switched): void => {
    if (me.value) void saveSwitched(me.value.id, change)
  }
  const switchTheme = (): void => {
    setTheme(dark.value ? 'light' : 'dark')
    save({ theme: dark.value ? 'dark' : 'light' })
  }
  const switchLanguage = (): void => {
    const next: Language = words.global.locale.value === 'en' ? 'zh-CN' : 'en'
    setLanguage(words, next)
    save({ language: next })
  }
  return { dark, switchTheme, switchLanguage }
}
