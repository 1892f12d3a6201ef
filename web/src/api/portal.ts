import { Http } from './http'
import { uploader } from './upload'

/** What the portal tells its requests; its entry sets it. */
export const portal = {
  language: (): string => document.documentElement.lang || 'zh-CN',
  signedOut: (): void => undefined,
}

/** The customers' API. */
export const portalApi = new Http({
  base: '/api/portal',
  language: () => portal.language(),
  signedOut: () => portal.signedOut(),
})

/** Hands a file in for a customer or visitor. */
export const portalUpload = uploader({
  base: '/api/portal',
  language: () => portal.language(),
  signedOut: () => portal.signedOut(),
})
