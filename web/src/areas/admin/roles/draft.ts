import type { Role } from '@/entities/accounts'

/** What an administrator is about to change about a seat type. */
export interface Draft {
  allow: Set<string>
  deny: Set<string>
}

export const emptyDraft = (): Draft => ({ allow: new Set(), deny: new Set() })

/** Whether a seat type allows something, with the draft on top. */
export const allows = (role: Role, draft: Draft, code: string): boolean =>
  draft.allow.has(code) || (role.permissions.includes(code) && !draft.deny.has(code))

/** The draft after one press; pressing twice leaves nothing. */
export const pressed = (role: Role, draft: Draft, code: string): Draft => {
  const next = { allow: new Set(draft.allow), deny: new Set(draft.deny) }
  const held = role.permissions.includes(code)
  const kept = held ? next.deny : next.allow
  if (!kept.delete(code)) kept.add(code)
  return next
}
