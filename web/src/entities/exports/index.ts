import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Query } from '@/api/http'
import type { Page } from '@/api/page'
import { api } from '@/api/staff'
import type { StoredFile } from '@/api/upload'
import { onReset, useFacts } from '@/live'

export type ExportState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
export type ExportForm = 'csv' | 'xlsx'

/** An export of one's own, as far as it is. */
export interface Export {
  id: string
  kind: string
  title: string
  form: ExportForm
  state: ExportState
  done: number
  total: number
  error: string
  requested_at: string
  finished_at: string | null
  keep_until: string
  file: StoredFile | null
}
export interface ExportKind {
  kind: string
  title: string
}

const KEY = ['exports', 'mine']
const LINKS_LIVE = 8 * 60_000
const open = ref(false)
const asked = shallowRef<{ kind: string; filter: Query } | null>(null)

/** The drawer of one's exports; a list opens it with what it shows. */
export const useExportsDrawer = () => ({
  open,
  asked,
  exportList: (kind: string, filter: Query): void => {
    asked.value = { kind, filter }
    open.value = true
  },
})

export const isUnderWay = (one: Pick<Export, 'state'>): boolean => one.state === 'waiting' || one.state === 'running'

/** How far an export is, in percent; one that holds nothing is done at once. */
export const percentOf = (one: Pick<Export, 'state' | 'done' | 'total'>): number => {
  if (one.state === 'done') return 100
  return one.total > 0 ? Math.min(99, Math.floor((100 * one.done) / one.total)) : 0
}

/** One's own exports. What the worker tells moves the bars; what is over is read again for its file. */
export const useMyExports = (enabled: () => boolean) => {
  const client = useQueryClient()
  const again = (): void => void client.invalidateQueries({ queryKey: KEY })
  useFacts(['kit.ExportMoved'], (fact) => {
    const known = client.getQueryData<Export[]>(KEY)?.some(({ id }) => id === fact.export)
    if (!known || fact.state !== 'running') return again()
    client.setQueryData<Export[]>(KEY, (held) =>
      held?.map((one) =>
        one.id === fact.export ? { ...one, state: 'running', done: fact.done, total: fact.total } : one,
      ),
    )
  })
  onScopeDispose(onReset(again))
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<Page<Export>>('/exports', { signal }).then((page) => page.items),
    enabled,
    staleTime: LINKS_LIVE,
    refetchInterval: (query) => (query.state.data?.some(isUnderWay) ? 5000 : LINKS_LIVE),
  })
}

export const useExportKinds = (enabled: () => boolean) =>
  useQuery({
    queryKey: ['exports', 'kinds'],
    queryFn: ({ signal }) => api.get<ExportKind[]>('/exports/kinds', { signal }),
    enabled,
    staleTime: 300_000,
  })

export const useRequestExport = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: { kind: string; form: ExportForm; filter: Query }) => api.post<Export>('/exports', given),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  })
}

export const useCancelExport = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.post<Export>(`/exports/${id}/cancel`),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
}
