import { ChartColumn } from '@lucide/vue'
import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [
    { path: '/figures', name: 'figures', component: () => import('./FiguresPage.vue') },
    { path: '/figures/definitions', name: 'figure-definitions', component: () => import('./DefinitionsPage.vue') },
  ],
  nav: { path: '/figures', title: 'nav.figures', icon: ChartColumn, order: 60, permissions: ['desk.figures.view'] },
}
