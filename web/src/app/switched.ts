import { Drafts } from '@/api/drafts'
import { savePreferences } from '@/entities/accounts'
import type { Language } from '@/i18n'
import type { Theme } from '@/ui/theme'

/** What somebody has switched; a page that goes away takes its request with it, so it is kept until it is saved. */
export interface Switched {
  language?: Language
  theme?: Theme
}
const kept = new Drafts('shouwen.switched.')

/** What this person has switched and the server may not know yet. */
export const unsaved = (person: number): Switched => kept.read<Switched>(String(person)) ?? {}

/** Save what was switched, with what is still unsaved; what cannot be saved now is saved at the next visit. */
export const saveSwitched = async (person: number, change: Switched = {}): Promise<void> => {
  const wanted = { ...unsaved(person), ...change }
  if (Object.keys(wanted).length === 0) return
  kept.write(String(person), wanted)
  const saved = await savePreferences(wanted).then(
    () => true,
    () => false,
  )
  if (saved && JSON.stringify(unsaved(person)) === JSON.stringify(wanted)) kept.drop(String(person))
}
