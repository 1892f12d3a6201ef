import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [{ path: '/account', name: 'account', component: () => import('./AccountPage.vue') }],
}
