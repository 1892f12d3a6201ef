import { Lightbulb, MessageCircleQuestion, MessageSquareWarning, Wrench } from '@lucide/vue'
import type { Component } from 'vue'
import { useI18n } from 'vue-i18n'
import type { MatterCard, MatterKind } from '@/entities/portal/types'
import { useFormat } from '@/i18n/format'
import type { Tone } from '@/ui/tones'
import type { Stop } from './parts/Parcel.vue'

export const KINDS: readonly MatterKind[] = ['fault', 'complaint', 'enquiry', 'suggestion']
export const KIND_LOOK: Record<MatterKind, { icon: Component; tone: Tone }> = {
  fault: { icon: Wrench, tone: 'wa' },
  complaint: { icon: MessageSquareWarning, tone: 'ba' },
  enquiry: { icon: MessageCircleQuestion, tone: 'in' },
  suggestion: { icon: Lightbulb, tone: 'ok' },
}
const STATE_TONES: Record<string, Tone> = {
  acknowledged: 'in',
  inProgress: 'wa',
  pending: 'ba',
  held: 'wa',
  resolved: 'ac',
  closed: 'ok',
  cancelled: 'ne',
  rejected: 'ne',
}
const OVER = new Set(['closed', 'cancelled', 'rejected'])

export const stateTone = (state: string): Tone => STATE_TONES[state] ?? 'ne'
export const isOver = (state: string): boolean => OVER.has(state)

/** How far a matter is, in percent: done stops, and half of the one it stands at. */
export const progressOf = (steps: readonly { done: boolean; current: boolean }[]): number => {
  if (steps.length === 0) return 0
  const behind = steps.filter((step) => step.done).length
  const here = steps.some((step) => step.current && !step.done) ? 0.5 : 0
  return Math.round(((behind + here) / steps.length) * 100)
}

/** Words for a matter in the customer's language. */
export const useMatterWords = () => {
  const { t, te } = useI18n()
  const { when, span } = useFormat()
  const say = (group: string, key: string): string => (te(`portal.${group}.${key}`) ? t(`portal.${group}.${key}`) : key)

  const state = (matter: { state: string }): string => say('state', matter.state)
  const kind = (matter: { kind: string }): string => say('kind', matter.kind)
  const stops = (matter: Pick<MatterCard, 'steps'>): Stop[] =>
    matter.steps.map((step) => ({
      key: step.key,
      label: say('step', step.key),
      note: step.at ? when(step.at) : step.current ? t('portal.step.now') : '',
      state: step.current ? 'now' : step.done ? 'done' : 'next',
    }))
  const next = (matter: Pick<MatterCard, 'next'>): string => (matter.next ? say('next', matter.next.what) : '')
  const remaining = (by: string, now: number): string => {
    const seconds = (Date.parse(by) - now) / 1000
    return seconds >= 0 ? span(seconds) : t('portal.matter.overdue', { span: span(-seconds) })
  }
  return { state, kind, stops, next, remaining, when }
}
