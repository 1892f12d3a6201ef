import type { LocationQuery } from 'vue-router'
import type { Query } from '@/api/http'
import type { TicketBox } from '@/entities/tickets'
import { OPEN_STATES } from './looks'

export const BOXES: readonly TicketBox[] = ['mine', 'owned', 'queue', 'all']

/** The orders that a list of tickets may stand in. */
export const ORDERS = ['newest', 'oldest', 'due', 'urgency'] as const
export type Order = (typeof ORDERS)[number]

/** What the list shows; it lives in the address, so that a link or a reload shows the same. */
export interface ListFilter {
  box: TicketBox
  /** A state, `open` for all that are not over, or `any`. */
  state: string
  kind: string
  overdue: boolean
  q: string
  sort: Order
}

const text = (value: LocationQuery[string] | undefined): string => (typeof value === 'string' ? value : '')

export const fromAddress = (query: LocationQuery): ListFilter => {
  const box = text(query.box) as TicketBox
  return {
    box: BOXES.includes(box) ? box : 'mine',
    state: text(query.state) || 'open',
    kind: text(query.kind),
    overdue: text(query.overdue) === 'true',
    q: text(query.q),
    sort: ORDERS.find((one) => one === query.sort) ?? 'newest',
  }
}

/** The address of a filter; what is as usual is left out. */
export const toAddress = (filter: ListFilter): Record<string, string> => {
  const address: Record<string, string> = {}
  if (filter.box !== 'mine') address.box = filter.box
  if (filter.state !== 'open') address.state = filter.state
  if (filter.kind) address.kind = filter.kind
  if (filter.overdue) address.overdue = 'true'
  if (filter.q) address.q = filter.q
  if (filter.sort !== 'newest') address.sort = filter.sort
  return address
}

export const stateQuery = (state: string): string => {
  if (state === 'open') return OPEN_STATES.join(',')
  return state === 'any' ? '' : state
}

/** What the API is asked. Boxes of people hold open tickets only, so a search looks everywhere. */
export const toQuery = (filter: ListFilter): Query => ({
  box: filter.box,
  state: stateQuery(filter.state),
  kind: filter.kind,
  overdue: filter.overdue ? true : undefined,
  q: filter.q,
  sort: filter.sort,
  limit: 30,
})
