import { ListChecks } from '@lucide/vue'
import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [
    { path: '/tickets/queue', name: 'ticket-queue', component: () => import('./QueuePage.vue') },
    { path: '/tickets/:number?', name: 'tickets', component: () => import('./TicketsPage.vue') },
  ],
  nav: { path: '/tickets', title: 'nav.tickets', icon: ListChecks, order: 20, permissions: ['tickets.view'] },
}
