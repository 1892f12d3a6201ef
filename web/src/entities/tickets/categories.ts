import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Category, CategoryNode } from './types'
import { useCategories } from '.'

/** The tree out of its flat list, each node below its parent, in the reader's language. */
export const treeOf = (flat: readonly Category[], english: boolean): CategoryNode[] => {
  const nodes = new Map<string, CategoryNode>()
  const roots: CategoryNode[] = []
  for (const one of flat) {
    const node: CategoryNode = { value: one.code, label: english ? one.name_en : one.name_zh }
    nodes.set(one.code, node)
    const parent = one.parent === null ? undefined : nodes.get(one.parent)
    if (parent) (parent.children ??= []).push(node)
    else roots.push(node)
  }
  return roots
}

export const useCategoryTree = (): ComputedRef<CategoryNode[]> => {
  const { locale } = useI18n()
  const { data } = useCategories()
  return computed(() => treeOf(data.value ?? [], locale.value === 'en'))
}
