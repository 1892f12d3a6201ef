import type {
  ConversationOut,
  InboxItemOut,
  InboxOut,
  MessageOut,
  ReasonsOut,
  RecentOut,
  RecordOut,
  TicketRefOut,
} from '@/api/generated'

export type Box = 'active' | 'follow_up' | 'ended'
export type InboxItem = InboxItemOut
export type Inbox = InboxOut
export type Message = Omit<MessageOut, 'author_kind'> & { author_kind: 'customer' | 'staff' | 'system' }
export type ServiceRecord = RecordOut
export type OpenTicket = TicketRefOut
export type Recent = RecentOut
export type Reasons = ReasonsOut
export type Conversation = Omit<ConversationOut, 'messages'> & { messages: Message[] }
