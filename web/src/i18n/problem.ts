import { useI18n } from 'vue-i18n'

interface Refusal {
  status: number
  code: string
  detail: string
  trace: string
}
const isRefusal = (error: unknown): error is Refusal =>
  typeof error === 'object' && error !== null && 'code' in error && 'detail' in error && 'trace' in error

/** What a page shows instead of what it could not get. */
export interface Failure {
  kind: 'fault' | 'denied' | 'missing'
  title: string
  detail: string
  trace?: string
  retry?: string
}
const KINDS: Readonly<Record<number, 'denied' | 'missing'>> = { 403: 'denied', 404: 'missing' }

/** What to tell about an error: the server's own sentence where there is one, ours where no answer came. */
export const useProblem = () => {
  const { t } = useI18n()
  const tell = (error: unknown): string => {
    if (!isRefusal(error)) return t('error.unknown')
    if (error.code === 'offline') return t('error.offline')
    return error.detail || t('error.unknown')
  }
  const trace = (error: unknown): string => (isRefusal(error) ? error.trace : '')
  /** Tell apart what one may not see, what is not there, and what failed: only the last is named and tried again. */
  const failure = (error: unknown, title: string): Failure => {
    const kind = (isRefusal(error) && KINDS[error.status]) || 'fault'
    if (kind === 'fault') return { kind, title, detail: tell(error), trace: trace(error), retry: t('common.retry') }
    return { kind, title: t(`error.${kind}`), detail: (error as Refusal).detail || t(`error.${kind}Hint`) }
  }
  return { tell, trace, failure }
}
