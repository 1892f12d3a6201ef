import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { AlertOut, AlertRuleOut, AlertRulesOut, AlertsOut } from '@/api/generated'
import { api } from '@/api/staff'

export type Alert = AlertOut
export type AlertRule = AlertRuleOut

/** The open alerts of one's area. Facts make them be read again; so does a quiet while. */
export const useAlerts = (may: () => boolean) =>
  useQuery({
    queryKey: ['insight', 'alerts'],
    queryFn: ({ signal }) => api.get<AlertsOut>('/alerts', { signal }),
    refetchInterval: 10_000,
    enabled: may,
  })

/** Say that one has seen an alert. */
export const useAcknowledge = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => api.post(`/alerts/${id}/acknowledge`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['insight'] }),
  })
}

export const useAlertRules = () =>
  useQuery({
    queryKey: ['insight', 'rules'],
    queryFn: ({ signal }) => api.get<AlertRulesOut>('/alert-rules', { signal }),
  })

export const useSetRule = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ kind, limit, active }: Pick<AlertRule, 'kind' | 'limit' | 'active'>) =>
      api.put(`/alert-rules/${kind}`, { limit, active }),
    onSettled: () => client.invalidateQueries({ queryKey: ['insight'] }),
  })
}

/** Set what somebody handles; effective with the next contact. */
export const useSetSkills = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, skills }: { id: number; skills: Record<string, number> }) =>
      api.put(`/agents/${id}/skills`, { skills }),
    onSettled: () => client.invalidateQueries({ queryKey: ['board'] }),
  })
}

/** Say for somebody what he is doing. */
export const useForcePresence = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, state }: { id: number; state: string }) =>
      api.post(`/agents/${id}/presence`, { state, reason: 'forced' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['board'] }),
  })
}
