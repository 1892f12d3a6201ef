import { CalendarClock } from '@lucide/vue'
import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [{ path: '/roster', name: 'roster', component: () => import('./RosterPage.vue') }],
  nav: { path: '/roster', title: 'nav.roster', icon: CalendarClock, order: 57, permissions: ['workforce.view'] },
}
