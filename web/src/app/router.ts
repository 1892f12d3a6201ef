import { createRouter, createWebHistory } from 'vue-router'
import { loadMe, useMe } from '@/entities/accounts'
import { areas, navigationFor } from './areas'
import { entered } from './session'

export const router = createRouter({
  history: createWebHistory('/'),
  routes: [
    { path: '/', name: 'home', redirect: () => navigationFor(useMe().may)[0]?.path ?? '/notices' },
    { path: '/sign-in', name: 'sign-in', component: () => import('./SignInPage.vue'), meta: { open: true } },
    { path: '/set-up', name: 'set-up', component: () => import('./SetUpPage.vue'), meta: { open: true } },
    ...areas.flatMap((area) => area.routes),
    { path: '/:rest(.*)*', name: 'not-found', component: () => import('./NotFound.vue') },
  ],
})

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  const { me } = useMe()
  if (me.value) return true
  const who = await loadMe().catch(() => null)
  if (!who) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  entered(who)
  return to.name === 'home' ? { path: '/', replace: true } : true
})
