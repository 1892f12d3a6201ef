import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'
import type { NewKind, Qualification, QualificationKind } from './types'

const KEY = ['accounts', 'qualifications']
const KINDS = ['accounts', 'qualification-kinds']

/** Who is qualified for what, in one's data scope. */
export const useQualifications = (filter: MaybeRefOrGetter<{ q: string; state: string }>) =>
  useInfiniteQuery({
    queryKey: computed(() => [...KEY, 'list', toValue(filter)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Qualification>>('/qualifications', { query: { ...toValue(filter), cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

/** What one of the staff is qualified for. */
export const useStaffQualifications = (id: MaybeRefOrGetter<number>) =>
  useQuery({
    queryKey: computed(() => [...KEY, 'staff', toValue(id)]),
    queryFn: ({ signal }) => api.get<Qualification[]>(`/staff/${toValue(id)}/qualifications`, { signal }),
  })

/** What one may be qualified for. */
export const useQualificationKinds = (wanted: MaybeRefOrGetter<boolean> = true) =>
  useQuery({
    enabled: () => toValue(wanted),
    queryKey: KINDS,
    queryFn: ({ signal }) => api.get<QualificationKind[]>('/qualification-kinds', { signal }),
    staleTime: 60_000,
  })

export const useOpenKind = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: NewKind) => api.post<QualificationKind>('/qualification-kinds', given),
    onSuccess: () => client.invalidateQueries({ queryKey: KINDS }),
  })
}

interface Change {
  staffId: number
  kind: string
  level: number
  valid_until: string | null
}

/** Give, change and withdraw. */
export const useQualify = () => {
  const client = useQueryClient()
  const onSuccess = (): Promise<void> => client.invalidateQueries({ queryKey: KEY })
  return {
    qualify: useMutation({
      mutationFn: ({ staffId, kind, ...given }: Change) => api.put(`/staff/${staffId}/qualifications/${kind}`, given),
      onSuccess,
    }),
    disqualify: useMutation({
      mutationFn: ({ staffId, kind }: { staffId: number; kind: string }) =>
        api.delete(`/staff/${staffId}/qualifications/${kind}`),
      onSuccess,
    }),
  }
}
