/** Every fact a browser may hear, with its payload. Ids are the server's own. */
interface Offer {
  work_item_id: number
  subject: string
  subject_id: number
}
interface Clock {
  subject: string
  subject_id: number
  metric: string
}
interface Matter {
  subject: string
  subject_id: number
}
interface Conversation {
  interaction_id: number
}
interface Ticket {
  ticket_id: number
}

export interface Facts {
  'routing.WorkWaiting': Offer
  'routing.WorkOffered': Offer & { staff_id: number; expires_at: string }
  'routing.WorkAssigned': Offer & { staff_id: number }
  'routing.OfferMissed': Offer & { staff_id: number }
  'routing.WorkAbandoned': Offer
  'routing.WorkFinished': Offer
  'routing.PresenceChanged': { staff_id: number; state: string }
  'routing.SkillChanged': { staff_id: number }
  'interactions.InteractionOpened': Conversation
  'interactions.MessagePosted': Conversation & { message_id: number; seq: number; author_kind: string }
  'interactions.InteractionEnded': Conversation
  'interactions.InteractionClosed': Conversation
  'interactions.InteractionRated': Conversation
  'tickets.TicketOpened': Ticket
  'tickets.TicketTaken': Ticket
  'tickets.TicketAssigned': Ticket
  'tickets.TicketNoted': Ticket
  'tickets.TicketHeld': Ticket
  'tickets.TicketResumed': Ticket
  'tickets.TicketWaiting': Ticket
  'tickets.TicketResolved': Ticket
  'tickets.TicketConfirmed': Ticket
  'tickets.TicketReopened': Ticket
  'tickets.TicketClosed': Ticket
  'tickets.TicketCancelled': Ticket
  'tickets.TicketUrged': Ticket
  'tickets.TicketSupplemented': Ticket
  'tickets.ContactAttempted': Ticket
  'sla.DeadlineWarned': Clock
  'sla.DeadlineBreached': Clock
  'responsibility.OwnerChanged': Matter
  'responsibility.HandlerChanged': Matter
  'responsibility.HandOverOffered': Matter
  'notifications.NoticeCreated': { notification_id: number }
  'accounts.AccessChanged': { staff_id: number }
}
export type FactName = keyof Facts

const NAMES: Record<FactName, true> = {
  'routing.WorkWaiting': true,
  'routing.WorkOffered': true,
  'routing.WorkAssigned': true,
  'routing.OfferMissed': true,
  'routing.WorkAbandoned': true,
  'routing.WorkFinished': true,
  'routing.PresenceChanged': true,
  'routing.SkillChanged': true,
  'interactions.InteractionOpened': true,
  'interactions.MessagePosted': true,
  'interactions.InteractionEnded': true,
  'interactions.InteractionClosed': true,
  'interactions.InteractionRated': true,
  'tickets.TicketOpened': true,
  'tickets.TicketTaken': true,
  'tickets.TicketAssigned': true,
  'tickets.TicketNoted': true,
  'tickets.TicketHeld': true,
  'tickets.TicketResumed': true,
  'tickets.TicketWaiting': true,
  'tickets.TicketResolved': true,
  'tickets.TicketConfirmed': true,
  'tickets.TicketReopened': true,
  'tickets.TicketClosed': true,
  'tickets.TicketCancelled': true,
  'tickets.TicketUrged': true,
  'tickets.TicketSupplemented': true,
  'tickets.ContactAttempted': true,
  'sla.DeadlineWarned': true,
  'sla.DeadlineBreached': true,
  'responsibility.OwnerChanged': true,
  'responsibility.HandlerChanged': true,
  'responsibility.HandOverOffered': true,
  'notifications.NoticeCreated': true,
  'accounts.AccessChanged': true,
}
export const FACT_NAMES = Object.keys(NAMES) as FactName[]
