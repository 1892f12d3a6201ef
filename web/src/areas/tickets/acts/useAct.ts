import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'
import { ApiProblem } from '@/api/problem'
import { useRefusal } from '@/entities/refusal'
import { ticketKey, useTicketCommand, type Ticket } from '@/entities/tickets'

const STALE = new Set([412, 428])

/**
 * Do something to a ticket from the version that was on the screen.
 *
 * When somebody else was faster, nothing typed is lost: `conflict` says so, `reload` fetches how it stands now, and
 * the same text can be submitted again.
 */
export const useAct = (number: string, version: () => number) => {
  const client = useQueryClient()
  const command = useTicketCommand(number)
  const busy = ref(false)
  const conflict = ref(false)
  const { fields, wrong, refused, clear } = useRefusal()

  const fail = (error: unknown): void => {
    if (error instanceof ApiProblem && STALE.has(error.status)) {
      conflict.value = true
      return
    }
    refused(error)
  }
  /** Return the ticket after it, or null when it was refused; why is in `conflict`, `fields` or `wrong`. */
  const run = async (verb: string, body?: Record<string, unknown>): Promise<Ticket | null> => {
    if (busy.value) return null
    busy.value = true
    clear()
    conflict.value = false
    try {
      return await command.mutateAsync({ verb, body, version: version() })
    } catch (error) {
      fail(error)
      return null
    } finally {
      busy.value = false
    }
  }
  const reload = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ['tickets', 'timeline', number] })
    await client.refetchQueries({ queryKey: ticketKey(number) })
    conflict.value = false
  }
  return { busy, conflict, wrong, fields, run, reload }
}
