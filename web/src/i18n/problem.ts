import { useI18n } from 'vue-i18n'

interface Refusal {
  code: string
  detail: string
  trace: string
}
const isRefusal = (error: unknown): error is Refusal =>
  typeof error === 'object' && error !== null && 'code' in error && 'detail' in error && 'trace' in error

/** What to tell about an error: the server's own sentence where there is one, ours where no answer came. */
export const useProblem = () => {
  const { t } = useI18n()
  const tell = (error: unknown): string => {
    if (!isRefusal(error)) return t('error.unknown')
    if (error.code === 'offline') return t('error.offline')
    return error.detail || t('error.unknown')
  }
  const trace = (error: unknown): string => (isRefusal(error) ? error.trace : '')
  return { tell, trace }
}
