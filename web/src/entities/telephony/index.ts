import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { type MaybeRefOrGetter, toValue } from 'vue'
import type { PhoneBackOut, PhoneIn, PhoneLineOut, PhoneOut } from '@/api/generated'
import { forgeryHeader } from '@/api/http'
import { api } from '@/api/staff'

export type OwnPhone = Omit<PhoneOut, 'kind'> & { kind: PhoneIn['kind'] }

/** By which phone calls reach this member of staff. */
export const useOwnPhone = (enabled: () => boolean) =>
  useQuery({
    queryKey: ['telephony', 'phone'],
    queryFn: ({ signal }) => api.get<OwnPhone>('/desk/phone', { signal }),
    enabled,
  })

export const useChoosePhone = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (chosen: PhoneIn) => api.put<OwnPhone>('/desk/phone', chosen),
    onSuccess: (phone) => client.setQueryData(['telephony', 'phone'], phone),
  })
}

export const phoneLine = (): Promise<PhoneLineOut> => api.get<PhoneLineOut>('/desk/phone/line')
export const phoneBack = async (): Promise<boolean> =>
  Boolean((await api.post<PhoneBackOut>('/desk/phone/back', {})).conversation)
/** Sent while the page is going, so nobody waits for the answer. */
export const phoneGone = (): void =>
  void fetch('/api/desk/phone/gone', { method: 'POST', keepalive: true, headers: forgeryHeader() }).catch(
    () => undefined,
  )

/** Let the caller listen to music, or talk with him again. */
export const useHold = (id: MaybeRefOrGetter<string>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (held: boolean) => api.post(`/desk/conversations/${toValue(id)}/${held ? 'hold' : 'resume'}`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['messaging', 'conversation'] }),
  })
}
