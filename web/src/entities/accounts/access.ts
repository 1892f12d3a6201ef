import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { Query } from '@/api/http'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'
import { become } from './index'
import type { Enrolment, FactorState, LogLine, Me, NewToken, SecurityPolicy, Session, Token } from './types'

const FACTOR = ['accounts', 'me', 'factor']

/** Give oneself a new password; every other session of one's own ends. */
export const changePassword = async (old: string, password: string): Promise<Me> =>
  become(await api.post<Me>('/me/password', { old, password }))

/** One's own second factor. What is shown once is returned and kept nowhere. */
export const useFactor = () => {
  const client = useQueryClient()
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: FACTOR })
  const after = async <T>(work: Promise<T>): Promise<T> => {
    const made = await work
    void again()
    return made
  }
  const state = useQuery({
    queryKey: FACTOR,
    queryFn: ({ signal }) => api.get<FactorState>('/me/second-factor', { signal }),
  })
  return {
    state,
    begin: (): Promise<Enrolment> => api.post<Enrolment>('/me/second-factor'),
    confirm: async (code: string): Promise<string[]> =>
      (await after(api.post<{ codes: string[] }>('/me/second-factor/confirm', { code }))).codes,
    renew: async (code: string): Promise<string[]> =>
      (await after(api.post<{ codes: string[] }>('/me/second-factor/codes', { code }))).codes,
    end: async (code: string): Promise<void> => void (await after(api.post('/me/second-factor/end', { code }))),
  }
}

/** Where one is signed in; `end` with null ends all the others. */
export const useOwnSessions = () => {
  const client = useQueryClient()
  const queryKey = ['accounts', 'me', 'sessions']
  return {
    list: useQuery({ queryKey, queryFn: ({ signal }) => api.get<Session[]>('/me/sessions', { signal }) }),
    end: useMutation({
      mutationFn: (id: string | null) => api.delete(id ? `/me/sessions/${id}` : '/me/sessions'),
      onSuccess: () => client.invalidateQueries({ queryKey }),
    }),
  }
}

/** One's own tokens. */
export const useOwnTokens = () => {
  const client = useQueryClient()
  const queryKey = ['accounts', 'me', 'tokens']
  const onSuccess = (): Promise<void> => client.invalidateQueries({ queryKey })
  return {
    list: useQuery({ queryKey, queryFn: ({ signal }) => api.get<Token[]>('/me/tokens', { signal }) }),
    issue: useMutation({
      mutationFn: (given: NewToken) => api.post<{ secret: string }>('/me/tokens', given),
      onSuccess,
    }),
    revoke: useMutation({ mutationFn: (id: string) => api.delete(`/me/tokens/${id}`), onSuccess }),
  }
}

/** How one of the staff comes in, for who manages him. */
export const useStaffAccess = (id: MaybeRefOrGetter<number>) => {
  const client = useQueryClient()
  const key = (part: string) => computed(() => ['accounts', 'access', toValue(id), part])
  const enabled = computed(() => toValue(id) > 0)
  const place = (part: string): string => `/staff/${toValue(id)}/${part}`
  const onSuccess = (): Promise<void> => client.invalidateQueries({ queryKey: ['accounts', 'access', toValue(id)] })
  const read = <T>(part: string) =>
    useQuery({ queryKey: key(part), queryFn: ({ signal }) => api.get<T>(place(part), { signal }), enabled })
  return {
    sessions: read<Session[]>('sessions'),
    factor: read<FactorState>('second-factor'),
    tokens: read<Token[]>('tokens'),
    endSessions: useMutation({
      mutationFn: (session: string | null) => api.delete(place(session ? `sessions/${session}` : 'sessions')),
      onSuccess,
    }),
    setPassword: useMutation({
      mutationFn: (password: string) => api.put(place('password'), { password }),
      onSuccess,
    }),
    resetFactor: useMutation({ mutationFn: () => api.delete(place('second-factor')), onSuccess }),
    revokeToken: useMutation({ mutationFn: (token: string) => api.delete(place(`tokens/${token}`)), onSuccess }),
  }
}

/** What is asked of passwords and sessions. */
export const usePolicy = () => {
  const client = useQueryClient()
  const queryKey = ['accounts', 'policy']
  return {
    policy: useQuery({ queryKey, queryFn: ({ signal }) => api.get<SecurityPolicy>('/security-policy', { signal }) }),
    save: useMutation({
      mutationFn: (given: SecurityPolicy) => api.put<SecurityPolicy>('/security-policy', given),
      onSuccess: (saved) => client.setQueryData(queryKey, saved),
    }),
  }
}

/** Who looked at or changed what. */
export const useSecurityLog = (filter: MaybeRefOrGetter<Query>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['accounts', 'log', toValue(filter)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<LogLine>>('/security-log', { query: { ...toValue(filter), cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: 30_000,
    refetchOnWindowFocus: false, // each asking is written down
  })
