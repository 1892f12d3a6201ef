import type { Ticket } from '@/entities/tickets'

/** What a member of staff may do with a ticket, and what each asks for. */
export type ActName =
  | 'take'
  | 'accept'
  | 'decline'
  | 'resume'
  | 'assign'
  | 'hand_over'
  | 'wait'
  | 'hold'
  | 'resolve'
  | 'contact'
  | 'compensate'
  | 'reopen'
  | 'close'
  | 'cancel'

export type FieldKind = 'text' | 'long' | 'person' | 'moment' | 'channel' | 'outcome' | 'agreed' | 'because' | 'money'
export interface ActField {
  name: string
  kind: FieldKind
  required: boolean
}
export interface ActSpec {
  /** The last part of its address. */
  verb: string
  fields: readonly ActField[]
  danger?: boolean
  /** Done at the press, without asking. */
  atOnce?: boolean
}

const field = (name: string, kind: FieldKind, required = true): ActField => ({ name, kind, required })

export const ACTS: Record<ActName, ActSpec> = {
  take: { verb: 'take', fields: [], atOnce: true },
  accept: { verb: 'accept-hand-over', fields: [], atOnce: true },
  decline: { verb: 'decline-hand-over', fields: [], atOnce: true },
  resume: { verb: 'resume', fields: [], atOnce: true },
  assign: { verb: 'assign', fields: [field('to_id', 'person')] },
  hand_over: { verb: 'hand-over', fields: [field('to_id', 'person')] },
  wait: { verb: 'wait', fields: [field('question', 'text'), field('next_contact_at', 'moment', false)] },
  hold: {
    verb: 'hold',
    fields: [field('because', 'because'), field('reason', 'text'), field('next_contact_at', 'moment')],
  },
  resolve: { verb: 'resolve', fields: [field('answer', 'long')] },
  contact: {
    verb: 'contact-attempts',
    fields: [
      field('channel', 'channel'),
      field('outcome', 'outcome'),
      field('agreed', 'agreed', false),
      field('note', 'text', false),
    ],
  },
  compensate: { verb: 'compensation', fields: [field('amount_fen', 'money'), field('reason', 'text')] },
  reopen: { verb: 'reopen', fields: [field('reason', 'text')] },
  close: { verb: 'close', fields: [], danger: true },
  cancel: { verb: 'cancel', fields: [field('reason', 'text')], danger: true },
}

/** Names the API uses for them in `can`. */
const CAN: Partial<Record<ActName, string>> = { accept: 'hand_over', decline: 'hand_over' }

export interface Hands {
  id: number
  leads: boolean
  handles: boolean
}

/** Whether the ticket is in these hands: its handler, its owner, or somebody who leads. */
export const inHands = (ticket: Ticket, who: Hands): boolean =>
  who.leads || ticket.handler?.id === who.id || ticket.owner?.id === who.id

/** What to offer: what the state allows, to those who may. The server has the last word. */
export const actsFor = (ticket: Ticket, who: Hands): ActName[] => {
  if (!who.handles && !who.leads) return []
  const offered = ticket.offered_to?.id === who.id
  const mine = inHands(ticket, who)
  return (Object.keys(ACTS) as ActName[]).filter((act) => {
    if (!ticket.can.includes(CAN[act] ?? act)) return false
    if (act === 'compensate') return mine && ticket.compensation?.state !== 'waiting'
    if (act === 'take') return ticket.handler === null
    if (act === 'accept' || act === 'decline') return offered
    if (act === 'hand_over') return mine && ticket.offered_to === null
    return mine
  })
}

/** The one filled button: the next thing that brings the ticket forward. */
export const primaryOf = (acts: readonly ActName[]): ActName | null =>
  (['accept', 'take', 'resolve', 'contact'] as const).find((act) => acts.includes(act)) ?? null

export type Values = Record<string, string | number | boolean | null>

/** What a field begins with. */
const FIRST: Partial<Record<FieldKind, string>> = { channel: 'phone', because: 'third_party', text: '', long: '' }

export const blank = (spec: ActSpec): Values =>
  Object.fromEntries(spec.fields.map(({ name, kind }) => [name, FIRST[kind] ?? null]))

/** Which fields are missing. Whether the customer agreed is asked only when he was reached. */
export const missing = (spec: ActSpec, values: Values): string[] =>
  spec.fields.filter(({ name, required }) => required && !String(values[name] ?? '').trim()).map(({ name }) => name)

/** What is sent: texts without their edges, and no word about agreement from somebody nobody reached. */
export const bodyOf = (spec: ActSpec, values: Values): Record<string, unknown> =>
  Object.fromEntries(
    spec.fields.map(({ name, kind }) => {
      const value = values[name] ?? null
      if (kind === 'agreed' && values.outcome !== 'reached') return [name, null]
      return [name, typeof value === 'string' ? value.trim() : value]
    }),
  )
