import type * as zh from '../zh/rights'

export const rights: typeof zh.rights = {
  title: 'My data',
  lead: 'Ask for a copy, a correction, a restriction or erasure. We answer within 15 days; follow it under your matters',
  kind: {
    access: 'A copy of my data',
    correct: 'Correct my data',
    restrict: 'Restrict the use of my data',
    erase: 'Erase my data',
  },
  detail: 'Anything to add (optional)',
  send: 'Send the request',
  download: 'Download the copy',
  state: { asked: 'received', decided: 'under way', done: 'done', refused: 'refused' },
}
export const appeal = {
  title: 'Appeal',
  placeholder: 'Say why you should not be restricted',
  submit: 'Send the appeal',
  sent: 'Your appeal is in. Somebody answers for it and will look into it',
}
export const restriction = {
  title: 'Restriction',
  block: 'We take no contacts from you until {time}. If this is wrong, appeal',
  slow: 'Your contacts stand behind those of others until {time}. If this is wrong, appeal',
  lifted: 'You are not restricted any more and can reach us as usual',
  answer: 'Answer to your appeal: {text}',
}
