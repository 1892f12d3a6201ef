import type { Content, DefinitionKind } from '@/entities/routing/definitions'

export type Source = 'queue' | 'skill' | 'code' | 'reason' | 'calendar' | 'qualification'
/** One field of a definition: how it is asked, and from what its value is chosen. */
export interface AskedField {
  name: string
  type: 'text' | 'number' | 'choice' | 'switch' | 'time' | 'media' | 'rings'
  from?: Source
  choices?: readonly string[]
  least?: number
  most?: number
  /** May stay empty. */
  optional?: boolean
  /** Asked only of something that is not there yet. */
  once?: boolean
  /** Asked only while another field has this value. */
  when?: readonly [string, string]
  unit?: 'seconds' | 'minutes' | 'times'
}
export interface AskedPart {
  title: string
  fields: readonly AskedField[]
}
const NAMES: readonly AskedField[] = [
  { name: 'zh', type: 'text' },
  { name: 'en', type: 'text' },
]
const seconds = (name: string, least: number, most: number, optional = false): AskedField => ({
  name,
  type: 'number',
  least,
  most,
  optional,
  unit: 'seconds',
})

/** What is asked of each kind, part by part. */
export const ASKED: Record<DefinitionKind, readonly AskedPart[]> = {
  queue: [
    {
      title: 'who',
      fields: [
        { name: 'name', type: 'text' },
        { name: 'skill', type: 'choice', from: 'skill', once: true },
        { name: 'needed_level', type: 'number', least: 1, most: 10 },
        { name: 'duty_leader', type: 'text' },
        { name: 'media', type: 'media' },
        { name: 'green', type: 'switch' },
      ],
    },
    {
      title: 'line',
      fields: [
        { name: 'discipline', type: 'choice' },
        seconds('offer_seconds', 5, 600),
        seconds('hold_seconds', 0, 600),
        seconds('wrap_up_seconds', 0, 3600),
        seconds('long_wait_seconds', 1, 86_400, true),
      ],
    },
    { title: 'rings', fields: [{ name: 'rings', type: 'rings', optional: true }] },
    {
      title: 'ways',
      fields: [
        { name: 'most_waiting', type: 'number', least: 1, most: 100_000, optional: true },
        { name: 'overflow_to', type: 'choice', from: 'queue', optional: true },
        seconds('flow_out_seconds', 1, 86_400, true),
        { name: 'flow_out_to', type: 'choice', from: 'queue', optional: true },
      ],
    },
    {
      title: 'hours',
      fields: [
        { name: 'hours', type: 'choice', from: 'calendar', optional: true },
        { name: 'closed', type: 'choice', choices: ['wait', 'refuse', 'other'] },
        { name: 'closed_to', type: 'choice', from: 'queue', optional: true, when: ['closed', 'other'] },
        { name: 'callbacks_from', type: 'time' },
        { name: 'callbacks_until', type: 'time' },
      ],
    },
    {
      title: 'calls',
      fields: [seconds('place_seconds', 20, 600, true), { name: 'callback_offer', type: 'switch' }],
    },
  ],
  skill: [
    {
      title: '',
      fields: [
        ...NAMES,
        { name: 'qualification', type: 'choice', from: 'qualification', optional: true },
        { name: 'qualification_level', type: 'number', least: 1, most: 10 },
      ],
    },
  ],
  code: [
    {
      title: '',
      fields: [
        ...NAMES,
        { name: 'main', type: 'switch' },
        { name: 'alias_of', type: 'choice', from: 'code', optional: true },
        { name: 'queue', type: 'choice', from: 'queue', optional: true, when: ['alias_of', ''] },
      ],
    },
  ],
  break: [
    {
      title: '',
      fields: [
        ...NAMES,
        { name: 'state', type: 'choice', choices: ['break', 'training', 'meeting'] },
        { name: 'minutes_a_day', type: 'number', least: 1, most: 600, optional: true, unit: 'minutes' },
        { name: 'times_a_day', type: 'number', least: 1, most: 50, optional: true, unit: 'times' },
      ],
    },
  ],
  reason: [
    {
      title: '',
      fields: [
        ...NAMES,
        { name: 'parent', type: 'choice', from: 'reason', optional: true },
        { name: 'active', type: 'switch' },
      ],
    },
  ],
}

/** What a new definition begins with. */
export const blankOf = (kind: DefinitionKind): Content => {
  const names = { zh: '', en: '' }
  const blanks: Record<DefinitionKind, Content> = {
    queue: {
      ...{ name: '', skill: '', duty_leader: '', media: ['web_chat'], green: false, needed_level: 1 },
      ...{ discipline: 'weighted', offer_seconds: 30, hold_seconds: 30, wrap_up_seconds: 300, rings: [] },
      ...{ most_waiting: null, overflow_to: '', flow_out_seconds: null, flow_out_to: '', long_wait_seconds: 120 },
      ...{ hours: '', closed: 'wait', closed_to: '', callbacks_from: '08:00', callbacks_until: '21:00' },
      ...{ place_seconds: 60, callback_offer: true },
    },
    skill: { ...names, qualification: '', qualification_level: 1 },
    code: { ...names, main: false, alias_of: '', queue: '' },
    break: { ...names, state: 'break', minutes_a_day: null, times_a_day: null },
    reason: { ...names, parent: '', active: true },
  }
  return blanks[kind]
}
/** Whether a field is asked with the content as it stands. */
export const isAsked = (field: AskedField, content: Content): boolean =>
  !field.when || (content[field.when[0]] ?? '') === field.when[1]
