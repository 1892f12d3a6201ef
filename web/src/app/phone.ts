import { watch } from 'vue'
import { useMe } from '@/entities/accounts'
import { phoneBack, phoneGone, phoneLine, useOwnPhone } from '@/entities/telephony'
import { useFacts } from '@/live'
import { expectCall, startPhone, stopPhone } from '@/phone'

const around = { line: phoneLine, back: phoneBack, gone: phoneGone }

/** Keep the phone of this browser as its user wants it, as long as the workspace is open. */
export const useBrowserPhone = () => {
  const { me, may } = useMe()
  const phone = useOwnPhone(() => may('telephony.answer'))
  // who calls a customer wants his own phone answered, in whichever tab it is
  useFacts(['telephony.CallDialled'], (fact) => {
    if (fact.staff_id === me.value?.id && fact.state === 'phone') expectCall()
  })
  watch(
    () => phone.data.value?.available && phone.data.value.kind === 'browser',
    (wanted) => {
      if (wanted) startPhone(around)
      else if (phone.data.value) stopPhone()
    },
    { immediate: true },
  )
  return phone
}
