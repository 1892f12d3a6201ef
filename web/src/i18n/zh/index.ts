import { access } from './access'
import { account } from './account'
import { admin } from './admin'
import { common, error, files, form, ticketState, time } from './common'
import { customers } from './customers'
import { decisions } from './decisions'
import { definitions } from './definitions'
import { call, customerPanel, desk, offer, ticketForm, transferForm } from './desk'
import { exports } from './exports'
import { help } from './help'
import { imports } from './imports'
import { insight } from './insight'
import { floor } from './floor'
import { limits } from './limits'
import { listTools } from './listTools'
import { live } from './live'
import { notices } from './notices'
import { securityLog } from './securityLog'
import { setUp } from './setup'
import { callDesk, consultForm, phone, phoneBook } from './phone'
import { privacy } from './privacy'
import { idle, keyList, nav, presence, shell, signIn } from './shell'
import { system } from './system'
import { roster } from './roster'
import { tickets } from './tickets'

/** Every word of the workspace. The portal has its own in portal.ts. */
export const zh = {
  access,
  account,
  admin,
  common,
  customerPanel,
  customers,
  decisions,
  call,
  callDesk,
  consultForm,
  definitions,
  desk,
  error,
  exports,
  files,
  help,
  imports,
  form,
  insight,
  floor,
  keyList,
  limits,
  listTools,
  live,
  nav,
  notices,
  offer,
  phone,
  phoneBook,
  presence,
  securityLog,
  setUp,
  privacy,
  shell,
  idle,
  signIn,
  system,
  ticketForm,
  ticketState,
  roster,
  tickets,
  time,
  transferForm,
}
