import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useMe, useQualificationKinds } from '@/entities/accounts'
import { type Definition, useDefinitions, useRoutingWords } from '@/entities/routing/definitions'
import { useTimeRules } from '@/entities/sla/rules'
import type { AskedField } from './fields'

export interface Choice {
  value: string
  label: string
}
export interface Options {
  /** What a field is chosen from. */
  of: (field: AskedField) => readonly Choice[]
  /** The name behind a code. */
  name: (field: AskedField, value: string) => string
}

/** What the fields of definitions are chosen from, in the reader's language. */
export const useChoices = (): { options: ComputedRef<Options>; pending: ComputedRef<boolean> } => {
  const { t, locale } = useI18n()
  const { may } = useMe()
  const words = useRoutingWords()
  const queues = useDefinitions('queue')
  const skills = useDefinitions('skill')
  const codes = useDefinitions('code')
  const reasons = useDefinitions('reason')
  const kinds = useQualificationKinds(() => may('accounts.staff.view'))
  const calendars = useTimeRules('calendar', () => may('sla.rules.view'))
  const named = (one: { key: string; name_zh: string; name_en: string }): Choice => ({
    value: one.key,
    label: locale.value === 'en' ? one.name_en : one.name_zh,
  })
  const list = (found: Definition[] | undefined, fits: (one: Definition) => boolean = () => true): Choice[] =>
    (found ?? []).filter(fits).map(named)
  const from = computed(() => ({
    queue: list(queues.data.value),
    skill: list(skills.data.value),
    code: list(codes.data.value, (one) => !one.content['alias_of']),
    reason: list(reasons.data.value, (one) => !one.content['parent']),
    calendar: (calendars.data.value ?? []).map(named),
    qualification: (kinds.data.value ?? []).map((one) => ({
      value: one.code,
      label: locale.value === 'en' ? one.en : one.zh,
    })),
  }))
  const of = (field: AskedField): readonly Choice[] => {
    if (field.type === 'rings') return from.value.skill
    if (field.from) return from.value[field.from]
    if (field.type === 'media')
      return (words.data.value?.media ?? []).map((value) => ({ value, label: t(`insight.medium.${value}`) }))
    const values = field.choices ?? words.data.value?.disciplines ?? []
    return values.map((value) => ({ value, label: t(`definitions.choice.${field.name}.${value}`) }))
  }
  return {
    options: computed(() => ({
      of,
      name: (field, value) => of(field).find((one) => one.value === value)?.label ?? value,
    })),
    pending: computed(() => [words, queues, skills, codes, reasons].some((one) => one.isPending.value)),
  }
}
