import type { Permission } from './types'

/** The permissions room by room, in the order of the list. */
export const byRoom = (all: readonly Permission[]): { room: string; permissions: Permission[] }[] => {
  const rooms = new Map<string, Permission[]>()
  for (const one of all) {
    const room = one.code.split('.')[0] ?? ''
    rooms.set(room, [...(rooms.get(room) ?? []), one])
  }
  return [...rooms].map(([room, permissions]) => ({ room, permissions }))
}
