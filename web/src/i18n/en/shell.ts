import type * as zh from '../zh/shell'

export const shell: typeof zh.shell = {
  product: 'Shouwen',
  centre: '{operator} service centre',
  nav: 'Main navigation',
  skip: 'Skip to content',
  search: 'Search number, ticket, customer',
  help: 'Keys',
  theme: 'Switch theme',
  language: '中文',
  notices: 'Notices, {n} unread',
  self: 'My account',
  signOut: 'Sign out',
  lost: 'Live connection lost, reconnecting (attempt {n}). What you typed is safe',
  notFound: 'There is no such page',
  notFoundHint: 'Use the navigation on the left',
  forbidden: 'Your seat may not open this page',
}
export const nav: typeof zh.nav = {
  desk: 'Desk',
  tickets: 'Work',
  customers: 'Clients',
  live: 'Live',
  figures: 'Reports',
  floor: 'Floor',
  admin: 'Admin',
  notices: 'Notices',
}
export const presence: typeof zh.presence = {
  label: 'My state',
  ready: 'Ready',
  not_ready: 'Not ready',
  acw: 'After work',
  break: 'Break',
  training: 'Training',
  meeting: 'Meeting',
  offline: 'Offline',
  reasons: { no_answer: 'missed an offer', lost: 'screen was silent', forced: 'set by leader' },
  failed: 'Your state was not changed',
}
export const signIn: typeof zh.signIn = {
  title: 'Sign in',
  lead: 'First asked, seen through',
  number: 'Staff number',
  password: 'Password',
  submit: 'Sign in',
  again: 'You are signed out. What you typed is kept; sign in to go on',
  setUp: 'Create the first administrator',
  setUpLead: 'This is the first start. You will be signed in as administrator',
  organisation: 'Operator',
  name: 'Name',
  create: 'Create and sign in',
  linkGone: 'The link is incomplete. Use the whole address printed at the first start',
}
export const keyList: typeof zh.keyList = {
  title: 'Keys',
  open: 'List of keys',
  search: 'Search',
  close: 'Close the top layer',
}
