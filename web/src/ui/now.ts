import { readonly, ref } from 'vue'

/** Where the server's clock stood when it was last asked, on which moment of ours, and how fast it runs. */
let there = Date.now()
let here = there
let pace = 1

const now = ref(there)
const tick = (): void => {
  now.value = there + (Date.now() - here) * pace
}
setInterval(tick, 1000)

/** The time that every countdown on the screen shares, in milliseconds, once a second. */
export const useNow = () => readonly(now)

const NEGLIGIBLE_MS = 2000

/** The server's clock rules: a screen whose own clock is wrong still counts right, also in a trial that runs fast. */
export const alignTo = (serverTime: string, speed = 1): void => {
  const said = Date.parse(serverTime)
  if (Number.isNaN(said)) return
  const same = speed === 1 && Math.abs(said - Date.now()) < NEGLIGIBLE_MS
  here = Date.now()
  there = same ? here : said
  pace = speed
  tick()
}
