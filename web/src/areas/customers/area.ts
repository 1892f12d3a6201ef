import { UserRound } from '@lucide/vue'
import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [
    { path: '/customers', name: 'customers', component: () => import('./CustomersPage.vue') },
    { path: '/customers/:id(\\d+)', name: 'customer', component: () => import('./CustomerPage.vue') },
  ],
  nav: { path: '/customers', title: 'nav.customers', icon: UserRound, order: 30, permissions: ['customers.view'] },
}
