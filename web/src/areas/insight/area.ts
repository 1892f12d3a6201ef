import { ChartColumn } from '@lucide/vue'
import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [{ path: '/figures/definitions', name: 'definitions', component: () => import('./DefinitionsPage.vue') }],
  nav: {
    path: '/figures/definitions',
    title: 'nav.figures',
    icon: ChartColumn,
    order: 60,
    permissions: ['desk.board.view'],
  },
}
