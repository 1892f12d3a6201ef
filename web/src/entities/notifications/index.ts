import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { NoticeOut } from '@/api/generated'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'

export type Notice = NoticeOut

export const useNotices = () =>
  useInfiniteQuery({
    queryKey: ['notices', 'list'],
    queryFn: ({ pageParam, signal }) => api.get<Page<Notice>>('/notices', { query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

export const useUnreadNotices = () =>
  useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: ({ signal }) => api.get<{ unread: number }>('/notices/unread', { signal }),
    select: (answer) => answer.unread,
  })

/** Note that one has seen a notice, or all of them. */
export const useReadNotice = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number | 'all') => api.post(id === 'all' ? '/notices/read' : `/notices/${id}/read`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['notices'] }),
  })
}
