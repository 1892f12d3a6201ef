import { useI18n } from 'vue-i18n'
import type { LogLine } from '@/entities/accounts'

/** The log in words; what has none yet is shown as it is kept. */
export const useLogWords = () => {
  const { t, te } = useI18n()
  const keyOf = (group: string, code: string): string => `securityLog.${group}.${code.replaceAll(/[.-]/g, '_')}`
  const worded = (group: string, ...codes: string[]): string => {
    const known = codes.find((code) => te(keyOf(group, code)))
    return known === undefined ? (codes[0] ?? '') : t(keyOf(group, known))
  }
  return {
    verb: (code: string): string => worded('verbs', code),
    // `version.routing.code` is a version, whatever it is of
    subject: (code: string): string => worded('subjects', code, code.split('.')[0] ?? code),
    who: (line: LogLine): string => {
      const kind = line.principal.split(':')[0] ?? ''
      const id = line.principal.slice(kind.length + 1)
      return line.who || (id === '0' ? worded('kinds', kind) : `${worded('kinds', kind)} ${id}`)
    },
  }
}
