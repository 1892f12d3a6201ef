import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'
import type { Board } from './types'

export type * from './types'

/** The live board. Facts make it be read again; so does a quiet minute. */
export const useBoard = () =>
  useQuery({
    queryKey: ['board', 'now'],
    queryFn: ({ signal }) => api.get<Board>('/board', { signal }),
    refetchInterval: 10_000,
  })

/** The rows that a figure counts, of one queue or of all. */
export const useBoardList = <Row>(key: MaybeRefOrGetter<string | null>, queue: MaybeRefOrGetter<string> = '') =>
  useInfiniteQuery({
    queryKey: computed(() => ['board', 'list', toValue(key), toValue(queue)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Row>>(`/board/lists/${toValue(key)}`, {
        query: { cursor: pageParam, queue: toValue(queue) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: () => Boolean(toValue(key)),
  })
