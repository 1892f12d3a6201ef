import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { AcceptedOut, CallIn, PhoneBackOut, PhoneIn, PhoneLineOut, PhoneOut, StartedOut } from '@/api/generated'
import { forgeryHeader } from '@/api/http'
import { api } from '@/api/staff'
import { useMe } from '../accounts'

export type OwnPhone = Omit<PhoneOut, 'kind'> & { kind: PhoneIn['kind'] }

/** By which phone calls reach this member of staff. */
export const useOwnPhone = (enabled: () => boolean) =>
  useQuery({
    queryKey: ['telephony', 'phone'],
    queryFn: ({ signal }) => api.get<OwnPhone>('/desk/phone', { signal }),
    enabled,
  })

/** Whether this member of staff may call customers from the screen; he needs a phone to do it. */
export const useMayCall = () => {
  const { may } = useMe()
  const phone = useOwnPhone(() => may('telephony.dial'))
  return computed(() => may('telephony.dial') && phone.data.value?.available === true)
}
/** Call a customer: one's own phone rings first. The answer is the contact. */
export const useDial = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (whom: Partial<CallIn> & Pick<CallIn, 'customer_id'>) => api.post<StartedOut>('/desk/calls', whom),
    onSettled: () => client.invalidateQueries({ queryKey: ['messaging', 'inbox'] }),
  })
}
/** Make a call that one has taken. */
export const useMakeCallback = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => api.post<AcceptedOut>(`/desk/callbacks/${id}/call`, {}),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['routing', 'callbacks'] }),
        client.invalidateQueries({ queryKey: ['messaging', 'inbox'] }),
      ]),
  })
}

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

const useVerb = <V = void>(id: MaybeRefOrGetter<string>, verb: (given: V) => string, body?: (given: V) => object) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: V) => api.post(`/desk/conversations/${toValue(id)}/${verb(given)}`, body?.(given) ?? {}),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['messaging', 'conversation'] }),
        client.invalidateQueries({ queryKey: ['messaging', 'inbox'] }),
      ]),
  })
}
/** Let the caller listen to music, or talk with him again; with a colleague on the line that makes three. */
export const useHold = (id: MaybeRefOrGetter<string>) => useVerb(id, (held: boolean) => (held ? 'hold' : 'resume'))
/** Let the recording stand still while a card's number is said, or go on. */
export const usePauseRecording = (id: MaybeRefOrGetter<string>) =>
  useVerb(id, (paused: boolean) => (paused ? 'recording/pause' : 'recording/resume'))
/** Keep a contact with its recording whatever its age, or let that go. */
export const useContactHold = (id: MaybeRefOrGetter<string>) =>
  useVerb(
    id,
    ({ verb }: { verb: 'legal-hold' | 'legal-hold/lift'; body: object }) => verb,
    ({ body }) => body,
  )
/** Ask somebody of a queue while the caller listens to music. */
export const useConsult = (id: MaybeRefOrGetter<string>) =>
  useVerb(
    id,
    () => 'consult',
    (queue_code: string) => ({ queue_code }),
  )
export const useEndConsult = (id: MaybeRefOrGetter<string>) => useVerb(id, () => 'consult/end')
/** Leave the caller to the colleague who is on the line. */
export const usePassOn = (id: MaybeRefOrGetter<string>) => useVerb(id, () => 'consult/pass-on')
/** Put the caller back into his queue, before all others there. */
export const useReturn = (id: MaybeRefOrGetter<string>) => useVerb(id, () => 'return')
