import type { TicketRow } from '@/entities/tickets'

const RANK = { critical: 0, urgent: 1, normal: 2 } as const

const due = (row: TicketRow): string => row.clock?.due_at ?? row.opened_at

/** What to take first: the most urgent, then what is due first, then the oldest. */
export const inOrder = (rows: readonly TicketRow[]): TicketRow[] =>
  rows.toSorted(
    (a, b) =>
      RANK[a.urgency] - RANK[b.urgency] || due(a).localeCompare(due(b)) || a.opened_at.localeCompare(b.opened_at),
  )
