/** The pages of administration, in the order of their tabs; each shows to those who may use it. */
export const PAGES = [
  { path: '/admin/staff', word: 'staff', permission: 'accounts.staff.view' },
  { path: '/admin/roles', word: 'roles', permission: 'accounts.roles.edit' },
  { path: '/admin/qualifications', word: 'qualifications', permission: 'accounts.qualifications.manage' },
  { path: '/admin/organisation', word: 'organisation', permission: 'accounts.staff.manage' },
  { path: '/admin/set-up', word: 'setUp', permission: 'accounts.operator.manage' },
  { path: '/admin/privacy', word: 'privacy', permission: 'privacy.view' },
  { path: '/admin/system', word: 'system', permission: 'health.view' },
  { path: '/admin/security', word: 'security', permission: 'accounts.security.manage' },
  { path: '/admin/log', word: 'log', permission: 'accounts.security-log.view' },
  { path: '/admin/activities', word: 'activities', permission: 'kit.activities.view' },
  { path: '/admin/definitions', word: 'definitions', permission: 'kit.versions.view' },
  { path: '/admin/phones', word: 'phones', permission: 'telephony.phones.set' },
  { path: '/admin/limits', word: 'limits', permission: 'sla.rules.view' },
] as const
