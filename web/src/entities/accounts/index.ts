import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, ref, toValue } from 'vue'
import type { HouseClockOut } from '@/api/generated'
import type { Page } from '@/api/page'
import { ApiProblem } from '@/api/problem'
import { api } from '@/api/staff'
import { setZone } from '@/i18n/format'
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

export * from './access'
export * from './qualifications'
export * from './rooms'
export * from './views'
export type * from './types'

const me = ref<Me | null>(null)

/** Take over what the server says about who is signed in. */
export const become = (who: Me): Me => (me.value = who)

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

/** Read again until when the session lasts; refused when it is over, and the page keeps who was here. */
export const refreshMe = async (): Promise<void> => {
  me.value = await api.get<Me>('/session')
}

/** What time the house goes by. */
export const houseClock = (): Promise<HouseClockOut> => api.get<HouseClockOut>('/clock')

/** Sign in; the first request fetches the forgery token. */
export const signIn = async (number: string, password: string, code: string): Promise<Me> => {
  await api.get('/csrf')
  me.value = await api.post<Me>('/session', { number, password, code })
  return me.value
}

export const setUp = async (given: SetUp): Promise<Me> => {
  await api.get('/csrf')
  me.value = await api.post<Me>('/set-up', given)
  return me.value
}

/** By what staff may sign in beside number and password; the words of the button, or null. */
export const signInWays = async (): Promise<string | null> =>
  (await api.get<{ single_sign_on: string | null }>('/sign-in-ways')).single_sign_on

/** Where the browser goes to sign in at the identity provider. */
export const beginSingleSignOn = async (): Promise<string> => {
  await api.get('/csrf')
  return (await api.post<{ url: string }>('/oidc/begin')).url
}

/** Back from the identity provider, with its answer. */
export const finishSingleSignOn = async (code: string, state: string): Promise<Me> => {
  await api.get('/csrf')
  me.value = await api.post<Me>('/oidc/finish', { code, state })
  return me.value
}

/** Sign out; the answer is where to sign out too, or "". */
export const signOut = async (): Promise<string> => {
  const answer = await api.delete<{ next: string } | undefined>('/session')
  me.value = null
  return answer?.next ?? ''
}

export const savePreferences = async (wanted: {
  language?: LanguageCode
  theme?: ThemeCode
  time_zone?: string
  keys?: Record<string, string>
}): Promise<void> => {
  me.value = await api.patch<Me>('/me/preferences', wanted)
  setZone(me.value.time_zone || me.value.operator.time_zone)
}

export const useStaffList = (search: MaybeRefOrGetter<string>, sort: MaybeRefOrGetter<string>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['accounts', 'staff', toValue(search), toValue(sort)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Staff>>('/staff', {
        query: { q: toValue(search), sort: toValue(sort), cursor: pageParam },
        signal,
      }),
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
