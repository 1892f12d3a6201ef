import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, ref, toValue, watch } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import type { ListViewsOut, ViewCardOut } from '@/api/generated'
import { api } from '@/api/staff'

export type ListView = ViewCardOut
type Filters = Record<string, string>

const VIEW = 'view'

/** What a list's address asks for: all but the name of the view. */
export const filtersOf = (query: LocationQuery): Filters =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      name !== VIEW && typeof value === 'string' ? [[name, value]] : [],
    ),
  )

const same = (a: Filters, b: Filters): boolean => {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => a[name] === b[name])
}
const sameOrder = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n')

/** The columns of this list that somebody chose, in his order; all that are usual when he chose none. */
export const chosenColumns = (
  all: readonly string[],
  usual: readonly string[],
  chosen: readonly string[],
): string[] => {
  const known = chosen.filter((column) => all.includes(column))
  return known.length ? known : [...usual]
}

/**
 * The views and columns of one list. Filters live in the address, so that a link opens the same list for everybody;
 * a view puts its filters there. A list opened without any opens with the view that its user wants first.
 */
export const useListTools = (
  code: string,
  all: MaybeRefOrGetter<readonly string[]>,
  usual: MaybeRefOrGetter<readonly string[]> = all,
) => {
  const route = useRoute()
  const router = useRouter()
  const client = useQueryClient()
  const key = ['lists', code]
  const found = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<ListViewsOut>(`/me/lists/${code}`, { signal }),
    staleTime: 60_000,
  })
  const views = computed(() => found.data.value?.views ?? [])
  const first = computed(() => found.data.value?.first ?? null)
  const current = computed(() => views.value.find((view) => view.id === route.query[VIEW]) ?? null)
  /** Columns tried out on a view and not kept yet. */
  const tried = ref<string[] | null>(null)
  watch(
    () => current.value?.id,
    () => (tried.value = null),
  )
  const shown = computed(() => {
    const kept = current.value ? current.value.columns : (found.data.value?.columns ?? [])
    return chosenColumns(toValue(all), toValue(usual), tried.value ?? kept)
  })
  const changed = computed(() => {
    const view = current.value
    if (!view) return false
    const kept = chosenColumns(toValue(all), toValue(usual), view.columns)
    return !same(view.filters, filtersOf(route.query)) || !sameOrder(kept, shown.value)
  })

  const put = (answer: ListViewsOut): void => void client.setQueryData(key, answer)
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: key })
  const show = async (query: Filters): Promise<void> =>
    void (await router.replace({ params: route.params, query, hash: route.hash }))
  const open = (view: ListView | null): Promise<void> => show(view ? { ...view.filters, [VIEW]: view.id } : {})

  const setColumns = async (columns: string[]): Promise<void> => {
    tried.value = columns
    if (current.value) return
    put(await api.put<ListViewsOut>(`/me/lists/${code}`, { columns }))
    tried.value = null
  }
  const save = async (name: string, shared: boolean, opensFirst: boolean): Promise<void> => {
    const given = { name, shared, first: opensFirst, filters: filtersOf(route.query), columns: shown.value }
    const answer = await api.post<ListViewsOut>(`/me/lists/${code}/views`, given)
    put(answer)
    const made = answer.views.find((view) => view.own && view.name === name)
    if (made) await open(made)
  }
  const keep = async (): Promise<void> => {
    if (!current.value) return
    const change = { filters: filtersOf(route.query), columns: shown.value }
    await api.patch(`/me/views/${current.value.id}`, change)
    await again()
    tried.value = null
  }
  const change = async (view: ListView, given: { name?: string; shared?: boolean }): Promise<void> => {
    await api.patch(`/me/views/${view.id}`, given)
    await again()
  }
  const remove = async (view: ListView): Promise<void> => {
    await api.delete(`/me/views/${view.id}`)
    if (current.value?.id === view.id) await show(filtersOf(route.query))
    await again()
  }
  const restore = async (view: ListView): Promise<void> => {
    await api.post(`/me/views/${view.id}/restore`)
    await again()
  }
  const openFirst = async (view: ListView | null): Promise<void> =>
    put(await api.put<ListViewsOut>(`/me/lists/${code}`, view ? { first: view.id } : { plain: true }))

  // a list that is asked for nothing opens the way its user wants
  let asked = Object.keys(route.query).length > 0
  watch(
    found.data,
    (data) => {
      if (asked || !data) return
      asked = true
      const wanted = data.views.find((view) => view.id === data.first)
      if (wanted && !Object.keys(route.query).length) void open(wanted)
    },
    { immediate: true },
  )

  return { views, first, current, shown, changed, open, setColumns, save, keep, change, remove, restore, openFirst }
}
