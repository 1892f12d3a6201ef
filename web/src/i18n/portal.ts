import * as commonEn from './en/common'
import { portal as portalEn } from './en/portal'
import * as common from './zh/common'
import { portal } from './zh/portal'
import { createWords } from '.'

/** The words of the customers' portal. */
export const words = createWords({ ...common, portal }, { ...commonEn, portal: portalEn })
