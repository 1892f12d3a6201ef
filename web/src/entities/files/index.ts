import { computed, onScopeDispose, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { Drafts } from '@/api/drafts'
import { portalApi, portalUpload } from '@/api/portal'
import { ApiProblem } from '@/api/problem'
import { api, upload as staffUpload } from '@/api/staff'
import type { StoredFile, Upload } from '@/api/upload'
import { useProblem } from '@/i18n/problem'

export type { StoredFile } from '@/api/upload'

export const SIZE_MOST = 20 * 1024 * 1024
export const FILES_MOST = 10
/** What the chooser offers; the server has the last word, by content. */
export const ACCEPT =
  'image/jpeg,image/png,image/webp,image/gif,application/pdf,.docx,.xlsx,.pptx,.txt,.csv,.log,.mp3,.m4a,.wav,.amr,video/mp4,video/quicktime'

/** A chosen file on its way to the server. */
export interface Chosen {
  key: string
  name: string
  size: number
  state: 'sending' | 'kept' | 'failed'
  part: number
  why: string
  /** Its number once the server keeps it. */
  id: string
  /** The small picture of a picture that is kept. */
  preview: string
}

const BLANK = { state: 'sending', part: 0, why: '', id: '', preview: '' } as const

/** The door that files go through: where they are handed in, which still wait, and what this browser remembers. */
export interface FileDoor {
  upload: Upload
  waiting: () => Promise<StoredFile[]>
  kept: Drafts
}
export const staffFiles: FileDoor = {
  upload: staffUpload,
  waiting: () => api.get<StoredFile[]>('/files/waiting'),
  kept: new Drafts('shouwen.files.'),
}
export const portalFiles: FileDoor = {
  upload: portalUpload,
  waiting: () => portalApi.get<StoredFile[]>('/files/waiting'),
  kept: new Drafts('shouwen.portal.files.'),
}

/**
 * Files chosen in a form: each is uploaded at once, so that submitting has only to name them. Which they are is
 * remembered under the form's `place`: the server keeps them a day, so a reload finds them again.
 */
export const useUploads = ({ upload, waiting, kept }: FileDoor, place: string, most = FILES_MOST) => {
  const { t } = useI18n()
  const { tell } = useProblem()
  const chosen = ref<Chosen[]>([])
  const bodies = new Map<string, { file: File; stop: AbortController }>()
  const change = (key: string, what: Partial<Chosen>): void =>
    void (chosen.value = chosen.value.map((one) => (one.key === key ? { ...one, ...what } : one)))
  const forget = (key: string): void => {
    bodies.get(key)?.stop.abort()
    bodies.delete(key)
  }

  const remember = (): void => void (ids.value.length ? kept.write(place, ids.value) : kept.drop(place))
  const show = (key: string, file: StoredFile): void =>
    change(key, { state: 'kept', part: 1, id: file.id, name: file.name, preview: file.thumbnail_url ?? '' })
  /** Show again what was chosen before a reload and still waits at the server. */
  const restore = async (): Promise<void> => {
    const before = new Set(kept.read<string[]>(place))
    if (!before.size) return
    const still = await waiting().catch(() => null)
    for (const file of still?.filter(({ id }) => before.has(id) && !ids.value.includes(id)) ?? []) {
      chosen.value = [...chosen.value, { ...BLANK, key: file.id, name: file.name, size: file.size }]
      show(file.id, file)
    }
    if (still) remember()
  }
  const send = async (key: string): Promise<void> => {
    const body = bodies.get(key)
    if (!body) return
    change(key, { state: 'sending', part: 0, why: '' })
    try {
      const progress = (part: number): void => change(key, { part })
      show(key, await upload({ file: body.file, key, progress, signal: body.stop.signal }))
      remember()
    } catch (error) {
      const detail = error instanceof ApiProblem && error.detail ? error.detail : tell(error)
      change(key, { state: 'failed', why: detail || t('files.failed') })
    }
  }
  const take = (file: File): void => {
    const key = crypto.randomUUID()
    const large = file.size > SIZE_MOST
    const full = chosen.value.length >= most
    const why = full ? t('files.many', { n: most }) : large ? t('files.large') : ''
    const state = why ? 'failed' : 'sending'
    chosen.value = [...chosen.value, { ...BLANK, key, name: file.name, size: file.size, state, why }]
    if (why) return
    bodies.set(key, { file, stop: new AbortController() })
    void send(key)
  }
  const add = (files: Iterable<File>): void => [...files].forEach(take)
  const remove = (key: string): void => {
    forget(key)
    chosen.value = chosen.value.filter((one) => one.key !== key)
    remember()
  }
  const clear = (): void => chosen.value.map(({ key }) => key).forEach(remove)
  onScopeDispose(() => chosen.value.forEach(({ key }) => forget(key)))

  const ids = computed(() => chosen.value.filter(({ id }) => id).map(({ id }) => id))
  const busy = computed(() => chosen.value.some(({ state }) => state === 'sending'))
  void restore()
  return { chosen, add, remove, retry: (key: string) => void send(key), clear, ids, busy }
}

/** The words that the primitives for files need. */
export const useFileWords = (most = FILES_MOST) => {
  const { t } = useI18n()
  return {
    label: (): string => t('files.add'),
    drop: (): string => t('files.drop'),
    hint: (): string => t('files.hint', { n: most }),
    remove: (name: string): string => t('files.remove', { name }),
    retry: (): string => t('files.retry'),
    sending: (part: number): string => t('files.sending', { percent: Math.round(part * 100) }),
    list: (): string => t('files.list'),
    scan: (state: 'waiting' | 'infected'): string => t(`files.scan.${state}`),
  }
}
export type FileWords = ReturnType<typeof useFileWords>
