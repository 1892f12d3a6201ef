import {
  ArrowRightLeft,
  BellRing,
  CircleCheck,
  CircleHelp,
  CirclePause,
  Lightbulb,
  MessageCircleQuestion,
  MessageSquarePlus,
  MessageSquareWarning,
  Paperclip,
  PhoneOutgoing,
  Play,
  RotateCcw,
  TicketCheck,
  TriangleAlert,
  UserCheck,
  UserX,
  Wrench,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { Area, Compensation, TicketKind, TicketState, Urgency } from '@/entities/tickets'
import type { Tone } from '@/ui/tones'

export interface Look {
  icon: Component
  tone: Tone
}

export const KIND_LOOK: Record<TicketKind, Look> = {
  fault: { icon: Wrench, tone: 'wa' },
  complaint: { icon: MessageSquareWarning, tone: 'ba' },
  enquiry: { icon: MessageCircleQuestion, tone: 'in' },
  suggestion: { icon: Lightbulb, tone: 'ok' },
}
export const STATE_TONE: Record<TicketState, Tone> = {
  acknowledged: 'ac',
  inProgress: 'in',
  pending: 'vi',
  held: 'ne',
  resolved: 'ok',
  closed: 'ne',
  cancelled: 'ne',
  rejected: 'ne',
}
export const URGENCY_TONE: Record<Urgency, Tone> = { normal: 'ne', urgent: 'wa', critical: 'ba' }

const ENTRIES: Record<string, Look> = {
  open: { icon: TicketCheck, tone: 'in' },
  take: { icon: UserCheck, tone: 'ac' },
  assign: { icon: ArrowRightLeft, tone: 'ac' },
  offer_hand_over: { icon: ArrowRightLeft, tone: 'ac' },
  accept_hand_over: { icon: UserCheck, tone: 'ac' },
  decline_hand_over: { icon: UserX, tone: 'ne' },
  note: { icon: MessageSquarePlus, tone: 'in' },
  file: { icon: Paperclip, tone: 'in' },
  wait: { icon: CircleHelp, tone: 'vi' },
  hold: { icon: CirclePause, tone: 'ne' },
  resume: { icon: Play, tone: 'in' },
  clock_runs_on: { icon: Play, tone: 'wa' },
  take_back: { icon: Play, tone: 'in' },
  resolve: { icon: CircleCheck, tone: 'ok' },
  confirm: { icon: CircleCheck, tone: 'ok' },
  close_unreached: { icon: CircleCheck, tone: 'ne' },
  contact: { icon: PhoneOutgoing, tone: 'in' },
  call: { icon: PhoneOutgoing, tone: 'ne' },
  reopen: { icon: RotateCcw, tone: 'wa' },
  cancel: { icon: UserX, tone: 'ne' },
  urge: { icon: BellRing, tone: 'wa' },
  supplement: { icon: MessageSquarePlus, tone: 'wa' },
  escalate: { icon: TriangleAlert, tone: 'ba' },
}
/** How a line of the history looks; one of a kind we do not know is a plain one. */
export const entryLook = (kind: string): Look => ENTRIES[kind] ?? { icon: MessageSquarePlus, tone: 'ne' }

/** What people wrote, as against what was changed. */
export const SAID: ReadonlySet<string> = new Set(['note', 'supplement', 'contact', 'call'])
export const OPEN_STATES: readonly TicketState[] = ['acknowledged', 'inProgress', 'pending', 'held', 'resolved']
export const KINDS: readonly TicketKind[] = ['fault', 'complaint', 'enquiry', 'suggestion']
export const AREAS: readonly Area[] = ['', 'urban', 'rural']
export const URGENCIES: readonly Urgency[] = ['normal', 'urgent', 'critical']
export const COMPENSATION_TONE: Record<Compensation['state'], Tone> = {
  waiting: 'wa',
  approved: 'ok',
  refused: 'ba',
  withdrawn: 'ne',
  expired: 'ne',
}
