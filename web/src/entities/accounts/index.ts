import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, ref, toValue } from 'vue'
import type { HouseClockOut } from '@/api/generated'
import type { Page } from '@/api/page'
import { ApiProblem } from '@/api/problem'
import { api } from '@/api/staff'
import type { LanguageCode, Me, NewStaff, Organisation, Role, SetUp, Staff, StaffChange, ThemeCode } from './types'

export type * from './types'

const me = ref<Me | null>(null)

/** Who is signed in on this screen, and what he may do. */
export const useMe = () => ({
  me,
  may: (permission: string): boolean => me.value?.permissions.includes(permission) ?? false,
})

/** Ask the server who is signed in; null when nobody is. */
export const loadMe = async (): Promise<Me | null> => {
  try {
    me.value = await api.get<Me>('/session')
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
    me.value = null
  }
  return me.value
}

/** What time the house goes by. */
export const houseClock = (): Promise<HouseClockOut> => api.get<HouseClockOut>('/clock')

/** Sign in; the first request fetches the forgery token. */
export const signIn = async (number: string, password: string): Promise<Me> => {
  await api.get('/csrf')
  me.value = await api.post<Me>('/session', { number, password })
  return me.value
}

export const setUp = async (given: SetUp): Promise<Me> => {
  await api.get('/csrf')
  me.value = await api.post<Me>('/set-up', given)
  return me.value
}

export const signOut = async (): Promise<void> => {
  await api.delete('/session')
  me.value = null
}

export const savePreferences = async (wanted: { language?: LanguageCode; theme?: ThemeCode }): Promise<void> => {
  me.value = await api.patch<Me>('/me/preferences', wanted)
}

export const useStaffList = (search: MaybeRefOrGetter<string>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['accounts', 'staff', toValue(search)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Staff>>('/staff', { query: { q: toValue(search), cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

export const useOrganisations = () =>
  useQuery({
    queryKey: ['accounts', 'organisations'],
    queryFn: ({ signal }) => api.get<Organisation[]>('/organisations', { signal }),
    staleTime: Infinity,
  })

export const useRoles = () =>
  useQuery({
    queryKey: ['accounts', 'roles'],
    queryFn: ({ signal }) => api.get<Role[]>('/roles', { signal }),
    staleTime: Infinity,
  })

/** Find colleagues by number or name, for a choice. */
export const findStaff = async (q: string): Promise<Staff[]> =>
  (await api.get<Page<Staff>>('/staff', { query: { q, active: true, limit: 7 } })).items

const useStaffChange = <V>(change: (given: V) => Promise<Staff>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts', 'staff'] }),
  })
}
export const useRegisterStaff = () => useStaffChange((given: NewStaff) => api.post<Staff>('/staff', given))
export const useUpdateStaff = () =>
  useStaffChange(({ id, ...change }: StaffChange & { id: number }) => api.patch<Staff>(`/staff/${id}`, change))
