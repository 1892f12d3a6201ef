export interface FieldError {
  field: string
  detail: string
}

/** What the API says when it refuses, as problem+json. */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail: string
  errors: FieldError[]
  trace: string
}

/** A refusal, or no answer at all (`status` 0, code `offline`). */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly trace: string
  /** The first thing wrong with each field. */
  readonly fields: Readonly<Record<string, string>>

  constructor(problem: Partial<Problem>) {
    super(problem.detail || problem.title || problem.code || 'problem')
    this.name = 'ApiProblem'
    this.status = problem.status ?? 0
    this.code = problem.code ?? 'offline'
    this.title = problem.title ?? ''
    this.detail = problem.detail ?? ''
    this.trace = problem.trace ?? ''
    const fields: Record<string, string> = {}
    for (const error of problem.errors ?? []) fields[error.field] ??= error.detail
    this.fields = fields
  }

  /** Whether the command may or may not have had its effect: only the same key may be sent again. */
  get uncertain(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

/** Read a problem out of an answer, whatever a proxy in between made of it. */
export const problemOf = async (response: Response): Promise<ApiProblem> => {
  const given: unknown = await response.json().catch(() => null)
  const problem = (typeof given === 'object' && given !== null ? given : {}) as Partial<Problem>
  return new ApiProblem({
    ...problem,
    status: response.status,
    code: problem.code ?? `http-${response.status}`,
    trace: problem.trace ?? response.headers.get('X-Trace') ?? '',
  })
}
