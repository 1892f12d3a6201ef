/** Some rows of a list and the cursor of the rest. */
export interface Page<T> {
  items: T[]
  next: string | null
}
