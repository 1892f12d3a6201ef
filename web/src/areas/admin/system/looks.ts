import type { System } from '@/entities/health'
import type { Tone } from '@/ui/tones'

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** 512 MB · 1.4 GB */
export const size = (bytes: number): string => {
  const step = Math.min(UNITS.length - 1, bytes > 0 ? Math.floor(Math.log2(bytes) / 10) : 0)
  const value = bytes / 1024 ** step
  return `${value >= 100 || step === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}`
}

/** 0.4 ms · 35 ms · 1.2 s */
export const duration = (seconds: number): string => {
  if (seconds >= 1) return `${seconds.toFixed(1)} s`
  const ms = seconds * 1000
  return `${ms >= 10 ? Math.round(ms) : ms.toFixed(1)} ms`
}

const LEAST_FREE_SHARE = 0.1
const UNSEALED_SECONDS = 60
const DAYS_BEFORE_END = 30
const DAY_MS = 86_400_000

/** A chore is late when three of its rounds, and at least half a minute, have passed without one. */
export const isLate = (chore: System['chores'][number], now: number): boolean =>
  now - Date.parse(chore.at) > Math.max(3 * chore.every, 30) * 1000

export const daysLeft = (until: string, now: number): number => Math.floor((Date.parse(until) - now) / DAY_MS)

export const certificateTone = (one: System['certificates'][number], now: number): Tone => {
  if (!one.until || daysLeft(one.until, now) < 0) return 'ba'
  return daysLeft(one.until, now) < DAYS_BEFORE_END ? 'wa' : 'ok'
}

/** What each part of the summary looks like: green when all is well. */
export const tones = (system: System, now: number): Record<'processes' | 'jobs' | 'deliveries' | 'audit' | 'disk', Tone> => {
  const oldest = system.audit.oldest_unsealed
  return {
    processes: system.processes.some((one) => one.silent) || !system.ready ? 'ba' : 'ok',
    jobs: system.jobs.stalled ? 'ba' : system.jobs.failed ? 'wa' : 'ok',
    deliveries: system.deliveries.overdue ? 'ba' : system.deliveries.failing ? 'wa' : 'ok',
    audit: oldest && now - Date.parse(oldest) > UNSEALED_SECONDS * 1000 ? 'ba' : 'ok',
    disk: system.disk.free < system.disk.total * LEAST_FREE_SHARE ? 'wa' : 'ok',
  }
}
