import type { TicketRow } from '@/entities/tickets'

const RANK = { critical: 0, urgent: 1, normal: 2 } as const
export const ORDERS = ['urgency', 'due', 'oldest', 'newest'] as const
export type QueueOrder = (typeof ORDERS)[number]

const due = (row: TicketRow): string => row.clock?.due_at ?? row.opened_at
const oldest = (a: TicketRow, b: TicketRow): number => a.opened_at.localeCompare(b.opened_at)
const first = (a: TicketRow, b: TicketRow): number => due(a).localeCompare(due(b)) || oldest(a, b)
const COMPARE: Record<QueueOrder, (a: TicketRow, b: TicketRow) => number> = {
  urgency: (a, b) => RANK[a.urgency] - RANK[b.urgency] || first(a, b),
  due: first,
  oldest,
  newest: (a, b) => oldest(b, a),
}

/** What to take first: as usual the most urgent, then what is due first, then the oldest. */
export const inOrder = (rows: readonly TicketRow[], order: QueueOrder = 'urgency'): TicketRow[] =>
  rows.toSorted(COMPARE[order])
