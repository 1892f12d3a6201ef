import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { onScopeDispose } from 'vue'
import type { ActivityOut, ActivityRunOut } from '@/api/generated'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'
import { onReset, useFacts } from '@/live'

export type Activity = ActivityOut
export type ActivityRun = ActivityRunOut
const KEY = ['activities']

/** What rooms offer to flows, with how many runs stand where; read again when one is answered or needs a person. */
export const useActivities = () => {
  const client = useQueryClient()
  const again = (): void => void client.invalidateQueries({ queryKey: KEY })
  useFacts(['kit.ActivityAnswered', 'kit.ActivityNeedsPerson'], again)
  onScopeDispose(onReset(again))
  return useQuery({
    queryKey: [...KEY, 'list'],
    queryFn: ({ signal }) => api.get<Activity[]>('/activities', { signal }),
  })
}

export const useRunsForPeople = () =>
  useInfiniteQuery({
    queryKey: [...KEY, 'runs'],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<ActivityRun>>('/activity-runs', { query: { state: 'needs_person', cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

export const useSettleRun = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number; output: Record<string, unknown>; remark: string }) =>
      api.post<ActivityRun>(`/activity-runs/${id}/settle`, body),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
}
