import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, onScopeDispose, toValue } from 'vue'
import type { ApprovalOut } from '@/api/generated'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'
import { onReset, useFacts } from '@/live'

export type Approval = ApprovalOut
export type ApprovalBox = 'to_decide' | 'mine' | 'all'
const KEY = ['approvals']

/** Requests for a second person's yes; read again as soon as one comes or is decided. */
export const useApprovals = (box: MaybeRefOrGetter<ApprovalBox>) => {
  const client = useQueryClient()
  const again = (): void => void client.invalidateQueries({ queryKey: KEY })
  useFacts(['kit.ApprovalAsked', 'kit.ApprovalDecided'], again)
  onScopeDispose(onReset(again))
  return useInfiniteQuery({
    queryKey: computed(() => [...KEY, toValue(box)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Approval>>('/approvals', { query: { box: toValue(box), cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

interface Decision {
  id: number
  approved: boolean
  remark: string
}
const useApprovalCommand = <V>(send: (given: V) => Promise<Approval>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: KEY }), client.invalidateQueries({ queryKey: ['tickets'] })]),
  })
}
export const useDecide = () =>
  useApprovalCommand(({ id, ...body }: Decision) => api.post<Approval>(`/approvals/${id}/decide`, body))
export const useWithdraw = () => useApprovalCommand((id: number) => api.post<Approval>(`/approvals/${id}/withdraw`, {}))
