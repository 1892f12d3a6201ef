/** How each medium is drawn: the key of a channel icon. */
export const channelOf = (medium: string): 'voice' | 'chat' | 'app' | 'sms' | 'mail' | 'fax' | 'form' => {
  const channels = {
    web_chat: 'chat',
    voice: 'voice',
    voice_mailbox: 'voice',
    sms: 'sms',
    email: 'mail',
    letter: 'mail',
    fax: 'fax',
    wechat: 'chat',
    official_account: 'chat',
    mini_program: 'app',
    social: 'chat',
    e_form: 'form',
    portal: 'app',
  } as const
  return medium in channels ? channels[medium as keyof typeof channels] : 'form'
}
