import type { RTCSession } from 'jssip/lib/RTCSession'
import type { IncomingRTCSessionEvent, UA } from 'jssip/lib/UA'
import { constraintsOf, type Devices } from './devices'

/** What the workspace hears of the line. */
export interface Heard {
  registered: () => void
  lost: () => void
  refused: () => void
  ringing: (caller: string) => void
  talking: () => void
  over: () => void
  deaf: () => void
}
export interface Line {
  number: string
  secret: string
}
/** A phone, however it is made. */
export interface Softphone {
  readonly busy: boolean
  readonly connection: RTCPeerConnection | null
  answer: () => void
  refuse: () => void
  hangUp: () => void
  mute: (on: boolean) => void
  press: (key: string) => void
  use: (devices: Devices) => Promise<void>
  stop: () => void
}

const BUSY = 486
const DECLINED = 603
/** Enough for the addresses of this machine; without a limit a silent network card holds every call up. */
const GATHER_MS = 250
/** A phone that was just made takes the media server a moment to hear of. */
const AGAIN_MS = 1000
const TONE_MS = 120
const GAP_MS = 80

/** A phone that speaks SIP through our own front door; its sound goes straight to the media server. */
class SipPhone implements Softphone {
  private session: RTCSession | null = null
  private readonly sound = new Audio()

  constructor(
    private readonly ua: UA,
    private readonly heard: Heard,
    private devices: Devices,
  ) {
    this.sound.autoplay = true
    ua.on('registered', () => heard.registered())
    ua.on('unregistered', () => heard.lost())
    ua.on('disconnected', () => heard.lost())
    ua.on('registrationFailed', () => {
      heard.refused()
      setTimeout(() => ua.isConnected() && ua.register(), AGAIN_MS)
    })
    ua.on('newRTCSession', (event: IncomingRTCSessionEvent) => this.called(event))
    ua.start()
  }

  get busy(): boolean {
    return this.session !== null
  }

  get connection(): RTCPeerConnection | null {
    return this.session?.connection ?? null
  }

  private called({ originator, session, request }: IncomingRTCSessionEvent): void {
    if (String(originator) !== 'remote') return
    if (this.session) {
      session.terminate({ status_code: BUSY })
      return
    }
    this.session = session
    session.on('peerconnection', ({ peerconnection }) => this.listen(peerconnection))
    session.on('icecandidate', ({ ready }) => void setTimeout(ready, GATHER_MS))
    session.on('getusermediafailed', () => this.heard.deaf())
    session.on('confirmed', () => this.heard.talking())
    const over = (): void => {
      this.session = null
      this.heard.over()
    }
    session.on('ended', over)
    session.on('failed', over)
    this.heard.ringing(request.from.uri.user)
  }

  private listen(connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ streams, track }) => {
      this.sound.srcObject = streams[0] ?? new MediaStream([track])
      void this.sound.play().catch(() => undefined)
    })
  }

  answer(): void {
    this.session?.answer({ mediaConstraints: constraintsOf(this.devices), pcConfig: { iceServers: [] } })
  }

  refuse(): void {
    this.session?.terminate({ status_code: DECLINED })
  }

  hangUp(): void {
    this.session?.terminate()
  }

  mute(on: boolean): void {
    if (on) this.session?.mute({ audio: true })
    else this.session?.unmute({ audio: true })
  }

  press(key: string): void {
    this.session?.sendDTMF(key, { duration: TONE_MS, interToneGap: GAP_MS, transportType: 'RFC2833' as never })
  }

  async use(devices: Devices): Promise<void> {
    this.devices = devices
    if ('setSinkId' in this.sound) await this.sound.setSinkId(devices.speaker).catch(() => undefined)
    const sender = this.connection?.getSenders().find((one) => one.track?.kind === 'audio')
    if (!sender) return
    const stream = await navigator.mediaDevices.getUserMedia(constraintsOf(devices))
    const track = stream.getAudioTracks()[0]
    if (!track) return
    track.enabled = sender.track?.enabled ?? true
    sender.track?.stop()
    await sender.replaceTrack(track)
  }

  stop(): void {
    this.sound.srcObject = null
    this.ua.stop()
  }
}

/** Make the phone. The library is fetched only by those who use it. */
export const sipPhone = async (line: Line, heard: Heard, devices: Devices): Promise<Softphone> => {
  const { default: jssip } = await import('jssip')
  const socket = new jssip.WebSocketInterface(`${location.origin.replace(/^http/, 'ws')}/ws`)
  const ua = new jssip.UA({
    sockets: [socket],
    uri: `sip:${line.number}@${location.hostname}`,
    authorization_user: line.number,
    password: line.secret,
    register_expires: 120,
    session_timers: false,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 5,
    user_agent: 'Shouwen',
  })
  const phone = new SipPhone(ua, heard, devices)
  await phone.use(devices)
  return phone
}
