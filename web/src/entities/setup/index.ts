import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type {
  OperatorIn,
  OperatorOut,
  SampleDataOut,
  SampleRemovalOut,
  SetUpCheckOut,
  SetUpLinkOut,
  SetUpStepOut,
  TrialMessageIn,
  TrialMessageOut,
} from '@/api/generated'
import { ApiProblem } from '@/api/problem'
import { api } from '@/api/staff'

export type Step = SetUpStepOut
export type Operator = OperatorOut
export type Trial = TrialMessageOut
export type TableKind = 'organisations' | 'staff' | 'queues'
/** Which import each table is. */
export const TABLES: Record<TableKind, string> = {
  organisations: 'accounts.organisations',
  staff: 'accounts.staff',
  queues: 'queues',
}

const LOOK_AGAIN_MS = 1000

export const useChecklist = () =>
  useQuery({
    queryKey: ['set-up', 'checklist'],
    queryFn: ({ signal }) => api.get<Step[]>('/set-up/checklist', { signal }),
  })

export const useOperator = () =>
  useQuery({ queryKey: ['set-up', 'operator'], queryFn: ({ signal }) => api.get<Operator>('/operator', { signal }) })

export const useChecks = () =>
  useQuery({
    queryKey: ['set-up', 'checks'],
    queryFn: ({ signal }) => api.get<SetUpCheckOut[]>('/set-up/checks', { signal }),
  })

/** The demo operator: whether it is here, and what hinders its removal. */
export const useSampleData = () =>
  useQuery({
    queryKey: ['set-up', 'sample-data'],
    queryFn: ({ signal }) => api.get<SampleDataOut>('/set-up/sample-data', { signal }),
  })

/** Take the demo away; the answer is where one's own administrator is made. */
export const askSampleRemoval = async (name: string): Promise<string> =>
  (await api.post<SampleRemovalOut>('/set-up/sample-data/removal', { name })).link

/** How a link of the first start stands; looked at again while the demo is being taken away. */
export const useSetUpLink = (token: string) =>
  useQuery({
    queryKey: ['set-up', 'link', token],
    queryFn: ({ signal }) => api.get<SetUpLinkOut>('/set-up/link', { query: { token }, signal }),
    enabled: token !== '',
    retry: (_, error) => !(error instanceof ApiProblem) || error.uncertain,
    retryDelay: LOOK_AGAIN_MS,
    refetchInterval: (query) => (query.state.data?.state === 'removing' ? LOOK_AGAIN_MS : false),
  })

const useSetUpChange = <V, R>(change: (given: V) => Promise<R>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['set-up'] }),
        client.invalidateQueries({ queryKey: ['accounts'] }),
      ]),
  })
}
export const useSetOperator = () => useSetUpChange((given: OperatorIn) => api.put<Operator>('/operator', given))
export const useSetLogo = () => useSetUpChange((image: string) => api.put<Operator>('/operator/logo', { image }))
export const useSendTrial = () => useSetUpChange((given: TrialMessageIn) => api.post<Trial>('/set-up/messages', given))

/** What became of a trial message; looked at until it has left or failed. */
export const useTrial = (number: MaybeRefOrGetter<number>) =>
  useQuery({
    queryKey: computed(() => ['set-up', 'trial', toValue(number)]),
    queryFn: ({ signal }) => api.get<Trial>(`/set-up/messages/${toValue(number)}`, { signal }),
    enabled: computed(() => toValue(number) > 0),
    refetchInterval: (query) => (query.state.data?.state === 'queued' ? LOOK_AGAIN_MS : false),
  })
