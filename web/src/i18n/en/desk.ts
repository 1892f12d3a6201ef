import type * as zh from '../zh/desk'

export const desk: typeof zh.desk = {}
