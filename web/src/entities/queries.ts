import { QueryClient } from '@tanstack/vue-query'
import { ApiProblem } from '@/api/problem'

/**
 * Read once more what changed while it was being read for the first time: that answer may be older than the change,
 * and the client goes on with a first reading where it would begin a later one anew.
 */
const readAgain = (client: QueryClient): void => {
  const overtaken = new Set<string>()
  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return
    const { query, action } = event
    const first = query.state.data === undefined && query.state.fetchStatus !== 'idle'
    if (action.type === 'invalidate' && first) overtaken.add(query.queryHash)
    if (action.type !== 'success' || !overtaken.delete(query.queryHash)) return
    void client.invalidateQueries({ queryKey: query.queryKey, exact: true })
  })
}

/** What the screens read from the API: kept for a while, tried again when it was no refusal, never older than a fact. */
export const makeQueries = (): QueryClient => {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (tries, error) => tries < 2 && (!(error instanceof ApiProblem) || error.uncertain),
      },
    },
  })
  readAgain(client)
  return client
}
