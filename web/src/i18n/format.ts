import { useI18n } from 'vue-i18n'

const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
const DAY = 86_400

/** 04:12, or 1:04:12 from an hour on. */
export const clock = (seconds: number): string => {
  const s = Math.max(0, seconds)
  return s < 3600 ? `${two(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two((s % 3600) / 60)}:${two(s % 60)}`
}

/** 16:30 */
export const timeOf = (iso: string | number): string => {
  const at = new Date(iso)
  return `${two(at.getHours())}:${two(at.getMinutes())}`
}

/** 16:30:05 */
export const secondOf = (iso: string | number): string => `${timeOf(iso)}:${two(new Date(iso).getSeconds())}`

/** 2026-11-23 */
export const dateOf = (iso: string | number): string => {
  const at = new Date(iso)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)

/** Words for spans and moments in the reader's language. Messages: `time.*`. */
export const useFormat = () => {
  const { t } = useI18n()

  /** 3 时 24 分 · 24 分 · 40 秒 · 2 天 4 时 */
  const span = (seconds: number): string => {
    const s = Math.max(0, Math.floor(seconds))
    if (s < 60) return t('time.seconds', { n: s })
    if (s < 3600) return t('time.minutes', { n: Math.floor(s / 60) })
    const [big, small] = s < DAY ? ['hours', 'minutes'] : ['days', 'hours']
    const [unit, part] = s < DAY ? [3600, 60] : [DAY, 3600]
    const rest = Math.floor((s % unit) / part)
    const first = t(`time.${big}`, { n: Math.floor(s / unit) })
    return rest ? `${first} ${t(`time.${small}`, { n: rest })}` : first
  }

  /** 剩 3 时 24 分, or 超 12 分 */
  const left = (due: string, now: number): string => {
    const seconds = (Date.parse(due) - now) / 1000
    return seconds >= 0 ? t('time.left', { span: span(seconds) }) : t('time.over', { span: span(-seconds) })
  }

  /** 今天 16:30 · 昨天 21:05 · 11-04 10:22 · 2025-11-04 */
  const when = (iso: string | number, now: number = Date.now()): string => {
    const at = typeof iso === 'number' ? iso : Date.parse(iso)
    const days = Math.round((midnight(now) - midnight(at)) / 86_400_000)
    if (days === 0) return t('time.today', { time: timeOf(at) })
    if (days === 1) return t('time.yesterday', { time: timeOf(at) })
    if (days === -1) return t('time.tomorrow', { time: timeOf(at) })
    const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
    return sameYear ? `${dateOf(at).slice(5)} ${timeOf(at)}` : dateOf(at)
  }

  return { span, left, when, clock, timeOf, secondOf, dateOf }
}
