import { Megaphone } from '@lucide/vue'
import type { Area } from '@/ui/area'

export const area: Area = {
  routes: [
    { path: '/floor', name: 'floor', component: () => import('./FloorPage.vue') },
    { path: '/floor/what-if', name: 'what-if', component: () => import('./WhatIfPage.vue') },
    { path: '/ledger/:staff?', name: 'ledger', component: () => import('./LedgerPage.vue'), props: true },
  ],
  nav: { path: '/floor', title: 'nav.floor', icon: Megaphone, order: 55, permissions: ['routing.lead'] },
}
