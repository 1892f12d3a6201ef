export interface Figure {
  key: string
  value: number
  unit: string
  list: string | null
}
export interface BoardQueue {
  code: string
  name: string
  waiting: number
  longest_wait_seconds: number
  agents: number
  free: number
}
export interface BoardAgent {
  id: number
  number: string
  name: string
  state: string
  since: string
  queue: string | null
  open: number
}
export interface Board {
  as_of: string
  figures: Figure[]
  queues: BoardQueue[]
  agents: BoardAgent[]
  promise: { lost: number; doubled: number; ownerless: number }
}
