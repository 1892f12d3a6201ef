import { computed, reactive, ref, watch } from 'vue'
import { Drafts } from '@/api/drafts'
import { ApiProblem } from '@/api/problem'
import { api } from '@/api/staff'
import type { ServiceRecord } from './types'

export type Written = Pick<ServiceRecord, 'reason' | 'handling' | 'note'>
export type Saving = 'idle' | 'saving' | 'saved' | 'failed' | 'conflict'

const kept = new Drafts('shouwen.record.')
const PAUSE_MS = 600
const partOf = ({ reason, handling, note }: Written): Written => ({ reason, handling, note })
const same = (a: Written, b: Written): boolean =>
  a.reason === b.reason && a.handling === b.handling && a.note === b.note

/**
 * The service record of one conversation, saved by itself after each change.
 *
 * What is not on the server yet is kept in this browser. When the record was changed elsewhere meanwhile, nothing
 * is overwritten: the person chooses.
 */
export const useServiceRecord = (conversation: string, fromServer: ServiceRecord) => {
  const form = reactive<Written>(partOf(fromServer))
  const saved = ref<ServiceRecord>({ ...fromServer })
  const state = ref<Saving>(fromServer.saved_at ? 'saved' : 'idle')
  const fields = ref<Readonly<Record<string, string>>>({})
  const theirs = ref<ServiceRecord | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  const left = kept.read<Written & { version?: number }>(conversation)
  if (left) Object.assign(form, partOf(left))
  const dirty = computed(() => !same(form, saved.value))
  if (dirty.value && (left?.version ?? fromServer.version) !== fromServer.version) {
    theirs.value = { ...fromServer }
    state.value = 'conflict'
  }

  const refused = async (error: unknown): Promise<void> => {
    if (error instanceof ApiProblem && error.status === 412) {
      const now = await api.get<{ service_record: ServiceRecord }>(`/desk/conversations/${conversation}`)
      theirs.value = now.service_record
      state.value = 'conflict'
      return
    }
    fields.value = error instanceof ApiProblem ? error.fields : {}
    state.value = 'failed'
  }
  const put = async (): Promise<void> => {
    const sent = partOf(form)
    state.value = 'saving'
    try {
      const body = { ...sent, version: saved.value.version }
      saved.value = await api.put<ServiceRecord>(`/desk/conversations/${conversation}/service-record`, body)
      fields.value = {}
      state.value = 'saved'
      if (same(form, sent)) kept.drop(conversation)
    } catch (error) {
      await refused(error).catch(() => (state.value = 'failed'))
    }
  }

  /** Save what is not saved yet and wait for it; true when everything is on the server. */
  const flush = async (): Promise<boolean> => {
    clearTimeout(timer)
    await running
    while (dirty.value && state.value !== 'conflict') {
      running = put()
      await running
      running = null
      if (state.value !== 'saved') break
    }
    return !dirty.value
  }
  const later = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), PAUSE_MS)
  }
  watch(form, () => {
    if (!dirty.value) return
    kept.write(conversation, { ...partOf(form), version: saved.value.version })
    if (state.value !== 'conflict') later()
  })
  if (dirty.value && !theirs.value) later()

  /** Settle a conflict with what stands here, or with what the other one wrote. */
  const settle = async (mine: boolean): Promise<void> => {
    if (!theirs.value) return
    saved.value = { ...theirs.value }
    if (!mine) Object.assign(form, partOf(theirs.value))
    theirs.value = null
    state.value = 'saved'
    if (!mine) kept.drop(conversation)
    await flush()
  }

  /** The server says the record is another one now: take it over unless something is being written here. */
  const follow = (now: ServiceRecord): void => {
    if (now.version <= saved.value.version || running) return
    if (dirty.value) {
      theirs.value = now
      state.value = 'conflict'
      return
    }
    saved.value = { ...now }
    Object.assign(form, partOf(now))
    state.value = 'saved'
  }
  return { form, saved, state, fields, theirs, flush, settle, follow }
}
