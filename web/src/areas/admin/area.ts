import { Settings } from '@lucide/vue'
import type { Area } from '@/ui/area'
import { PAGES } from './pages'

export const area: Area = {
  routes: [
    { path: '/admin', name: 'admin', redirect: '/admin/staff' },
    { path: '/admin/staff', name: 'staff', component: () => import('./StaffPage.vue') },
    { path: '/admin/roles/:code?', name: 'roles', component: () => import('./roles/RolesPage.vue') },
    { path: '/admin/set-up', name: 'set-up-list', component: () => import('./setup/SetUpPage.vue') },
    { path: '/admin/privacy/:part?', name: 'privacy', component: () => import('./privacy/PrivacyPage.vue') },
    {
      path: '/admin/privacy/assessments/:id(\\d+)',
      name: 'assessment',
      component: () => import('./privacy/AssessmentPage.vue'),
      props: true,
    },
    { path: '/admin/system', name: 'system', component: () => import('./system/SystemPage.vue') },
    { path: '/admin/limits/:kind?', name: 'limits', component: () => import('./limits/LimitsPage.vue') },
    {
      path: '/admin/definitions/:kind?',
      name: 'definitions',
      component: () => import('./definitions/DefinitionsPage.vue'),
    },
    { path: '/admin/phones', name: 'phones', component: () => import('./phones/PhonesPage.vue') },
    { path: '/admin/organisation', name: 'organisation', component: () => import('./OrganisationPage.vue') },
    {
      path: '/admin/qualifications',
      name: 'qualifications',
      component: () => import('./qualifications/QualificationsPage.vue'),
    },
    { path: '/admin/log', name: 'log', component: () => import('./log/LogPage.vue') },
    { path: '/admin/security', name: 'security', component: () => import('./SecurityPage.vue') },
    { path: '/admin/activities', name: 'activities', component: () => import('./ActivitiesPage.vue') },
  ],
  nav: {
    path: '/admin',
    title: 'nav.admin',
    icon: Settings,
    order: 90,
    permissions: ['accounts.staff.manage', 'accounts.roles.assign', ...PAGES.slice(1).map((page) => page.permission)],
  },
}
