import { ref } from 'vue'

export type Theme = 'system' | 'light' | 'dark'

const KEPT = 'shouwen.theme'
const system = matchMedia('(prefers-color-scheme: dark)')
const theme = ref<Theme>('system')
const dark = ref(false)

const paint = (): void => {
  dark.value = theme.value === 'dark' || (theme.value === 'system' && system.matches)
  document.documentElement.classList.toggle('dark', dark.value)
}

/** Set the theme and keep it for the next visit. */
export const setTheme = (wanted: Theme): void => {
  theme.value = wanted
  localStorage.setItem(KEPT, wanted)
  paint()
}

/** Paint as last time; before anything is shown. */
export const startTheme = (): void => {
  const kept = localStorage.getItem(KEPT)
  theme.value = kept === 'light' || kept === 'dark' ? kept : 'system'
  system.addEventListener('change', paint)
  paint()
}

export const useTheme = () => ({ theme, dark, setTheme })
