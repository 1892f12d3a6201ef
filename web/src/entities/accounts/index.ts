import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, ref, toValue } from 'vue'
import type { HouseClockOut } from '@/api/generated'
import type { Page } from '@/api/page'
import { ApiProblem } from '@/api/problem'
import { api } from '@/api/staff'
import type {
  LanguageCode,
  Me,
  NewRole,
  NewStaff,
  Organisation,
  Permission,
  Role,
  RoleChange,
  SetUp,
  Staff,
  StaffChange,
  ThemeCode,
} from './types'

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
    staleTime: 60_000,
  })

/** Everything a seat type may allow. */
export const usePermissions = () =>
  useQuery({
    queryKey: ['accounts', 'permissions'],
    queryFn: ({ signal }) => api.get<Permission[]>('/permissions', { signal }),
    staleTime: Infinity,
  })

/** Those who hold a seat type; none without a code. */
export const useHolders = (role: MaybeRefOrGetter<string>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['accounts', 'staff', 'holders', toValue(role)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Staff>>('/staff', { query: { role: toValue(role), active: true, cursor: pageParam }, signal }),
    enabled: computed(() => toValue(role) !== ''),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
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
export const useAssignRoles = () =>
  useStaffChange(({ id, roles }: { id: number; roles: string[] }) => api.put<Staff>(`/staff/${id}/roles`, { roles }))

const useRoleChange = <V, R>(change: (given: V) => Promise<R>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts', 'roles'] }),
  })
}
export const useOpenRole = () => useRoleChange((given: NewRole) => api.post<Role>('/roles', given))
export const useChangeRole = () =>
  useRoleChange(({ code, ...change }: RoleChange & { code: string }) => api.patch<Role>(`/roles/${code}`, change))
export const useRemoveRole = () => useRoleChange((code: string) => api.delete(`/roles/${code}`))

/** Add a unit below another, or call one something else. */
export const useChangeOrganisations = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: { name: string; parent_id: number } | { name: string; id: number }) =>
      'id' in given
        ? api.patch<Organisation>(`/organisations/${given.id}`, { name: given.name })
        : api.post<Organisation>('/organisations', given),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts', 'organisations'] }),
  })
}
