import type * as zh from '../zh/notices'

export const notices: typeof zh.notices = {}
