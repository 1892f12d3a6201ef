import type {
  CustomerDetailOut,
  CustomerIn,
  CustomerOut,
  CustomerRevealOut,
  CustomerTimelineOut,
} from '@/api/generated'

/** A customer as everybody may see him: masked. */
export type CustomerCard = CustomerOut
export type CustomerDetail = CustomerDetailOut
export type TimelineEntry = CustomerTimelineOut
export type NewCustomer = CustomerIn
/** Personal data in full, for some seconds and on record. */
export type Revealed = CustomerRevealOut
