import { pages, terms } from './helpPages'

export const help = {
  open: '本页帮助',
  how: '怎么用',
  keys: '本页按键',
  words: '名词',
  none: '这个页面没有专用按键',
  pages,
  terms,
}
