import type { VersionRow, VersionState } from '@/entities/versions'
import type { Tone } from '@/ui/tones'

export const STATES: readonly VersionState[] = ['draft', 'in_review', 'published', 'retired']
export const STATE_TONE: Record<VersionState, Tone> = {
  draft: 'ne',
  in_review: 'wa',
  published: 'ok',
  retired: 'ne',
}
export const FORM = 'forms.form'
/** What the product ships counts from the beginning; such a date tells nobody anything. */
export const SHIPPED_UNTIL = '2001'
export const LIMITS = 'kit.approval-limits'
type Kept = Pick<VersionRow, 'id' | 'kind' | 'key'>
const HOMES: Readonly<Record<string, (version: Kept) => string>> = {
  'sla.policy': ({ key }) => `/admin/limits/policy?rule=${key}`,
  'sla.calendar': ({ key }) => `/admin/limits/calendar?rule=${key}`,
  'sla.ladder': ({ key }) => `/admin/limits/ladder?rule=${key}`,
  'routing.queue': ({ key }) => `/admin/definitions/queue?key=${key}`,
  'routing.skill': ({ key }) => `/admin/definitions/skill?key=${key}`,
  'routing.code': ({ key }) => `/admin/definitions/code?key=${key}`,
  'routing.break': ({ key }) => `/admin/definitions/break?key=${key}`,
  'interactions.reason': ({ key }) => `/admin/definitions/reason?key=${key}`,
  'telephony.dialling': () => '/admin/phones',
  'governance.assessment': ({ id }) => `/admin/privacy/assessments/${id}`,
}
/** Where a thing has a page of its own to be changed on. */
export const homeOf = (version: Kept): string | undefined => HOMES[version.kind]?.(version)
