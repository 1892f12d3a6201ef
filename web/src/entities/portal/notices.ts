import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, toValue, type MaybeRefOrGetter } from 'vue'
import type { Page } from '@/api/page'
import { portalApi } from '@/api/portal'
import { onReset, useFacts } from '@/live'

/** Something we told the customer; `number` is the matter it is about, if any. */
export interface PortalNotice {
  id: number
  title: string
  body: string
  subject: string
  number: string
  at: string
  read: boolean
}
const KEY = ['portal', 'notices']

export const usePortalNotices = (enabled: MaybeRefOrGetter<boolean>) => {
  const queries = useQueryClient()
  const again = (): void => void queries.invalidateQueries({ queryKey: KEY })
  useFacts(['notifications.NoticeCreated', 'notifications.NoticeRead'], again)
  onScopeDispose(onReset(again))
  const query = useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam }) =>
      portalApi.get<Page<PortalNotice>>('/notices', { query: { cursor: pageParam, limit: 5 } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: () => toValue(enabled),
  })
  const notices = computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? [])
  const read = useMutation({
    mutationFn: (id: number) => portalApi.post(`/notices/${id}/read`),
    onSettled: again,
  })
  return { ...query, notices, read: read.mutate }
}
