import type * as zh from '../zh/portal'

export const portal: typeof zh.portal = {}
