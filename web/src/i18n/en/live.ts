import type * as zh from '../zh/live'

export const live: typeof zh.live = {}
