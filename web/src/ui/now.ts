import { readonly, ref } from 'vue'

const now = ref(Date.now())
let ahead = 0
setInterval(() => (now.value = Date.now() + ahead), 1000)

/** The time every countdown on the screen shares, in milliseconds, once a second. */
export const useNow = () => readonly(now)

/** The server's clock rules; a screen whose own clock is wrong still counts right. */
export const alignTo = (serverTime: string): void => {
  const there = Date.parse(serverTime)
  if (Number.isNaN(there) || Math.abs(there - Date.now()) < 2000) return
  ahead = there - Date.now()
  now.value = there
}
