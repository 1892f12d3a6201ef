import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { type MaybeRefOrGetter, toValue } from 'vue'
import type {
  AnnouncementIn,
  AnnouncementOut,
  BorrowIn,
  ExplainedOut,
  NuisanceIn,
  NuisanceOut,
  QueueOut,
  QueueRulesOut,
  SeatOut,
  SkillOut,
  WorkOut,
} from '@/api/generated'
import { api } from '@/api/staff'

export type FloorQueue = QueueOut
export type FloorSeat = SeatOut
export type Waiting = WorkOut
export type Announcement = AnnouncementOut
export type QueueRules = QueueRulesOut
export type Explained = ExplainedOut

const FRESH = 5000

export const useFloorQueues = () =>
  useQuery({
    queryKey: ['routing', 'floor', 'queues'],
    queryFn: ({ signal }) => api.get<FloorQueue[]>('/queues', { signal }),
    refetchInterval: FRESH,
  })
export const useFloorSeats = () =>
  useQuery({
    queryKey: ['routing', 'floor', 'seats'],
    queryFn: ({ signal }) => api.get<FloorSeat[]>('/agents', { signal }),
    refetchInterval: FRESH,
  })
/** What each skill is called, by code. */
export const useSkills = () =>
  useQuery({
    queryKey: ['routing', 'skills'],
    queryFn: ({ signal }) => api.get<SkillOut[]>('/skills', { signal }),
    select: (all) => Object.fromEntries(all.map((one) => [one.code, one.name])),
  })
export const useWaiting = (code: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: ['routing', 'floor', 'waiting', code],
    queryFn: ({ signal }) => api.get<Waiting[]>(`/queues/${toValue(code)}/waiting`, { signal }),
    enabled: () => Boolean(toValue(code)),
    refetchInterval: FRESH,
  })
export const useAnnouncements = () =>
  useQuery({
    queryKey: ['routing', 'floor', 'announcements'],
    queryFn: ({ signal }) => api.get<Announcement[]>('/announcements', { signal }),
  })
export const useQueueRules = (code: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: ['routing', 'floor', 'rules', code],
    queryFn: ({ signal }) => api.get<QueueRules>(`/queues/${toValue(code)}/rules`, { signal }),
    enabled: () => Boolean(toValue(code)),
  })

const useOrder = <Given>(run: (given: Given) => Promise<unknown>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSettled: () => client.invalidateQueries({ queryKey: ['routing', 'floor'] }),
  })
}
export const usePause = () =>
  useOrder(({ code, paused }: { code: string; paused: boolean }) => api.post(`/queues/${code}/pause`, { paused }))
export const usePull = () =>
  useOrder(({ id, staff }: { id: number; staff: number }) => api.post(`/work/${id}/pull`, { staff_id: staff }))
export const useMove = () =>
  useOrder(({ id, queue }: { id: number; queue: string }) => api.post(`/work/${id}/move`, { queue_code: queue }))
export const useForce = () =>
  useOrder(({ staff, state }: { staff: number; state: string }) =>
    api.post(`/agents/${staff}/presence`, { state, reason: 'forced' }),
  )
export const useBorrow = () =>
  useOrder(({ staff, ...body }: BorrowIn & { staff: number }) => api.post(`/agents/${staff}/borrow`, body))
export const useAnnounce = () => useOrder((body: AnnouncementIn) => api.post('/announcements', body))
export const useWithdraw = () => useOrder((id: number) => api.post(`/announcements/${id}/withdraw`, {}))

export type Nuisance = NuisanceOut
/** The contacts that are put back or turned away, open appeals first. */
export const useNuisances = (enabled: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: ['routing', 'floor', 'nuisances'],
    queryFn: ({ signal }) => api.get<Nuisance[]>('/nuisances', { signal }),
    enabled: () => toValue(enabled),
    refetchInterval: FRESH * 4,
  })
export const useMarkNuisance = () => useOrder((body: NuisanceIn) => api.post('/nuisances', body))
export const useLiftNuisance = () => useOrder((id: number) => api.post(`/nuisances/${id}/lift`, {}))
export const useDecideAppeal = () =>
  useOrder(({ id, ...body }: { id: number; lift: boolean; note: string }) => api.post(`/nuisances/${id}/decide`, body))
