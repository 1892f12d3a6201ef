import { useI18n } from 'vue-i18n'

const NAMES: Record<string, string> = {
  'Asia/Shanghai': 'shanghai',
  'Asia/Urumqi': 'urumqi',
  'Asia/Hong_Kong': 'hongKong',
  UTC: 'utc',
}
const NEAR = Object.keys(NAMES)

/** Every time zone there is, the near ones first, each as people call it. */
export const useZones = () => {
  const { t } = useI18n()
  const zones = [...NEAR, ...Intl.supportedValuesOf('timeZone').filter((one) => !NEAR.includes(one))]
  const named = (zone: string): string => (NAMES[zone] ? `${t(`account.zone.near.${NAMES[zone]}`)} (${zone})` : zone)
  return { zones, named }
}
