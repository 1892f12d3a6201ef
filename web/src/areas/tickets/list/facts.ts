/** What a card of the list may tell below its title, in the order that its reader wants. */
export const FACTS = ['kind', 'customer', 'urgency', 'category', 'opened', 'handler', 'owner'] as const
export const USUAL_FACTS = ['kind', 'customer', 'urgency'] as const
