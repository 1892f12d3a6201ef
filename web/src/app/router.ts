import { createRouter, createWebHistory } from 'vue-router'
import { loadMe, useMe } from '@/entities/accounts'
import { words } from '@/i18n/workspace'
import { renewOnce } from '@/ui/renewal'
import { areas, navigationFor } from './areas'
import { entered, whoIsHere } from './session'

export const router = createRouter({
  history: createWebHistory('/'),
  routes: [
    { path: '/', name: 'home', component: () => import('./NotFound.vue') },
    { path: '/sign-in', name: 'sign-in', component: () => import('./SignInPage.vue'), meta: { open: true } },
    { path: '/sign-in/back', name: 'sign-in-back', component: () => import('./SignInBack.vue'), meta: { open: true } },
    { path: '/dues', name: 'dues', component: () => import('./DuesPage.vue'), meta: { open: true } },
    { path: '/set-up', name: 'set-up', component: () => import('./SetUpPage.vue'), meta: { open: true } },
    ...areas.flatMap((area) => area.routes),
    { path: '/:rest(.*)*', name: 'not-found', component: () => import('./NotFound.vue') },
  ],
})

renewOnce(router, 'shouwen.renewed')

/** The first page of the rail that this person may open. */
const first = (): string => navigationFor(useMe().may)[0]?.path ?? '/notices'

router.beforeEach(async (to) => {
  const { me } = useMe()
  if (to.name === 'dues' && !me.value) await loadMe().catch(() => null)
  if (to.meta.open) return to.name === 'dues' && !me.value?.dues.length ? { path: '/' } : true
  if (!me.value) {
    const who = await whoIsHere()
    if (!who) return { name: 'sign-in', query: to.name === 'home' ? {} : { next: to.fullPath } }
    if (!who.dues.length) entered(who)
  }
  if (me.value?.dues.length) return { name: 'dues', query: to.name === 'home' ? {} : { next: to.fullPath } }
  return to.name === 'home' ? { path: first(), replace: true } : true
})

router.afterEach((to) => {
  const { t } = words.global
  const page = areas.find(({ nav }) => nav && (to.path === nav.path || to.path.startsWith(`${nav.path}/`)))?.nav
  const title = to.meta.open ? t('signIn.title') : page ? t(page.title) : to.name === 'notices' ? t('nav.notices') : ''
  document.title = [title, t('shell.product')].filter(Boolean).join(' · ')
})
