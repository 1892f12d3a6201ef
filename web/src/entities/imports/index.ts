import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, ref, type Ref, shallowRef } from 'vue'
import { api, upload } from '@/api/staff'
import type { StoredFile } from '@/api/upload'
import { onReset, useFacts } from '@/live'

export type ImportState = 'draft' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'undoing' | 'undone'
export interface ImportField {
  key: string
  title: string
  required: boolean
  example: string
}
export interface ImportKind {
  kind: string
  title: string
  fields: ImportField[]
}
export interface ImportWrong {
  line: number
  field: string
  text: string
}
/** A table on its way in, as far as it is. */
export interface Import {
  id: string
  kind: string
  title: string
  file_name: string
  state: ImportState
  headings: string[]
  fields: ImportField[]
  mapping: Record<string, number>
  total: number
  done: number
  good: number
  bad: number
  written: number
  kept: number
  choice: string
  error: string
  preview: { line: number; cells: Record<string, string> }[]
  wrong: ImportWrong[]
  error_file: StoredFile | null
}

const wanted = ref('')
const given = shallowRef<File | null>(null)

/** The dialog of an import; a list opens it with what it holds. */
export const useImportDialog = () => ({
  kind: wanted,
  /** What to begin with, when it is there already: a table that was pasted. */
  file: given,
  importInto: (kind: string, file: File | null = null): void => {
    given.value = file
    wanted.value = kind
  },
})

export const WORKING: ReadonlySet<ImportState> = new Set(['checking', 'running', 'undoing'])

/**
 * A pasted table as a file. Full-width marks count as theirs, and a table without a heading has its columns in the
 * order in which they are named.
 */
export const pasted = (text: string, fields: readonly ImportField[]): File => {
  const plain = text.trim().replaceAll('，', ',').replaceAll('；', ';')
  const [first = ''] = plain.split('\n')
  const mark = ['\t', ';'].find((one) => first.includes(one)) ?? ','
  const known = new Set(fields.flatMap(({ title, key }) => [title.toLowerCase(), key]))
  const named = first.split(mark).some((cell) => known.has(cell.trim().toLowerCase()))
  const heading = named ? '' : `${fields.map(({ title }) => title).join(mark)}\n`
  return new File([heading + plain], 'table.csv', { type: 'text/csv' })
}

/** How far a step is, in percent; a check does not know how many rows there are. */
export const stepPercent = (one: Pick<Import, 'done' | 'total'>): number =>
  one.total > 0 ? Math.min(100, Math.floor((100 * one.done) / one.total)) : 0

export const useImportKinds = (enabled: () => boolean) =>
  useQuery({
    queryKey: ['imports', 'kinds'],
    queryFn: ({ signal }) => api.get<ImportKind[]>('/imports/kinds', { signal }),
    enabled,
    staleTime: 300_000,
  })

/** One import: read again whenever the worker says that it moved. */
export const useImport = (id: Ref<string>) => {
  const client = useQueryClient()
  const key = computed(() => ['imports', 'one', id.value])
  const again = (): void => void client.invalidateQueries({ queryKey: ['imports', 'one'] })
  useFacts(['kit.ImportMoved'], (fact) => {
    if (fact.run !== id.value) return
    const held = client.getQueryData<Import>(key.value)
    if (held && held.state === fact.state && WORKING.has(held.state)) {
      client.setQueryData<Import>(key.value, { ...held, done: fact.done, total: fact.total })
    } else again()
  })
  onScopeDispose(onReset(again))
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Import>(`/imports/${id.value}`, { signal }),
    enabled: () => Boolean(id.value),
    refetchInterval: (query) => (query.state.data && WORKING.has(query.state.data.state) ? 4000 : false),
  })
}

/** Upload a table and begin: one file under one key is one import. */
export const useBeginImport = () =>
  useMutation({
    mutationFn: async (given: { kind: string; file: File; progress: (part: number) => void }) => {
      const sending = { file: given.file, key: crypto.randomUUID(), progress: given.progress }
      const kept = await upload({ ...sending, query: { purpose: 'import' } })
      return api.post<Import>('/imports', { kind: given.kind, file: kept.id })
    },
  })

type Step =
  | { verb: 'mapping'; body: { mapping: Record<string, number> } }
  | { verb: 'start'; body: { choice: 'all' | 'good' } }
  | { verb: 'check' | 'undo' }

/** One step of an import. */
export const useImportStep = (id: Ref<string>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (step: Step) => {
      const place = `/imports/${id.value}/${step.verb}`
      if (step.verb === 'mapping') return api.put<Import>(place, step.body)
      return api.post<Import>(place, 'body' in step ? step.body : undefined)
    },
    onSuccess: (found) => {
      client.setQueryData(['imports', 'one', found.id], found)
      if (WORKING.has(found.state)) return
      void client.invalidateQueries({ queryKey: [found.kind === 'customers' ? 'customers' : 'accounts'] })
    },
  })
}
