import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { NoticeChoiceOut, NoticeOut } from '@/api/generated'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'

export type Notice = NoticeOut
export type NoticeChoice = NoticeChoiceOut

export const useNotices = (unread: MaybeRefOrGetter<boolean>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['notices', 'list', toValue(unread)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Notice>>('/notices', { query: { cursor: pageParam, unread: toValue(unread) }, signal }),
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

/** Which kinds of notice one gets, and doing without some. */
export const useNoticeChoices = () =>
  useQuery({
    queryKey: ['notice-choices'],
    queryFn: ({ signal }) =>
      api.get<{ items: NoticeChoice[] }>('/notices/choices', { signal }).then((found) => found.items),
  })
export const useChooseNotices = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (off: string[]) => api.put<{ items: NoticeChoice[] }>('/notices/choices', { off }),
    onSuccess: (answer) => client.setQueryData(['notice-choices'], answer.items),
    onError: () => client.invalidateQueries({ queryKey: ['notice-choices'] }),
  })
}
