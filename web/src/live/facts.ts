/** Every fact a browser may hear, with its payload. Ids are the server's own. */
interface Work {
  work_item_id: number
  subject: string
  subject_id: number
  queue_code: string
}
interface Matter {
  subject: string
  subject_id: number
}
interface Talk {
  interaction_id: number
  conversation: string
}
interface Ticket {
  ticket_id: number
  number: string
  kind: string
  state: string
  version: number
}
interface Edition {
  version_id: number
  kind: string
  key: string
  number: number
}
interface Run {
  run_id: number
  code: string
  key: string
  caller: string
}
type Seat = Work & { staff_id: number }

export interface Facts {
  'accounts.AccessChanged': { staff_id: number }
  'accounts.OperatorSet': { access_code: string }
  'accounts.QualificationExpiring': { qualification_id: number; staff_id: number }
  'accounts.RoleChanged': { code: string }
  'accounts.SignedOut': { staff_id: number }
  'accounts.SubstituteNamed': { substitution_id: number; staff_id: number; substitute_id: number }
  'accounts.SubstitutionEnded': { substitution_id: number; staff_id: number; substitute_id: number }
  'customers.CustomerChanged': { customer_id: number }
  'insight.AlertRaised': { alert_id: number; kind: string }
  'insight.AlertAcknowledged': { alert_id: number; staff_id: number }
  'insight.AlertCleared': { alert_id: number; kind: string }
  'interactions.InteractionOpened': Talk & { medium: string }
  'interactions.MessagePosted': Talk & { message_id: number; seq: number; author_kind: string }
  'interactions.ServiceRecordSaved': Talk & { version: number }
  'interactions.InteractionEnded': Talk & { ended_by: string }
  'interactions.InteractionClosed': Talk
  'interactions.CustomerLinked': Talk & { customer_id: number }
  'interactions.InteractionRated': Talk & { score: number }
  'kit.ExportMoved': { export: string; state: string; done: number; total: number }
  'kit.FileScanned': { file: string; scan: string }
  'kit.ImportMoved': { run: string; state: string; done: number; total: number }
  'kit.ApprovalAsked': Matter & { approval_id: number; kind: string }
  'kit.ApprovalDecided': Matter & { approval_id: number; kind: string; state: string }
  'kit.VersionSubmitted': Edition & { returned: boolean }
  'kit.VersionPublished': Edition & { valid_from: string }
  'kit.VersionRetired': Edition
  'kit.ActivityAnswered': Run
  'kit.ActivityNeedsPerson': Run
  'messaging.ChatStarted': Talk & { queue_code: string }
  'messaging.ChatAnswered': Talk & { staff_id: number }
  'messaging.ChatTransferred': Talk & { queue_code: string }
  'messaging.ChatAbandoned': Talk
  'messaging.ChatCompleted': Talk & { staff_id: number }
  'notifications.NoticeCreated': { notification_id: number }
  'notifications.NoticeRead': { notification_id: number }
  'responsibility.OwnerChanged': Matter & { from_id: number; to_id: number }
  'responsibility.HandlerChanged': Matter & { from_id: number | null; to_id: number | null }
  'responsibility.HandOverOffered': Matter & { from_id: number; to_id: number }
  'routing.WorkWaiting': Work
  'routing.WorkOffered': Seat & { expires_at: string }
  'routing.OfferMissed': Seat & { reason: string }
  'routing.WorkAssigned': Seat
  'routing.WorkAbandoned': Work & { staff_id: number | null }
  'routing.WorkFinished': Seat & { wrap_up: boolean }
  'routing.WrapUpCompleted': Seat
  'routing.WorkMoved': Work & { to_queue_code: string; staff_id: number | null }
  'routing.WaitTooLong': Work
  'routing.AnnouncementChanged': { announcement_id: number; queue_code: string }
  'routing.PresenceChanged': { staff_id: number; state: string; reason: string }
  'routing.SkillsChanged': { staff_id: number }
  'routing.QueueChanged': { queue_code: string; paused: boolean }
  'sla.DeadlineWarned': Matter & { metric: string }
  'sla.DeadlineBreached': Matter & { metric: string }
  'telephony.CallArrived': Talk & { queue_code: string }
  'telephony.CallWaiting': Talk & { queue_code: string }
  'telephony.CallRinging': Talk & { staff_id: number }
  'telephony.RingEnded': Talk & { staff_id: number; cause: string }
  'telephony.CallAnswered': Talk & { staff_id: number }
  'telephony.CallDialled': Talk & { staff_id: number; state: string }
  'telephony.CallHeld': Talk & { held: boolean }
  'telephony.ConsultChanged': Talk & { staff_id: number | null; state: string }
  'telephony.LineLost': Talk & { staff_id: number }
  'telephony.RecordingPaused': Talk & { state: string }
  'telephony.PhoneTaken': { staff_id: number; number: string }
  'telephony.CallEnded': Talk & { outcome: string }
  'telephony.CallCompleted': Talk & { staff_id: number }
  'telephony.CallRecorded': Talk
  'tickets.TicketOpened': Ticket
  'tickets.TicketTaken': Ticket
  'tickets.TicketAssigned': Ticket
  'tickets.HandOverOffered': Ticket
  'tickets.HandOverAccepted': Ticket
  'tickets.HandOverDeclined': Ticket
  'tickets.TicketFilesAdded': Ticket
  'tickets.TicketNoted': Ticket
  'tickets.TicketWaiting': Ticket
  'tickets.TicketHeld': Ticket
  'tickets.TicketResumed': Ticket
  'tickets.TicketResolved': Ticket
  'tickets.ContactTried': Ticket
  'tickets.TicketReopened': Ticket
  'tickets.TicketClosed': Ticket
  'tickets.TicketCancelled': Ticket
  'tickets.TicketUrged': Ticket
  'tickets.TicketSupplemented': Ticket
  'tickets.TicketEscalated': Ticket
  'workforce.RosterChanged': { staff_id: number }
}
export type FactName = keyof Facts

/** The browser must name each event it wants; the type makes the list complete. */
const NAMES: Record<FactName, true> = {
  'accounts.AccessChanged': true,
  'accounts.OperatorSet': true,
  'accounts.QualificationExpiring': true,
  'accounts.RoleChanged': true,
  'accounts.SignedOut': true,
  'accounts.SubstituteNamed': true,
  'accounts.SubstitutionEnded': true,
  'customers.CustomerChanged': true,
  'insight.AlertRaised': true,
  'insight.AlertAcknowledged': true,
  'insight.AlertCleared': true,
  'interactions.InteractionOpened': true,
  'interactions.MessagePosted': true,
  'interactions.ServiceRecordSaved': true,
  'interactions.InteractionEnded': true,
  'interactions.InteractionClosed': true,
  'interactions.CustomerLinked': true,
  'interactions.InteractionRated': true,
  'kit.ExportMoved': true,
  'kit.FileScanned': true,
  'kit.ImportMoved': true,
  'kit.ApprovalAsked': true,
  'kit.ApprovalDecided': true,
  'kit.VersionSubmitted': true,
  'kit.VersionPublished': true,
  'kit.VersionRetired': true,
  'kit.ActivityAnswered': true,
  'kit.ActivityNeedsPerson': true,
  'messaging.ChatStarted': true,
  'messaging.ChatAnswered': true,
  'messaging.ChatTransferred': true,
  'messaging.ChatAbandoned': true,
  'messaging.ChatCompleted': true,
  'notifications.NoticeCreated': true,
  'notifications.NoticeRead': true,
  'responsibility.OwnerChanged': true,
  'responsibility.HandlerChanged': true,
  'responsibility.HandOverOffered': true,
  'routing.WorkWaiting': true,
  'routing.WorkOffered': true,
  'routing.OfferMissed': true,
  'routing.WorkAssigned': true,
  'routing.WorkAbandoned': true,
  'routing.WorkFinished': true,
  'routing.WrapUpCompleted': true,
  'routing.WorkMoved': true,
  'routing.PresenceChanged': true,
  'routing.SkillsChanged': true,
  'routing.QueueChanged': true,
  'routing.WaitTooLong': true,
  'routing.AnnouncementChanged': true,
  'sla.DeadlineWarned': true,
  'sla.DeadlineBreached': true,
  'telephony.CallArrived': true,
  'telephony.CallWaiting': true,
  'telephony.CallRinging': true,
  'telephony.RingEnded': true,
  'telephony.CallAnswered': true,
  'telephony.CallDialled': true,
  'telephony.CallHeld': true,
  'telephony.ConsultChanged': true,
  'telephony.LineLost': true,
  'telephony.RecordingPaused': true,
  'telephony.PhoneTaken': true,
  'telephony.CallEnded': true,
  'telephony.CallCompleted': true,
  'telephony.CallRecorded': true,
  'tickets.TicketOpened': true,
  'tickets.TicketTaken': true,
  'tickets.TicketAssigned': true,
  'tickets.HandOverOffered': true,
  'tickets.HandOverAccepted': true,
  'tickets.HandOverDeclined': true,
  'tickets.TicketFilesAdded': true,
  'tickets.TicketNoted': true,
  'tickets.TicketWaiting': true,
  'tickets.TicketHeld': true,
  'tickets.TicketResumed': true,
  'tickets.TicketResolved': true,
  'tickets.ContactTried': true,
  'tickets.TicketReopened': true,
  'tickets.TicketClosed': true,
  'tickets.TicketCancelled': true,
  'tickets.TicketUrged': true,
  'tickets.TicketSupplemented': true,
  'tickets.TicketEscalated': true,
  'workforce.RosterChanged': true,
}
export const FACT_NAMES = Object.keys(NAMES) as FactName[]
