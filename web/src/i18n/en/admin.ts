import type * as zh from '../zh/admin'

export const admin: typeof zh.admin = {}
