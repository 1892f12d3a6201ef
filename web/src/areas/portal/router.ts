import { createRouter, createWebHistory, type Router } from 'vue-router'
import { renewOnce } from '@/ui/renewal'

/** The portal's pages. `plain` pages stand without the tab bar. */
export const makeRouter = (): Router => {
  const router = createRouter({
    history: createWebHistory('/portal/'),
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
    routes: [
      { path: '/', name: 'home', component: () => import('./pages/Home.vue'), meta: { title: 'portal.nav.home' } },
      {
        path: '/apply',
        name: 'apply',
        component: () => import('./pages/Apply.vue'),
        meta: { title: 'portal.nav.apply' },
      },
      {
        path: '/matters',
        name: 'matters',
        component: () => import('./pages/Matters.vue'),
        meta: { title: 'portal.nav.matters' },
      },
      {
        path: '/matters/:number',
        name: 'matter',
        component: () => import('./pages/Matter.vue'),
        props: true,
        meta: { title: 'portal.nav.matters', plain: true },
      },
      {
        path: '/chat',
        name: 'chat',
        component: () => import('./pages/Chat.vue'),
        meta: { title: 'portal.nav.chat', plain: true, full: true },
      },
      { path: '/me', name: 'me', component: () => import('./pages/Me.vue'), meta: { title: 'portal.nav.me' } },
      {
        path: '/sign-in',
        name: 'sign-in',
        component: () => import('./pages/SignIn.vue'),
        meta: { title: 'portal.signIn.title', plain: true },
      },
      {
        path: '/m/:token',
        name: 'link',
        component: () => import('./pages/Link.vue'),
        props: true,
        meta: { title: 'portal.link.title', plain: true },
      },
      {
        path: '/:rest(.*)*',
        name: 'lost',
        component: () => import('./pages/Lost.vue'),
        meta: { title: 'portal.lost.title' },
      },
    ],
  })
  renewOnce(router, 'shouwen.portal.renewed')
  return router
}
