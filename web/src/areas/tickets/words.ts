import { useI18n } from 'vue-i18n'
import { read, type Reading } from '@/entities/sla/tone'
import type { Ticket, TicketClock, TicketEntry, TicketRow } from '@/entities/tickets'
import { useFormat } from '@/i18n/format'
import type { Tone } from '@/ui/tones'

export interface Limit {
  text: string
  share: number
  tone: Tone
}

/** Tickets in the reader's language. */
export const useTicketWords = () => {
  const { t, locale } = useI18n()
  const { left, span } = useFormat()
  const english = (): boolean => locale.value === 'en'
  const kind = (row: { kind: string }): string => t(`tickets.kind.${row.kind}`)
  const state = (row: { state: string }): string => t(`tickets.state.${row.state}`)
  const urgency = (row: { urgency: string }): string => t(`tickets.urgency.${row.urgency}`)
  const category = (row: Pick<TicketRow, 'category'>): string =>
    english() ? row.category.name_en : row.category.name_zh
  const path = (ticket: Ticket): string => (english() ? ticket.category_path_en : ticket.category_path_zh).join(' › ')
  const line = (entry: TicketEntry): string => (english() ? entry.text_en : entry.text_zh)

  /** A promise that runs: what is left, in words and as a share. */
  const running = (clock: TicketClock, now: number): Limit => {
    const reading: Reading = read(clock, now)
    const paused = clock.state === 'paused'
    return {
      text: paused ? t('tickets.sla.paused') : left(clock.due_at, now),
      share: reading.share,
      tone: reading.tone,
    }
  }
  /** Any promise, also one that was kept or broken. */
  const limit = (clock: TicketClock, now: number): Limit => {
    if (clock.state === 'cancelled') return { text: t('tickets.sla.cancelled'), share: 0, tone: 'ne' }
    if (!clock.met_at) return running(clock, now)
    const used = (Date.parse(clock.met_at) - Date.parse(clock.started_at)) / 1000
    const late = clock.breached_at !== null
    const share = Math.min(100, (used / Math.max(1, clock.allowance_seconds)) * 100)
    return {
      text: t(late ? 'tickets.sla.late' : 'tickets.sla.met', { span: span(used) }),
      share,
      tone: late ? 'ba' : 'ok',
    }
  }
  return { kind, state, urgency, category, path, line, running, limit }
}
