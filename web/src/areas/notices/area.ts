import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [{ path: '/notices', name: 'notices', component: () => import('./NoticesPage.vue') }],
}
