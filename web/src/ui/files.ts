/** What the primitives for files show and say; whoever uses them fills it. */
export interface FileWords {
  label: () => string
  drop: () => string
  hint: () => string
  remove: (name: string) => string
  retry: () => string
  sending: (part: number) => string
  list: () => string
  scan: (state: 'waiting' | 'infected') => string
}
export interface ChosenFile {
  key: string
  name: string
  size: number
  state: 'sending' | 'kept' | 'failed'
  part: number
  why: string
  preview: string
}
export interface ShownFile {
  id: string
  name: string
  size: number
  media_type: string
  url: string
  thumbnail_url: string | null
  /** Where a virus scanner looks: what waits or is infected cannot be opened. */
  scan?: string
}

/** 912 B · 34 KB · 1.2 MB */
export const sizeOf = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
