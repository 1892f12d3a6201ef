import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { RosterOut, ShiftIn, ShiftOut } from '@/api/generated'
import { api } from '@/api/staff'

export type Shift = ShiftOut
export const ACTIVITIES = ['work', 'break', 'training', 'meeting'] as const
export type Activity = (typeof ACTIVITIES)[number]

/** What is planned between two moments. */
export const useRoster = (since: MaybeRefOrGetter<string>, until: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => ['workforce', 'roster', toValue(since), toValue(until)]),
    queryFn: async ({ signal }) =>
      (await api.get<RosterOut>('/roster', { query: { since: toValue(since), until: toValue(until) }, signal })).items,
  })

const useOrder = <T>(order: (what: T) => Promise<unknown>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: order,
    onSettled: () => client.invalidateQueries({ queryKey: ['workforce'] }),
  })
}
export const usePlanShift = () => useOrder((shift: ShiftIn) => api.post('/roster', shift))
export const useRemoveShift = () => useOrder((id: number) => api.delete(`/roster/${id}`))
