import { reactive, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * What a page is asked for, kept in its address: a link or a reload shows the same. What is as usual is left out;
 * what else stands in the address stays.
 */
export const useAddress = <T extends Record<string, string>>(usual: T): T => {
  const route = useRoute()
  const router = useRouter()
  const here = route.name
  const told = (name: string): string => {
    const value = route.query[name]
    return typeof value === 'string' ? value : (usual[name] ?? '')
  }
  const read = (): T => Object.fromEntries(Object.keys(usual).map((name) => [name, told(name)])) as T
  const given = reactive<Record<string, string>>(read())
  watch(
    () => route.query,
    () => route.name === here && Object.assign(given, read()),
  )
  watch(given, () => {
    const changed = Object.keys(usual).filter((name) => given[name] !== told(name))
    if (!changed.length || route.name !== here) return
    const query = { ...route.query }
    for (const name of changed) {
      if (given[name] === usual[name]) delete query[name]
      else query[name] = given[name] ?? ''
    }
    void router.replace({ params: route.params, query, hash: route.hash })
  })
  return given as T
}
