import { forgeryHeader } from './http'
import { ApiProblem, problemOf } from './problem'

/** A file the server keeps, and where its content may be fetched for the next ten minutes. */
export interface StoredFile {
  id: string
  name: string
  media_type: string
  size: number
  width: number | null
  height: number | null
  at: string
  url: string
  thumbnail_url: string | null
}

export interface Sending {
  file: File
  /** Sent again under the same key it is one file. */
  key: string
  progress: (part: number) => void
  signal?: AbortSignal
  query?: Record<string, string>
}

export interface UploadSettings {
  base: string
  language: () => string
  signedOut: () => void
  wait?: (ms: number) => Promise<void>
}

const PAUSES: readonly number[] = [500, 1500, 4000]
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const offline = (): ApiProblem => new ApiProblem({ status: 0, code: 'offline' })

/** Hands a file in: its bytes are the body. Tried again while no answer came, as the same file. */
export const uploader = (settings: UploadSettings) => {
  const once = (sending: Sending): Promise<Response> =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      const query = new URLSearchParams({ ...sending.query, name: sending.file.name })
      request.open('POST', `${settings.base}/files?${query}`)
      const headers = {
        ...forgeryHeader(),
        Accept: 'application/json',
        'Accept-Language': settings.language(),
        'Content-Type': 'application/octet-stream',
        'Idempotency-Key': sending.key,
      }
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
      request.upload.onprogress = (event) => event.lengthComputable && sending.progress(event.loaded / event.total)
      request.onload = () => resolve(new Response(request.responseText, { status: request.status || 500 }))
      request.onerror = request.ontimeout = () => reject(offline())
      request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
      sending.signal?.addEventListener('abort', () => request.abort(), { once: true })
      request.send(sending.file)
    })

  const settled = async (sending: Sending, again = true): Promise<StoredFile> => {
    const response = await once(sending)
    if (response.ok) return (await response.json()) as StoredFile
    const problem = await problemOf(response)
    if (problem.code === 'csrf-failed' && again) {
      await fetch('/api/csrf', { credentials: 'same-origin' })
      return settled(sending, false)
    }
    if (problem.status === 401) settings.signedOut()
    throw problem
  }

  return async (sending: Sending): Promise<StoredFile> => {
    for (const pause of PAUSES) {
      try {
        return await settled(sending)
      } catch (error) {
        if (!(error instanceof ApiProblem && error.uncertain)) throw error
        await (settings.wait ?? sleep)(pause)
      }
    }
    return settled(sending)
  }
}

export type Upload = ReturnType<typeof uploader>
