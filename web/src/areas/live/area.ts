import { Activity } from '@lucide/vue'
import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [{ path: '/board', name: 'live', component: () => import('./BoardPage.vue') }],
  nav: { path: '/board', title: 'nav.live', icon: Activity, order: 50, permissions: ['desk.board.view'] },
}
