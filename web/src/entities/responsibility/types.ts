/** A member of staff as a matter names him. */
export interface Person {
  id: number
  number: string
  name: string
}
export type WaitsOn = 'us' | 'customer' | 'third_party'
