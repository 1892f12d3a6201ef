import { Headset } from '@lucide/vue'
import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [{ path: '/desk/:id?', name: 'desk', component: () => import('./DeskPage.vue') }],
  nav: { path: '/desk', title: 'nav.desk', icon: Headset, order: 10, permissions: ['messaging.answer'] },
}
