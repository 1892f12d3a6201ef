import { PressKeys } from './keys'
import { ApiProblem, problemOf } from './problem'
import { reaching } from './reach'
import { IDLE_HEADER } from './touched'

export type Query = Record<string, string | number | boolean | null | undefined>

export interface Options {
  query?: Query
  signal?: AbortSignal
  /** The key of this press; one is kept for you when absent. */
  key?: string
  /** The entity tag the change was made from. */
  ifMatch?: string
  /** Pauses in milliseconds before a command without an answer is sent again. */
  retries?: readonly number[]
}

export interface Tagged<T> {
  data: T
  etag: string
}

export interface Settings {
  base: string
  language: () => string
  /** Called when the session has ended; the page stays, so that nothing typed is lost. */
  signedOut: () => void
  /** For how long nobody has touched the page, in seconds; a session that nobody uses ends. */
  idle?: () => number
  fetch?: typeof fetch
  wait?: (ms: number) => Promise<void>
}

export const RETRIES: readonly number[] = [300, 900, 2700]
const TIMEOUT_MS = 20_000
const READS = new Set(['GET', 'HEAD'])
/** The front door's own words: nobody is behind it. */
const GATEWAY = new Set([502, 503, 504])

const cookie = (name: string): string =>
  decodeURIComponent(
    document.cookie
      .split('; ')
      .find((part) => part.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? '',
  )

/** What proves that a command comes from our own page; by https the cookie's name binds it to this host. */
export const forgeryHeader = (): Record<string, string> => ({
  'X-CSRFToken': cookie('__Host-csrftoken') || cookie('csrftoken'),
})

const search = (query: Query = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : ''
}

/** Requests to the API: forgery token, key of the press, language, typed refusals, sign-in when the session ended. */
export class Http {
  private readonly keys = new PressKeys()

  constructor(private readonly settings: Settings) {}

  get = <T>(path: string, options: Options = {}): Promise<T> => this.data<T>('GET', path, undefined, options)
  post = <T = void>(path: string, body?: unknown, options: Options = {}): Promise<T> =>
    this.command<T>('POST', path, body, options)
  put = <T = void>(path: string, body?: unknown, options: Options = {}): Promise<T> =>
    this.command<T>('PUT', path, body, options)
  patch = <T = void>(path: string, body?: unknown, options: Options = {}): Promise<T> =>
    this.command<T>('PATCH', path, body, options)
  delete = <T = void>(path: string, options: Options = {}): Promise<T> =>
    this.command<T>('DELETE', path, undefined, options)

  /** Read something together with the tag of its version. */
  tagged = async <T>(path: string, options: Options = {}): Promise<Tagged<T>> => {
    const response = await this.send('GET', path, undefined, options)
    return { data: (await this.body<T>(response, options)) as T, etag: response.headers.get('ETag') ?? '' }
  }

  private async command<T>(method: string, path: string, body: unknown, options: Options): Promise<T> {
    const name = `${method} ${path} ${JSON.stringify(body ?? null)}`
    const key = options.key ?? this.keys.take(name)
    let settled = true
    try {
      return await this.insist<T>(method, path, body, { ...options, key })
    } catch (error) {
      settled = !(error instanceof ApiProblem && error.uncertain)
      throw error
    } finally {
      if (!options.key) this.keys.release(name, settled)
    }
  }

  private async insist<T>(method: string, path: string, body: unknown, options: Options): Promise<T> {
    for (const pause of options.retries ?? RETRIES) {
      try {
        return await this.data<T>(method, path, body, options)
      } catch (error) {
        if (!(error instanceof ApiProblem && error.uncertain) || options.signal?.aborted) throw error
        await (this.settings.wait ?? sleep)(pause)
      }
    }
    return this.data<T>(method, path, body, options)
  }

  private async data<T>(method: string, path: string, body: unknown, options: Options): Promise<T> {
    const response = await this.send(method, path, body, options)
    if (response.status === 204 || response.headers.get('Content-Length') === '0') return undefined as T
    return this.body<T>(response, options)
  }

  /** Read an answer to its end; one that breaks off in the middle is no answer. */
  private async body<T>(response: Response, options: Options): Promise<T> {
    try {
      const text = await response.text()
      return (text ? JSON.parse(text) : undefined) as T
    } catch (error) {
      if (options.signal?.aborted) throw error
      throw new ApiProblem({ status: 0, code: 'offline' })
    }
  }

  private async send(method: string, path: string, body: unknown, options: Options, again = true): Promise<Response> {
    const response = await this.ask(method, path, body, options)
    if (response.ok) return response
    const problem = await problemOf(response)
    if (problem.code === 'csrf-failed' && again) {
      await this.ask('GET', '/csrf', undefined, {})
      return this.send(method, path, body, options, false)
    }
    if (problem.status === 401) this.settings.signedOut()
    throw problem
  }

  private async ask(method: string, path: string, body: unknown, options: Options): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': this.settings.language() }
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    if (!READS.has(method)) Object.assign(headers, forgeryHeader())
    if (options.key) headers['Idempotency-Key'] = options.key
    if (this.settings.idle) headers[IDLE_HEADER] = String(this.settings.idle())
    if (options.ifMatch) headers['If-Match'] = options.ifMatch
    const limit = AbortSignal.timeout(TIMEOUT_MS)
    const reached = reaching()
    try {
      const response = await (this.settings.fetch ?? fetch)(this.settings.base + path + search(options.query), {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        credentials: 'same-origin',
        signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit,
      })
      reached(!GATEWAY.has(response.status))
      return response
    } catch (error) {
      reached(options.signal?.aborted ? null : false)
      if (options.signal?.aborted) throw error
      throw new ApiProblem({ status: 0, code: 'offline' })
    }
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
