import type { FilledForm } from '../forms'
export type MatterKind = 'enquiry' | 'fault' | 'complaint' | 'suggestion'
export type MatterAct = 'confirm' | 'reopen' | 'urge' | 'supplement'

export interface Person {
  name: string
  number: string
}

export interface MatterStep {
  key: string
  at: string | null
  done: boolean
  current: boolean
}

/** A matter in a list and on the home page. */
export interface MatterCard {
  number: string
  kind: MatterKind
  title: string
  state: string
  opened_at: string
  steps: MatterStep[]
  owner: Person | null
  next: { what: string; by: string | null } | null
}

/** A matter on its own page. */
export interface Matter extends MatterCard {
  closed_at: string | null
  closed_reason: string
  /** What we asked the customer and he has not answered. */
  question: string
  timeline: { at: string; text: string }[]
  answer: string
  /** What he filled in; null by a link, and where no form was asked. */
  answers: { title: string; lines: { label: string; text: string; files: number }[] } | null
  can: MatterAct[]
}

export interface NewMatter {
  kind: MatterKind
  category: string
  title: string
  description: string
  files: string[]
  form?: FilledForm | undefined
}

export interface Topic {
  code: string
  text: string
}
