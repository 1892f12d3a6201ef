import type * as zh from '../zh/customers'

export const customers: typeof zh.customers = {}
