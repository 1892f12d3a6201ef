import type { QueryClient, QueryKey } from '@tanstack/vue-query'
import { FACT_NAMES, type FactName, onFact, onReset } from '@/live'

const all = (room: string): FactName[] => FACT_NAMES.filter((name) => name.startsWith(`${room}.`))
const INBOX: QueryKey = ['messaging', 'inbox']
const CONVERSATION: QueryKey = ['messaging', 'conversation']

/** What is read again when something happened. Only what is on the screen is fetched. */
const TOUCHED: { facts: readonly FactName[]; keys: readonly QueryKey[] }[] = [
  {
    facts: [
      'routing.WorkOffered',
      'routing.OfferMissed',
      'routing.WorkAssigned',
      'routing.WorkAbandoned',
      'routing.WorkMoved',
    ],
    keys: [['routing', 'offers'], INBOX],
  },
  {
    facts: all('routing').filter((name) => name !== 'routing.PresenceChanged'),
    keys: [['routing', 'queues']],
  },
  {
    facts: [
      'routing.PresenceChanged',
      'routing.OfferMissed',
      'routing.WorkAssigned',
      'routing.WorkFinished',
      'routing.WrapUpCompleted',
      'routing.WorkMoved',
    ],
    keys: [['routing', 'presence']],
  },
  { facts: ['telephony.PhoneTaken'], keys: [['telephony', 'phone']] },
  { facts: ['interactions.MessagePosted'], keys: [INBOX, ['messaging', 'messages']] },
  {
    facts: [
      ...all('messaging'),
      ...all('telephony'),
      ...all('responsibility'),
      ...all('sla'),
      'interactions.InteractionEnded',
      'interactions.InteractionClosed',
      'interactions.CustomerLinked',
      'interactions.ServiceRecordSaved',
    ],
    keys: [INBOX, CONVERSATION],
  },
  {
    facts: [...all('tickets'), ...all('responsibility'), ...all('sla')],
    keys: [['tickets'], ['customers', 'tickets'], ['customers', 'timeline'], CONVERSATION],
  },
  { facts: ['kit.FileScanned'], keys: [['tickets']] },
  { facts: ['customers.CustomerChanged'], keys: [['customers'], CONVERSATION] },
  { facts: all('insight'), keys: [['insight']] },
  { facts: all('workforce'), keys: [['workforce']] },
  { facts: all('notifications'), keys: [['notices']] },
]

const BOARD: readonly FactName[] = FACT_NAMES.filter((name) => !/^(notifications|accounts|customers|workforce)\./.test(name))

/**
 * Read again at most so often: a burst of facts is one reading at its start and one at its end. With `after` there is
 * always one more: what follows a fact by a moment (counting) is seen then.
 */
export const paced = (run: () => void, ms: number, after = false): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null
  let again = false
  const begin = (): void => {
    run()
    timer = setTimeout(rest, ms)
  }
  const rest = (): void => {
    timer = null
    if (!again) return
    again = false
    begin()
  }
  return () => {
    if (timer !== null) {
      again = true
      return
    }
    again = after
    begin()
  }
}

/** Join facts to what is shown; once an entry. */
export const wireFacts = (client: QueryClient): void => {
  const readers = new Map<string, () => void>()
  const reader = (key: QueryKey, ms: number, after = false): (() => void) => {
    const name = JSON.stringify(key)
    const held = readers.get(name) ?? paced(() => void client.invalidateQueries({ queryKey: key }), ms, after)
    readers.set(name, held)
    return held
  }
  for (const { facts, keys } of TOUCHED)
    for (const fact of facts) for (const key of keys) onFact(fact, reader(key, 200))
  for (const fact of BOARD) onFact(fact, reader(['board'], 1000, true))
  onReset(() => void client.invalidateQueries())
}
