import { Http } from './http'
import { idleSeconds } from './touched'
import { uploader } from './upload'

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
  idle: () => idleSeconds(),
})

/** Hands a file in for staff. */
export const upload = uploader({
  base: '/api',
  language: () => workspace.language(),
  signedOut: () => workspace.signedOut(),
})
