import { computed, onScopeDispose, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiProblem } from '@/api/problem'
import type { Upload } from '@/api/upload'
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

/** Files chosen in a form: each is uploaded at once, so that submitting has only to name them. */
export const useUploads = (upload: Upload, most = FILES_MOST) => {
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

  const send = async (key: string): Promise<void> => {
    const body = bodies.get(key)
    if (!body) return
    change(key, { state: 'sending', part: 0, why: '' })
    try {
      const progress = (part: number): void => change(key, { part })
      const kept = await upload({ file: body.file, key, progress, signal: body.stop.signal })
      change(key, { state: 'kept', part: 1, id: kept.id, name: kept.name, preview: kept.thumbnail_url ?? '' })
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
    chosen.value = [...chosen.value, { key, name: file.name, size: file.size, state, part: 0, why, id: '', preview: '' }]
    if (why) return
    bodies.set(key, { file, stop: new AbortController() })
    void send(key)
  }
  const add = (files: Iterable<File>): void => [...files].forEach(take)
  const remove = (key: string): void => {
    forget(key)
    chosen.value = chosen.value.filter((one) => one.key !== key)
  }
  const clear = (): void => chosen.value.map(({ key }) => key).forEach(remove)
  onScopeDispose(() => chosen.value.forEach(({ key }) => forget(key)))

  const ids = computed(() => chosen.value.filter(({ id }) => id).map(({ id }) => id))
  const busy = computed(() => chosen.value.some(({ state }) => state === 'sending'))
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
