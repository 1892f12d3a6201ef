import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { portalApi } from '@/api/portal'
import { ApiProblem } from '@/api/problem'
import { api } from '@/api/staff'
import { stopLive } from '@/live'
import { outboxes } from './chats'
import { forgetForms } from './keep'

/** Who is looking: a customer who signed in, a visitor, or nobody yet. */
export interface PortalMe {
  kind: 'customer' | 'visitor'
  name: string
  phone: string
  language: string
  operator: {
    name: string
    access_code: string
    demo: boolean
    opens: string | null
    closes: string | null
    weekdays: readonly number[]
    logo: string
  }
}
export interface CodeSent {
  phone: string
  expires_at: string
}

export const ME = ['portal', 'me'] as const

const readMe = async (): Promise<PortalMe | null> => {
  try {
    return await portalApi.get<PortalMe>('/me')
  } catch (error) {
    if (error instanceof ApiProblem && (error.status === 401 || error.status === 403)) return null
    throw error
  }
}

/** Me, as often as a component asks; read once. */
export const useMe = () => {
  const query = useQuery({ queryKey: ME, queryFn: readMe, staleTime: 60_000, retry: 1 })
  const me = computed(() => query.data.value ?? null)
  const signedIn = computed(() => me.value?.kind === 'customer')
  return { me, signedIn, known: query.isFetched, error: query.error, refetch: query.refetch }
}

/** What the operator is called, also for those who have not signed in. */
export const useOperator = () =>
  useQuery({
    queryKey: ['operator'],
    queryFn: () => api.get<PortalMe['operator']>('/operator'),
    staleTime: Infinity,
  })

export const useSession = () => {
  const queries = useQueryClient()
  const fresh = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['portal'] })
  }
  const askCode = (phone: string): Promise<CodeSent> =>
    portalApi.post<CodeSent>('/sign-in/code', { phone }, { retries: [] })
  const signIn = async (phone: string, code: string): Promise<void> => {
    await portalApi.post('/sign-in', { phone, code }, { retries: [] })
    await fresh()
  }
  /** Write to us without signing in. */
  const visit = async (): Promise<void> => {
    await portalApi.post('/visitor')
    await fresh()
  }
  const signOut = async (): Promise<void> => {
    await portalApi.delete('/session')
    stopLive()
    outboxes.end()
    forgetForms()
    queries.clear()
  }
  return { askCode, signIn, visit, signOut }
}
