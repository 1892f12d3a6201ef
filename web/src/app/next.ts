/** Where to go on after signing in: only our own pages, an address from outside may not send people elsewhere. */
export const ownPage = (next: unknown): string => (typeof next === 'string' && /^\/(?!\/)/.test(next) ? next : '/')

const KEY = 'shouwen.next'

/** Keep where to go on while the browser is at the identity provider. */
export const keepNext = (next: unknown): void => sessionStorage.setItem(KEY, ownPage(next))

export const takeNext = (): string => {
  const kept = ownPage(sessionStorage.getItem(KEY))
  sessionStorage.removeItem(KEY)
  return kept
}
