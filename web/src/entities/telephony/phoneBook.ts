import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { DialRulesOut, PhoneAddIn, PhoneRowOut, PhoneSecretOut } from '@/api/generated'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'

export type HousePhone = PhoneRowOut
export type DialRules = DialRulesOut
export type Seating = '' | PhoneRowOut['seating']
export type Reach = '' | 'registered' | 'lost' | 'fixed'

/** The phones of the house, by number; whether they register is read again and again. */
export const usePhoneBook = (asked: MaybeRefOrGetter<{ q: string; seating: Seating; state: Reach }>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['telephony', 'book', toValue(asked)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<HousePhone>>('/phones', { query: { ...toValue(asked), cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 5_000,
  })

const useChange = <Given, Answer>(run: (given: Given) => Promise<Answer>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSettled: () => client.invalidateQueries({ queryKey: ['telephony', 'book'] }),
  })
}
export const useAddPhone = () => useChange((phone: PhoneAddIn) => api.post<HousePhone>('/phones', phone))
export const useChangePhone = () =>
  useChange(({ number, ...phone }: PhoneAddIn) => api.put<HousePhone>(`/phones/${number}`, phone))
export const useRenewSecret = () =>
  useChange((number: string) => api.post<PhoneSecretOut>(`/phones/${number}/secret`, {}))
export const useRetirePhone = () => useChange((number: string) => api.delete(`/phones/${number}`))

/** Which numbers may be called, when and how often. */
export const useDialRules = () =>
  useQuery({
    queryKey: ['telephony', 'dial-rules'],
    queryFn: ({ signal }) => api.get<DialRules>('/dial-rules', { signal }),
  })
export const useSetDialRules = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (rules: DialRules) => api.put<DialRules>('/dial-rules', rules),
    onSuccess: (rules) => client.setQueryData(['telephony', 'dial-rules'], rules),
  })
}
