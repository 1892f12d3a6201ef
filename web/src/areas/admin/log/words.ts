import { useI18n } from 'vue-i18n'
import type { LogLine } from '@/entities/accounts'

/** The log in words; what has none yet is shown as it is kept. */
export const useLogWords = () => {
  const { t, te } = useI18n()
  const worded = (group: string, code: string): string => {
    const key = `securityLog.${group}.${code.replaceAll(/[.-]/g, '_')}`
    return te(key) ? t(key) : code
  }
  return {
    verb: (code: string): string => worded('verbs', code),
    subject: (code: string): string => worded('subjects', code),
    who: (line: LogLine): string => {
      const kind = line.principal.split(':')[0] ?? ''
      const id = line.principal.slice(kind.length + 1)
      return line.who || (id === '0' ? worded('kinds', kind) : `${worded('kinds', kind)} ${id}`)
    },
  }
}
