import type { QueryClient, QueryKey } from '@tanstack/vue-query'
import { onFact, onReset, type FactName } from '@/live'

/** What is read again when something happened. Only what is on the screen is fetched. */
const TOUCHED: { facts: readonly FactName[]; keys: readonly QueryKey[] }[] = [
  {
    facts: ['routing.WorkOffered', 'routing.OfferMissed', 'routing.WorkAssigned', 'routing.WorkAbandoned'],
    keys: [
      ['routing', 'offers'],
      ['routing', 'queues'],
      ['messaging', 'inbox'],
    ],
  },
  { facts: ['routing.WorkWaiting', 'routing.WorkFinished'], keys: [['routing', 'queues']] },
  { facts: ['routing.PresenceChanged'], keys: [['routing', 'presence']] },
  {
    facts: ['interactions.MessagePosted'],
    keys: [
      ['messaging', 'inbox'],
      ['messaging', 'messages'],
    ],
  },
  {
    facts: [
      'interactions.InteractionEnded',
      'interactions.InteractionClosed',
      'routing.WorkAssigned',
      'responsibility.OwnerChanged',
      'responsibility.HandlerChanged',
      'sla.DeadlineWarned',
      'sla.DeadlineBreached',
    ],
    keys: [
      ['messaging', 'inbox'],
      ['messaging', 'conversation'],
    ],
  },
  {
    facts: [
      'tickets.TicketOpened',
      'tickets.TicketTaken',
      'tickets.TicketAssigned',
      'tickets.TicketNoted',
      'tickets.TicketHeld',
      'tickets.TicketResumed',
      'tickets.TicketWaiting',
      'tickets.TicketResolved',
      'tickets.TicketConfirmed',
      'tickets.TicketReopened',
      'tickets.TicketClosed',
      'tickets.TicketCancelled',
      'tickets.TicketUrged',
      'tickets.TicketSupplemented',
      'tickets.ContactAttempted',
      'responsibility.OwnerChanged',
      'responsibility.HandlerChanged',
      'responsibility.HandOverOffered',
      'sla.DeadlineWarned',
      'sla.DeadlineBreached',
    ],
    keys: [['tickets'], ['customers', 'tickets'], ['customers', 'timeline'], ['messaging', 'conversation']],
  },
  { facts: ['notifications.NoticeCreated'], keys: [['notices']] },
]

const BOARD: readonly FactName[] = [
  ...new Set(TOUCHED.filter(({ keys }) => keys[0]?.[0] !== 'notices').flatMap(({ facts }) => facts)),
]

/** Read again at most so often: a burst of facts is one reading at its start and one at its end. */
export const paced = (run: () => void, ms: number): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null
  let again = false
  const rest = (): void => {
    timer = null
    if (!again) return
    again = false
    fire()
  }
  const fire = (): void => {
    if (timer !== null) {
      again = true
      return
    }
    run()
    timer = setTimeout(rest, ms)
  }
  return fire
}

/** Join facts to what is shown; once an entry. */
export const wireFacts = (client: QueryClient): void => {
  const readers = new Map<string, () => void>()
  const reader = (key: QueryKey, ms: number): (() => void) => {
    const name = JSON.stringify(key)
    const held = readers.get(name) ?? paced(() => void client.invalidateQueries({ queryKey: key }), ms)
    readers.set(name, held)
    return held
  }
  for (const { facts, keys } of TOUCHED)
    for (const fact of facts) for (const key of keys) onFact(fact, reader(key, 200))
  for (const fact of BOARD) onFact(fact, reader(['board'], 1000))
  onReset(() => void client.invalidateQueries())
}
