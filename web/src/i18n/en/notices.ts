import type * as zh from '../zh/notices'

export const notices: typeof zh.notices = {
  title: 'Notices',
  empty: 'No notices',
  emptyHint: 'Assigned tickets, deadlines and urging customers appear here',
  failed: 'The notices did not load',
  unread: 'Unread',
  readAll: 'Mark all as read',
  open: 'Open',
  read: 'Mark as read',
  noUnread: 'Nothing unread',
  show: { all: 'All', unread: 'Unread' },
  choices: 'What I get',
  choicesHint: 'In the app. What duty requires stays on',
  required: 'required',
}
