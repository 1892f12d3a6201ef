import type { CallbackOut, OfferOut, OwnQueueOut, PresenceIn, PresenceOut, TopicOut } from '@/api/generated'

export type PresenceState = PresenceIn['state']
export type Presence = Omit<PresenceOut, 'state'> & { state: PresenceState }
export type OwnQueue = OwnQueueOut
export type Topic = TopicOut
export type Offer = OfferOut
export type Callback = CallbackOut
