import { Stamp } from '@lucide/vue'
import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [{ path: '/approvals', name: 'approvals', component: () => import('./ApprovalsPage.vue') }],
  nav: {
    path: '/approvals',
    title: 'nav.approvals',
    icon: Stamp,
    order: 24,
    permissions: ['tickets.compensation.approve', 'tickets.compensation.ask'],
  },
}
