import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'

const HOME = 'Asia/Shanghai'
const DAY = 86_400
const zone = shallowRef(HOME)
const english = shallowRef(false)
const written = new Map<string, Intl.DateTimeFormat>()

/** By which clock every time on the screen is shown: the reader's own, else the operator's. */
export const setZone = (wanted: string): void => {
  zone.value = wanted || HOME
}
export const zoneNow = (): string => zone.value
/** In whose way dates and numbers are written. */
export const setFormats = (language: string): void => {
  english.value = language === 'en'
}

interface Parts {
  year: string
  month: string
  day: string
  hour: string
  minute: string
  second: string
}
const partsOf = (moment: string | number): Parts => {
  let made = written.get(zone.value)
  if (!made) {
    made = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone.value,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    written.set(zone.value, made)
  }
  return Object.fromEntries(made.formatToParts(new Date(moment)).map(({ type, value }) => [type, value])) as never
}

const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** 04:12, or 1:04:12 from an hour on. */
export const clock = (seconds: number): string => {
  const s = Math.max(0, seconds)
  return s < 3600 ? `${two(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two((s % 3600) / 60)}:${two(s % 60)}`
}

/** 16:30 */
export const timeOf = (moment: string | number): string => {
  const { hour, minute } = partsOf(moment)
  return `${hour}:${minute}`
}

/** 16:30:05 */
export const secondOf = (moment: string | number): string => `${timeOf(moment)}:${partsOf(moment).second}`

const worded = (day: string, month: string): string => `${Number(day)} ${MONTHS[Number(month) - 1] ?? month}`

/** 2026-11-23, in English 23 Nov 2026 */
export const dateOf = (moment: string | number): string => {
  const { year, month, day } = partsOf(moment)
  return english.value ? `${worded(day, month)} ${year}` : `${year}-${month}-${day}`
}

/** 11-23, in English 23 Nov */
export const dayOf = (moment: string | number): string => {
  const { month, day } = partsOf(moment)
  return english.value ? worded(day, month) : `${month}-${day}`
}

/** 1,234,567 or 12.50, as the reader's language writes it. */
export const numberOf = (value: number, decimals = 0): string =>
  new Intl.NumberFormat(english.value ? 'en' : 'zh-CN', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value)

/** The hour of the day, 0 to 23. */
export const hourOf = (moment: string | number): number => Number(partsOf(moment).hour)

/** Which day of the calendar it is there, counted. */
const dayNumber = (moment: number): number => {
  const { year, month, day } = partsOf(moment)
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / (DAY * 1000)
}

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
  const when = (moment: string | number, now: number = Date.now()): string => {
    const at = typeof moment === 'number' ? moment : Date.parse(moment)
    const days = dayNumber(now) - dayNumber(at)
    if (days === 0) return t('time.today', { time: timeOf(at) })
    if (days === 1) return t('time.yesterday', { time: timeOf(at) })
    if (days === -1) return t('time.tomorrow', { time: timeOf(at) })
    return partsOf(at).year === partsOf(now).year ? `${dayOf(at)} ${timeOf(at)}` : dateOf(at)
  }

  return { span, left, when, clock, timeOf, secondOf, dateOf, dayOf, numberOf }
}
