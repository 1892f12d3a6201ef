import type * as zh from '../zh/help'
import { pages, terms } from './helpPages'

export const help: typeof zh.help = {
  open: 'Help for this page',
  how: 'How',
  keys: 'Keys of this page',
  words: 'Words',
  none: 'This page has no keys of its own',
  pages,
  terms,
}
