import { admin } from './admin'
import { common, error, time } from './common'
import { customers } from './customers'
import { desk } from './desk'
import { live } from './live'
import { notices } from './notices'
import { keyList, nav, presence, shell, signIn } from './shell'
import { tickets } from './tickets'

/** Every word of the workspace. The portal has its own in portal.ts. */
export const zh = {
  admin,
  common,
  customers,
  desk,
  error,
  keyList,
  live,
  nav,
  notices,
  presence,
  shell,
  signIn,
  tickets,
  time,
}
