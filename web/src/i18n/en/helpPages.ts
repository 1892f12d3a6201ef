import type * as zh from '../zh/helpPages'

/** What each page is for, by the name of its route. */
export const pages: typeof zh.pages = {
  desk: {
    title: 'Desk',
    what: 'Serve web chats: accept, answer, write the service record, open a ticket where needed.',
    how: 'A card shows each new chat; it leaves your list once its service record is complete.',
  },
  tickets: {
    title: 'Tickets',
    what: 'See and work tickets: handle, hand over, wait for the customer, resolve, reopen.',
    how: 'Choose on the left, work on the right. The side shows the owner and how each deadline came about.',
  },
  'ticket-queue': {
    title: 'Tickets to take',
    what: 'The back office takes what nobody works on yet.',
    how: 'The most urgent stand first. Take one, or simply the next.',
  },
  customers: {
    title: 'Customers',
    what: 'Find customers by number, name or account; register new ones.',
    how: 'Numbers and names are masked; a full look needs a reason and is on record.',
  },
  customer: {
    title: 'One customer',
    what: 'One customer: data, tickets, every contact.',
    how: 'Read what happened in order of time; give a reason to see a number in full.',
  },
  live: {
    title: 'Live board',
    what: 'This moment: traffic, people, queues, and the promise that nothing is lost, doubled or ownerless.',
    how: 'Press a number for what is behind it; beside an alert stands what can be done.',
  },
  floor: {
    title: 'Floor',
    what: 'The duty leader runs the floor: who waits, who is there, borrowing and announcements.',
    how: 'Pull a contact, borrow staff, pause a queue, announce; every step is on record.',
  },
  'what-if': {
    title: 'Rules tried out',
    what: 'Contacts of past days given out once more under rules that are not published.',
    how: 'Choose queue, draft and days; the result stands beside what happened and the rules in force.',
  },
  ledger: {
    title: 'Time ledger',
    what: 'What each second of a day was; the parts add up exactly to the signed-in time.',
    how: 'Your own from the presence menu; leaders press a name on the floor.',
  },
  roster: {
    title: 'Roster',
    what: 'Who works, rests, learns or meets when, and what of it is paid.',
    how: 'Plan a shift or import a roster; press a block to remove it. Utilisation, shrinkage and adherence come from here.',
  },
  figures: {
    title: 'Figures',
    what: 'Every figure by interval, day, queue, agent and channel.',
    how: 'Press a number to see the contacts behind it. Columns and days can be kept as a view.',
  },
  'figure-definitions': {
    title: 'Definitions of figures',
    what: 'What each number means: formula, source, edge cases.',
    how: 'Read the definition before comparing numbers.',
  },
  approvals: {
    title: 'Approvals',
    what: 'What needs a second person: compensation, exceptions.',
    how: 'Read reason and amount; decide with a remark. Nobody decides on his own request.',
  },
  versions: {
    title: 'Versions',
    what: 'Forms, time limits and other things that are drafted, reviewed and in force from a date.',
    how: 'One drafts, another publishes; what runs keeps its version.',
  },
  version: {
    title: 'One version',
    what: 'Content, differences and past of one version.',
    how: 'Submit, send back, publish and roll back here.',
  },
  design: {
    title: 'Form designer',
    what: 'Design a form: steps, fields, conditions, help.',
    how: 'Outline on the left, field on the right; each field needs a label and help in both languages.',
  },
  notices: {
    title: 'Notices',
    what: 'What you were told: assignments, deadlines, urging, qualifications that end.',
    how: 'Open what a notice is about; mark all as read.',
  },
  account: {
    title: 'My account',
    what: 'Password, second factor, sessions, tokens, time zone.',
    how: 'If you do not know a device, sign it out and change your password.',
  },
  staff: {
    title: 'Staff',
    what: 'Who works here: seat types, organisation, active or not.',
    how: 'Before somebody is deactivated, name who covers his open matters.',
  },
  organisation: {
    title: 'Organisation',
    what: 'Group, provinces, cities and teams.',
    how: 'The organisation decides which data somebody sees.',
  },
  roles: {
    title: 'Seat types',
    what: 'What each seat may do.',
    how: 'A change counts at once for all who hold the seat; somebody must be able to give access.',
  },
  qualifications: {
    title: 'Qualifications',
    what: 'Who is qualified for what, at which level, until when.',
    how: 'The holder hears a month before it ends.',
  },
  security: {
    title: 'Sign-in rules',
    what: 'Length, history and age of passwords; locking.',
    how: 'They count from the next sign-in or change.',
  },
  log: {
    title: 'Security log',
    what: 'Who looked at or changed what, and when.',
    how: 'Filter by person, object and time; sealed lines cannot be changed unnoticed.',
  },
  privacy: {
    title: 'Personal data',
    what: 'Which personal data is held, why, how long, and what becomes of it.',
    how: 'The register follows the declarations; a legal hold keeps data from erasure.',
  },
  assessment: {
    title: 'Impact assessment',
    what: 'One assessment of what processing means for people: purpose, risks, measures, conclusion.',
    how: 'What is due comes from the register; one drafts, another publishes.',
  },
  activities: {
    title: 'Activities',
    what: 'What flows may call, and what waits for a person because a machine could not.',
    how: 'What waits stands on top; the flow goes on when it is done.',
  },
  phones: {
    title: 'Phones',
    what: 'Which phones there are, whose they are, who uses them now, whether they register, and the rules for calling out.',
    how: 'A password is shown once: enter it at the phone then. Give a new one when it is lost, and retire what nobody uses.',
  },
  limits: {
    title: 'Time limits',
    what: 'Policies, working calendars, ladders, and a trial calculation.',
    how: 'Try out first, then submit a version; each deadline tells how it came about.',
  },
  definitions: {
    title: 'Definitions',
    what: 'Queues, reasons, categories and other definitions.',
    how: 'Changes are versions: one drafts, another publishes.',
  },
  system: {
    title: 'System',
    what: 'Processes, chores, jobs, storage, certificates, slow statements.',
    how: 'See to what is red first; failed jobs can be tried again.',
  },
  'set-up-list': {
    title: 'Setting up',
    what: 'What is left from empty to the first chat.',
    how: 'Go down the list; every step can be changed later.',
  },
}

/** Words of the field. */
export const terms: typeof zh.terms = {
  owner: {
    word: 'Owner',
    means: 'the first person asked; answers for the request until it is closed or a hand-over is accepted',
  },
  handler: { word: 'Handler', means: 'who works on it now' },
  deadline: { word: 'Deadline', means: 'by when a promise must be kept; it pauses while we wait for the customer' },
  escalation: { word: 'Escalation', means: 'a higher leader is told when a deadline nears or has passed' },
  presence: { word: 'Presence', means: 'ready, not ready, wrap-up, break: decides whether new contacts come' },
  wrapUp: { word: 'Wrap-up', means: 'time after a contact to write its record' },
  masking: { word: 'Masking', means: 'numbers and names are shown in part; a full look needs a reason' },
  star: { word: 'Star tier', means: 'the customer’s tier, which counts in priority' },
  contact: { word: 'Contact', means: 'one time a customer and we were in touch, whatever the channel' },
  queue: { word: 'Queue', means: 'contacts that wait for the same kind of staff' },
  skill: { word: 'Skill', means: 'which requests somebody can take, and how well' },
  serviceLevel: { word: 'Service level', means: 'share of contacts answered within so many seconds' },
  promise: { word: 'Promise', means: 'no request is lost, doubled, or without an owner and a clock' },
  approval: { word: 'Approval', means: 'a second person with the right decides' },
  version: {
    word: 'Version',
    means: 'content that was drafted, reviewed and is in force from a date; what runs keeps its own',
  },
  factor: { word: 'Second factor', means: 'six digits from your phone at sign-in' },
  seat: { word: 'Seat type', means: 'a set of permissions: what somebody may do' },
  scope: { word: 'Data scope', means: 'of which organisations somebody sees the data' },
  seal: { word: 'Seal', means: 'lines of the log are chained, so that a change is found' },
  hold: { word: 'Legal hold', means: 'kept from erasure because the law asks for it' },
  activity: { word: 'Activity', means: 'a deed that flows may call; a person finishes it where a machine could not' },
}
