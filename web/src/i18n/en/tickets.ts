import type * as zh from '../zh/tickets'

export const tickets: typeof zh.tickets = {}
