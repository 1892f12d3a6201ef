import { en } from './en'
import { zh } from './zh'
import { createWords } from '.'

/** The words of the staff's workspace. */
export const words = createWords(zh, en)
