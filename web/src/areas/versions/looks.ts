import type { VersionState } from '@/entities/versions'
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
