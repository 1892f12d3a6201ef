import { Http } from './http'

/** What the workspace tells its requests; the entry sets it. */
export const workspace = {
  language: (): string => document.documentElement.lang || 'zh-CN',
  signedOut: (): void => undefined,
}

/** The staff's API. */
export const api = new Http({
  base: '/api',
  language: () => workspace.language(),
  signedOut: () => workspace.signedOut(),
})
