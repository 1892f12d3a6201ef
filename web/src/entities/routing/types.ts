import type {
  BreakOut,
  CallbackOut,
  LedgerOut,
  OfferOut,
  OwnQueueOut,
  PresenceIn,
  PresenceOut,
  TopicOut,
} from '@/api/generated'

export type PresenceState = PresenceIn['state']
export type Presence = Omit<PresenceOut, 'state'> & { state: PresenceState }
export type OwnQueue = OwnQueueOut
export type Topic = TopicOut
export type Break = BreakOut
export type Ledger = LedgerOut
export type Offer = OfferOut
export type Callback = CallbackOut
