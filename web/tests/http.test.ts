import { beforeEach, expect, test, vi } from 'vitest'
import { Http } from '@/api/http'
import { ApiProblem } from '@/api/problem'

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
const gone = (): never => {
  throw new TypeError('network')
}
type Answer = () => Response

let sent: { url: string; method: string; headers: Headers; body: string | null }[] = []
let signedOut = 0
const httpOf = (...answers: Answer[]): Http =>
  new Http({
    base: '/api',
    language: () => 'en',
    signedOut: () => (signedOut += 1),
    wait: () => Promise.resolve(),
    fetch: vi.fn(async (url: string, init: RequestInit) => {
      sent.push({
        url,
        method: init.method ?? '',
        headers: new Headers(init.headers),
        body: init.body as string | null,
      })
      const next = answers.shift()
      if (!next) throw new Error('no more answers prepared')
      return next()
    }) as never,
  })
const keyOf = (n: number): string | null => sent[n]?.headers.get('Idempotency-Key') ?? null

beforeEach(() => {
  sent = []
  signedOut = 0
  document.cookie = 'csrftoken=token-1'
})

test('a command carries the forgery token, the language and a key', async () => {
  await httpOf(() => json(201, { id: 1 })).post('/tickets', { title: 'x' })
  const headers = sent[0]?.headers
  expect(headers?.get('X-CSRFToken')).toBe('token-1')
  expect(headers?.get('Accept-Language')).toBe('en')
  expect(keyOf(0)).toMatch(/^[0-9a-f-]{36}$/)
})

test('a command without an answer is sent again under the same key', async () => {
  const http = httpOf(
    gone,
    () => json(502, {}),
    () => json(201, { id: 7 }),
  )
  expect(await http.post('/tickets', { title: 'x' })).toEqual({ id: 7 })
  expect(new Set([keyOf(0), keyOf(1), keyOf(2)]).size).toBe(1)
})

test('a command whose answer breaks off in the middle is sent again under the same key', async () => {
  const broken = (): Response => {
    const body = new ReadableStream({ start: (stream) => stream.error(new TypeError('cut')) })
    return new Response(body, { status: 201 })
  }
  const http = httpOf(broken, () => json(201, { id: 7 }))
  expect(await http.post('/tickets', { title: 'x' })).toEqual({ id: 7 })
  expect(keyOf(1)).toBe(keyOf(0))
})

test('pressing again after no answer at all is the same command; after an answer it is a new one', async () => {
  const http = httpOf(
    gone,
    gone,
    () => json(201, {}),
    () => json(201, {}),
  )
  const press = (): Promise<unknown> => http.post('/tickets', { title: 'x' }, { retries: [0] })
  await expect(press()).rejects.toMatchObject({ status: 0, code: 'offline' })
  await press()
  await press()
  expect(keyOf(2)).toBe(keyOf(0))
  expect(keyOf(3)).not.toBe(keyOf(0))
})

test('a double click is one command', async () => {
  const http = httpOf(
    () => json(201, {}),
    () => json(201, {}),
  )
  await Promise.all([http.post('/tickets', { title: 'x' }), http.post('/tickets', { title: 'x' })])
  expect(keyOf(1)).toBe(keyOf(0))
})

test('a refused command may be changed and pressed again as a new one', async () => {
  const http = httpOf(
    () => json(422, { code: 'invalid-input' }),
    () => json(201, {}),
  )
  await expect(http.post('/tickets', { title: '' })).rejects.toBeInstanceOf(ApiProblem)
  await http.post('/tickets', { title: '' })
  expect(keyOf(1)).not.toBe(keyOf(0))
})

test('a refusal keeps its sentence, its fields and its trace', async () => {
  const http = httpOf(() =>
    json(422, {
      code: 'invalid-input',
      detail: '标题：必须填写',
      trace: '8F2A',
      errors: [
        { field: 'title', detail: '必须填写' },
        { field: 'title', detail: 'second' },
      ],
    }),
  )
  const problem = await http.post('/tickets', {}).catch((error: unknown) => error as ApiProblem)
  expect(problem).toMatchObject({ status: 422, code: 'invalid-input', trace: '8F2A', fields: { title: '必须填写' } })
})

test('an answer that is no problem document is still a refusal with its status', async () => {
  const http = httpOf(() => new Response('<html>', { status: 500, headers: { 'X-Trace': 'AB12' } }))
  await expect(http.get('/board')).rejects.toMatchObject({ status: 500, code: 'http-500', trace: 'AB12' })
})

test('an ended session is told once and the command may follow after signing in', async () => {
  const http = httpOf(() => json(401, { code: 'signed-out', detail: 'x' }))
  await expect(http.get('/desk/inbox')).rejects.toMatchObject({ status: 401 })
  expect(signedOut).toBe(1)
})

test('a stale forgery token is fetched anew and the command sent once more under its key', async () => {
  const http = httpOf(
    () => json(403, { code: 'csrf-failed' }),
    () => new Response(null, { status: 204 }),
    () => json(200, { ok: true }),
  )
  expect(await http.post('/desk/offers/3/accept', {})).toEqual({ ok: true })
  expect(sent.map((one) => one.url)).toEqual(['/api/desk/offers/3/accept', '/api/csrf', '/api/desk/offers/3/accept'])
  expect(keyOf(2)).toBe(keyOf(0))
})

test('empty query values are left out, an entity tag is carried both ways', async () => {
  const http = httpOf(
    () => new Response('{"number":"GD1"}', { status: 200, headers: { ETag: '"4"' } }),
    () => json(200, {}),
  )
  const read = await http.tagged('/tickets/GD1', { query: { q: '', state: undefined, limit: 5 } })
  await http.post('/tickets/GD1/take', {}, { ifMatch: read.etag })
  expect(sent[0]?.url).toBe('/api/tickets/GD1?limit=5')
  expect(sent[1]?.headers.get('If-Match')).toBe('"4"')
})
