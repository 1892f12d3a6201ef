import type { QueryClient } from '@tanstack/vue-query'
import { ref, watch } from 'vue'
import { ApiProblem } from '@/api/problem'
import { reach, returned } from '@/api/reach'
import { workspace } from '@/api/staff'
import { touch, watchTouch } from '@/api/touched'
import { houseClock, loadMe, type Me, refreshMe, signOut, useMe } from '@/entities/accounts'
import { outboxesOf } from '@/entities/messaging'
import { type Language, setLanguage } from '@/i18n'
import { setZone } from '@/i18n/format'
import { words } from '@/i18n/workspace'
import { liveState, onFact, startLive, stopLive } from '@/live'
import { giveKeys } from '@/ui/keys'
import { alignTo } from '@/ui/now'
import { setTheme } from '@/ui/theme'
import { saveSwitched, unsaved } from './switched'

/** The session ended while somebody worked: the page stays as it is under the sign-in. */
export const interrupted = ref(false)
/** Nobody is there: what stands on the page is covered too. */
export const covered = ref(false)

/** The server does not answer yet: a page that was loaded meanwhile waits for it. */
export const waiting = ref(false)
/** The live line is down; whether that is because nobody is signed in here any more is asked first. */
export const lineLost = ref(false)

const { me } = useMe()
let client: QueryClient | null = null

// a key that its user changed counts at once
watch(
  () => me.value?.keys,
  (changed) => giveKeys(changed ?? {}),
)

const ALIGN_MS = 300_000
let aligning: ReturnType<typeof setTimeout> | undefined
/** Go by the server's clock; asked again now and then, because computers sleep. */
const align = async (): Promise<void> => {
  clearTimeout(aligning)
  aligning = setTimeout(() => void align(), ALIGN_MS)
  const given = await houseClock().catch(() => null)
  if (given) alignTo(given.now, given.speed)
}

const AGAIN_MS = 1000
/** Who is signed in here, asked until the server answers: nobody signs in anew because it was away for a moment. */
export const whoIsHere = async (): Promise<Me | null> => {
  for (;;) {
    try {
      const who = await loadMe()
      waiting.value = false
      return who
    } catch (error) {
      waiting.value = error instanceof ApiProblem && error.uncertain
      if (!waiting.value) return null
    }
    await new Promise((again) => setTimeout(again, AGAIN_MS))
  }
}

/** Take over what a person has set and connect. */
export const entered = (who: Me): void => {
  touch()
  const { language, theme } = { ...who, ...unsaved(who.id) }
  if (language === 'zh-CN' || language === 'en') setLanguage(words, language)
  setZone(who.time_zone || who.operator.time_zone)
  if (theme === 'light' || theme === 'dark' || theme === 'system') setTheme(theme)
  void saveSwitched(who.id)
  giveKeys(who.keys)
  interrupted.value = false
  covered.value = false
  startLive(`staff:${who.id}`)
  if (client) outboxesOf(client).begin(String(who.id))
  void align()
}

/** Signed in again: the same person goes on where he was, another begins anew. */
export const reentered = (who: Me, before: number | undefined): void => {
  if ((before !== undefined && before !== who.id) || who.dues.length) {
    location.assign('/')
    return
  }
  entered(who)
  void client?.invalidateQueries()
}

/** Nobody was here for too long, or the session's time is over: the page waits, covered, under the sign-in. */
export const lapse = (): void => {
  interrupted.value = true
  covered.value = true
  stopLive()
  void houseClock().catch(() => undefined)
}

/** Sign out in every tab of this browser. */
export const leave = async (): Promise<void> => {
  const next = await signOut()
  stopLive()
  location.assign(next || '/sign-in')
}

export const startSession = (queryClient: QueryClient): void => {
  client = queryClient
  watchTouch(window)
  workspace.language = (): string => words.global.locale.value as Language
  workspace.signedOut = (): void => {
    if (!me.value || interrupted.value) return
    interrupted.value = true
    stopLive()
  }
  // what somebody may do changed: his rail and his buttons follow
  const again = (): void => void loadMe().then(() => queryClient.invalidateQueries()).catch(() => undefined)
  // the line is back: what could not go goes now, in order and under its old keys
  watch(
    () => liveState.connected,
    (connected) => connected && outboxesOf(queryClient).retry(),
  )
  watch(
    () => liveState.wanted && liveState.attempts > 0,
    async (down) => {
      if (down) await refreshMe().catch(() => undefined)
      lineLost.value = liveState.wanted && liveState.attempts > 0
    },
  )
  watch(
    () => reach.away,
    async (away) => {
      if (!away) return
      await returned(houseClock)
      outboxesOf(queryClient).retry()
      await queryClient.invalidateQueries()
    },
  )
  onFact('accounts.AccessChanged', again)
  onFact('accounts.RoleChanged', again)
}
