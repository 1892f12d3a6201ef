import type * as zh from '../zh/common'

export const time: typeof zh.time = {
  seconds: '{n} s',
  minutes: '{n} min',
  hours: '{n} h',
  days: '{n} d',
  left: '{span} left',
  over: '{span} over',
  today: 'Today {time}',
  yesterday: 'Yesterday {time}',
  tomorrow: 'Tomorrow {time}',
}
export const error: typeof zh.error = {
  unknown: 'Something broke here; what you typed is kept. Try again',
  offline: 'The server did not answer; what you typed is kept. Try again',
  trace: 'No. {trace}',
}
export const common: typeof zh.common = {
  retry: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  loading: 'Loading',
  more: 'More',
  all: 'All',
  none: 'None',
  loadMore: 'Show more',
  required: 'Required',
}
export const ticketState: typeof zh.ticketState = {
  acknowledged: 'New',
  inProgress: 'In progress',
  pending: 'Waits for customer',
  held: 'On hold',
  resolved: 'To confirm',
  closed: 'Closed',
  cancelled: 'Cancelled',
  rejected: 'Rejected',
}
export const files = {
  customer: 'Customer',
  internal: 'internal',
  visible: 'The customer sees them too',
  submit: 'Add to ticket',
  add: 'Add files',
  drop: 'Drop files here, or press to choose',
  hint: 'Pictures, PDF, Office documents, text, sound or film; up to 20 MB each, at most {n}',
  remove: 'Remove {name}',
  retry: 'Upload again',
  sending: 'Uploading {percent}%',
  failed: 'Not uploaded',
  large: 'Larger than 20 MB; compress or split it',
  many: 'At most {n} files',
  list: 'Attachments',
  open: 'Open {name}',
  download: 'Download {name}',
  wait: 'Some attachments are still uploading',
}
