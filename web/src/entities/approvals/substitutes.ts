import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, onScopeDispose, toValue } from 'vue'
import type { OwnSubstitutionsOut, SubstitutionIn, SubstitutionOut } from '@/api/generated'
import { api } from '@/api/staff'
import { onReset, useFacts } from '@/live'

export type Substitution = SubstitutionOut
const KEY = ['approvals', 'substitutions']

/** When I am away, and for whom I stand in. */
export const useOwnSubstitutions = () => {
  const client = useQueryClient()
  const again = (): void => void client.invalidateQueries({ queryKey: ['approvals'] })
  useFacts(['accounts.SubstituteNamed', 'accounts.SubstitutionEnded'], again)
  onScopeDispose(onReset(again))
  return useQuery({
    queryKey: [...KEY, 'own'],
    queryFn: ({ signal }) => api.get<OwnSubstitutionsOut>('/me/substitutions', { signal }),
  })
}

/** When somebody else is away. */
export const useSubstitutionsOf = (staffId: MaybeRefOrGetter<number | null>) =>
  useQuery({
    queryKey: computed(() => [...KEY, toValue(staffId)]),
    queryFn: ({ signal }) => api.get<SubstitutionOut[]>(`/staff/${toValue(staffId)}/substitutions`, { signal }),
    enabled: () => toValue(staffId) !== null,
  })

/** Name who stands in, for oneself (`staffId` null) or for another; and end it. */
export const useSubstitutes = () => {
  const client = useQueryClient()
  const onSuccess = (): Promise<void> => client.invalidateQueries({ queryKey: ['approvals'] })
  return {
    name: useMutation({
      mutationFn: ({ staffId, ...given }: SubstitutionIn & { staffId: number | null }) =>
        api.post<SubstitutionOut>(staffId === null ? '/me/substitutions' : `/staff/${staffId}/substitutions`, given),
      onSuccess,
    }),
    end: useMutation({ mutationFn: (id: number) => api.delete(`/substitutions/${id}`), onSuccess }),
  }
}
