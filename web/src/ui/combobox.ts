import type { Directive } from 'vue'

/**
 * Make a kit's cascading choice known as what it is: its text field says whether the list is open, but neither
 * its role nor its name. The value is the name.
 */
export const vCombobox: Directive<HTMLElement, string> = (root, { value }) => {
  const field = root.querySelector('input')
  if (!field) return
  field.setAttribute('role', 'combobox')
  field.setAttribute('aria-label', value)
  field.setAttribute('aria-haspopup', 'tree')
  if (!field.hasAttribute('aria-expanded')) field.setAttribute('aria-expanded', 'false')
}
