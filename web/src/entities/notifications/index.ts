import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'

export interface Notice {
  id: number
  title: string
  body: string
  subject: string
  subject_key: string
  read: boolean
  created_at: string
}

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

export const useReadNotice = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => api.post(`/notices/${id}/read`),
    onSettled: () => client.invalidateQueries({ queryKey: ['notices'] }),
  })
}
