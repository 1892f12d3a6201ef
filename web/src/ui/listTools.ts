import type { Ref } from 'vue'

/** A list kept under a name, as the primitive shows it. */
export interface NamedView {
  id: string
  name: string
  own: boolean
  shared: boolean
  owner: string
}
/** What the primitive for views and columns works on. */
export interface Tools<V extends NamedView> {
  views: Readonly<Ref<readonly V[]>>
  first: Readonly<Ref<string | null>>
  current: Readonly<Ref<V | null>>
  shown: Readonly<Ref<readonly string[]>>
  changed: Readonly<Ref<boolean>>
  open: (view: V | null) => Promise<void>
  setColumns: (columns: string[]) => Promise<void>
  save: (name: string, shared: boolean, first: boolean) => Promise<void>
  keep: () => Promise<void>
  change: (view: V, given: { name?: string; shared?: boolean }) => Promise<void>
  remove: (view: V) => Promise<void>
  restore: (view: V) => Promise<void>
  openFirst: (view: V | null) => Promise<void>
}
export interface Column {
  key: string
  label: string
}

/** The columns after one moved up or down among the shown, or was shown or hidden; the last one stays. */
export const moved = (shown: readonly string[], key: string, by: -1 | 1): string[] => {
  const at = shown.indexOf(key)
  const to = at + by
  if (at < 0 || to < 0 || to >= shown.length) return [...shown]
  const next = shown.filter((one) => one !== key)
  next.splice(to, 0, key)
  return next
}
export const toggled = (shown: readonly string[], key: string): string[] => {
  if (!shown.includes(key)) return [...shown, key]
  return shown.length > 1 ? shown.filter((one) => one !== key) : [...shown]
}

export type ListWord =
  | 'views'
  | 'usual'
  | 'columns'
  | 'rename'
  | 'remove'
  | 'undo'
  | 'share'
  | 'unshare'
  | 'shared'
  | 'saveAs'
  | 'update'
  | 'name'
  | 'shareToo'
  | 'firstToo'
  | 'save'
  | 'cancel'
  | 'up'
  | 'down'
  | 'columnsHint'
  | 'changed'
export interface ListWords {
  word: (name: ListWord) => string
  removed: (name: string) => string
  opensFirst: (name: string) => string
  by: (name: string) => string
  place: (name: string, n: number) => string
  tell: (error: unknown) => string
}
