import { ref } from 'vue'

export const helpOpen = ref(false)

/** Which words of the field a page's help explains, by the name of its route. */
export const TERMS: Readonly<Record<string, readonly string[]>> = {
  desk: ['owner', 'presence', 'wrapUp'],
  tickets: ['owner', 'handler', 'deadline', 'escalation'],
  'ticket-queue': ['handler', 'deadline'],
  customers: ['masking', 'star'],
  customer: ['masking', 'star', 'contact'],
  live: ['queue', 'serviceLevel', 'promise'],
  floor: ['queue', 'skill', 'presence'],
  'what-if': ['queue', 'skill', 'version'],
  ledger: ['presence', 'wrapUp'],
  roster: ['presence'],
  figures: ['serviceLevel', 'queue'],
  'figure-definitions': ['serviceLevel'],
  approvals: ['approval'],
  versions: ['version'],
  version: ['version'],
  design: ['version'],
  notices: ['deadline'],
  account: ['factor'],
  staff: ['seat', 'scope', 'owner'],
  organisation: ['scope'],
  roles: ['seat', 'scope'],
  qualifications: ['skill'],
  security: ['factor'],
  log: ['seal', 'masking'],
  privacy: ['masking', 'hold'],
  assessment: ['version', 'masking'],
  activities: ['activity'],
  phones: ['seat'],
  limits: ['deadline', 'escalation', 'version'],
  definitions: ['version', 'queue'],
  system: ['promise'],
  'set-up-list': ['queue', 'seat'],
}
