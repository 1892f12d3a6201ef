import { Settings } from '@lucide/vue'
import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [
    { path: '/admin', name: 'admin', redirect: '/admin/staff' },
    { path: '/admin/staff', name: 'staff', component: () => import('./StaffPage.vue') },
  ],
  nav: { path: '/admin', title: 'nav.admin', icon: Settings, order: 90, permissions: ['accounts.staff.manage'] },
}
