import type { Area } from '@/ui/area'

const found = import.meta.glob<{ area: Area }>('../areas/*/area.ts', { eager: true })

/** Every area that is there, in the order of the rail. */
export const areas: Area[] = Object.values(found)
  .map((module) => module.area)
  .toSorted((a, b) => (a.nav?.order ?? 0) - (b.nav?.order ?? 0))

/** What the rail shows to somebody who may do this. */
export const navigationFor = (may: (permission: string) => boolean): NonNullable<Area['nav']>[] =>
  areas.flatMap(({ nav }) => (nav && (!nav.permissions?.length || nav.permissions.some(may)) ? [nav] : []))
