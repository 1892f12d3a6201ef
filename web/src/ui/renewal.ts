import type { Router } from 'vue-router'

/** A page of a version that is no longer there after an upgrade: fetch the new one, once. */
export const renewOnce = (router: Router, kept: string): void => {
  router.onError((_error, to) => {
    if (sessionStorage.getItem(kept) === to.fullPath) return
    sessionStorage.setItem(kept, to.fullPath)
    location.assign(router.resolve(to.fullPath).href)
  })
  router.afterEach(() => sessionStorage.removeItem(kept))
}
