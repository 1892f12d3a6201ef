import { Megaphone } from '@lucide/vue'
import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [{ path: '/floor', name: 'floor', component: () => import('./FloorPage.vue') }],
  nav: { path: '/floor', title: 'nav.floor', icon: Megaphone, order: 55, permissions: ['routing.lead'] },
}
