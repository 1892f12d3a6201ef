import type * as zh from '../zh/ticketFields'

export const field: typeof zh.field = {
  because: 'On hold because of',
  to_id: 'Colleague',
  pickPerson: 'Number or name',
  nobody: 'Nobody found',
  question: 'What do we ask',
  reason: 'Reason',
  next_contact_at: 'Next contact',
  pickMoment: 'Choose a time',
  answer: 'Answer to the customer',
  channel: 'Channel',
  outcome: 'Outcome',
  agreed: 'The customer',
  note: 'Note',
  amount_fen: 'Amount',
}
