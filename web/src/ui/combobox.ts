import type { Directive } from 'vue'

const name = (root: HTMLElement, label: string): boolean => {
  const field = root.querySelector('input')
  if (!field) return false
  field.setAttribute('role', 'combobox')
  field.setAttribute('aria-label', label)
  field.setAttribute('aria-haspopup', 'tree')
  if (!field.hasAttribute('aria-expanded')) field.setAttribute('aria-expanded', 'false')
  return true
}

/**
 * Make a kit's cascading choice known as what it is: its text field says whether the list is open, but neither
 * its role nor its name. It belongs on an element around the choice; the value is the name. The field may come, or be drawn anew, after the choice itself.
 */
export const vCombobox: Directive<HTMLElement & { watched?: MutationObserver }, string> = {
  mounted(root, { value }) {
    name(root, value)
    root.watched = new MutationObserver(() => name(root, root.dataset.comboboxName ?? value))
    root.watched.observe(root, { childList: true, subtree: true })
  },
  updated(root, { value }) {
    root.dataset.comboboxName = value
    name(root, value)
  },
  beforeUnmount(root) {
    root.watched?.disconnect()
  },
}
