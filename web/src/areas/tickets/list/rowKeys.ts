import { useEventListener } from '@vueuse/core'
import type { ShallowRef } from 'vue'

/** Arrow keys move the focus through the links of a list; Enter opens, as with any link. */
export const useRowKeys = (place: Readonly<ShallowRef<HTMLElement | null>>, selector: string): void => {
  useEventListener(place, 'keydown', (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!by || event.altKey || !place.value) return
    const links = [...place.value.querySelectorAll<HTMLElement>(selector)]
    const at = links.indexOf(document.activeElement as HTMLElement)
    event.preventDefault()
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus()
  })
}
