import { ref, watch, type Ref } from 'vue'

/** Things kept in this browser. A full or forbidden store must not stop anybody from writing. */
export const kept = {
  read: (name: string): string | null => {
    try {
      return localStorage.getItem(name)
    } catch {
      return null
    }
  },
  write: (name: string, value: string | null): boolean => {
    try {
      if (value === null) localStorage.removeItem(name)
      else localStorage.setItem(name, value)
      return true
    } catch {
      return false
    }
  },
}

const PREFIX = 'shouwen.portal.draft.'

/** A form kept in this browser until it has arrived; `savedAt` says when it was kept last. */
export const useKeptForm = <F extends Record<string, string>>(name: string, empty: F) => {
  const place = PREFIX + name
  const form = ref({ ...empty, ...restore(place, empty) }) as Ref<F>
  const savedAt = ref<number | null>(null)
  const blank = (): boolean => Object.entries(form.value).every(([field, value]) => value === empty[field])
  watch(
    form,
    () => {
      const done = kept.write(place, blank() ? null : JSON.stringify(form.value))
      savedAt.value = done && !blank() ? Date.now() : null
    },
    { deep: true },
  )
  const clear = (): void => {
    form.value = { ...empty }
    kept.write(place, null)
  }
  return { form, savedAt, clear }
}

const restore = (place: string, empty: Record<string, string>): Record<string, string> => {
  try {
    const given: unknown = JSON.parse(kept.read(place) ?? '{}')
    if (typeof given !== 'object' || given === null) return {}
    return Object.fromEntries(
      Object.entries(given).filter(([field, value]) => field in empty && typeof value === 'string'),
    )
  } catch {
    return {}
  }
}

/** Forget what was typed here: at sign-out, because the next person may use the same browser. */
export const forgetForms = (): void => {
  for (const name of Object.keys(localStorage)) if (name.startsWith('shouwen.portal.')) kept.write(name, null)
}
