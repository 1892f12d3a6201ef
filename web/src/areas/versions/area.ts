import { GitCompareArrows } from '@lucide/vue'
import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [
    { path: '/versions', name: 'versions', component: () => import('./VersionsPage.vue') },
    { path: '/versions/:id(\\d+)', name: 'version', component: () => import('./VersionPage.vue'), props: true },
    { path: '/versions/:id(\\d+)/design', name: 'design', component: () => import('./DesignPage.vue'), props: true },
  ],
  nav: {
    path: '/versions',
    title: 'nav.versions',
    icon: GitCompareArrows,
    order: 80,
    permissions: ['kit.versions.view'],
  },
}
