import type { Clock, Millis } from '../core/time.ts'
import { SECOND } from '../core/time.ts'
import type { Entry, Person, SentMessage } from './person.ts'
import type { Wire } from './wire.ts'

/**
 * One person with a phone. What they do is posted to our server as the platform would post it; each call resolves with
 * the status our server answered, 0 for no answer, null where the platform tells nothing. What one person does is posted
 * in turn.
 */
export interface Citizen {
  readonly userId: string
  says(text: string, with_?: { quotes?: string }): Promise<number | null>
  /** Taps the newest button with this payload; one no message shows is an old button, or the menu's with this title. */
  taps(payload: string, title?: string): Promise<number | null>
  /** Opens the chat for the first time, or by a link or QR code that carries `ref`. Zalo's carry none. */
  starts(ref?: string | null): Promise<number | null>
  follows(): Promise<number | null>
  /** Blocks the account or leaves it: sends fail from now on. */
  leaves(): Promise<number | null>
  returns(): Promise<number | null>
  sendsImage(): Promise<number | null>
  sendsSticker(): Promise<number | null>
  /** Staff answer in the platform's own inbox. Telegram has none. */
  hearsFromStaff(text: string): Promise<number | null>
  /** Reads everything up to now. */
  reads(): Promise<number | null>
  /** The last thing this person did is posted once more, byte for byte, as platforms do when an answer was lost. */
  repeats(): Promise<number | null>
  /** Everything our server sent, oldest first. */
  received(): readonly SentMessage[]
  /** The whole conversation as the phone shows it. */
  conversation(): readonly Entry[]
  /** Tells of every later line until the returned function is called. */
  listen(listener: (entry: Entry) => void): () => void
  /** The next message in turn, as soon as it is there; each is given once. Rejects after `within` (10 s). */
  hears(within?: Millis): Promise<SentMessage>
  /** The first message that fits, from those received or still to come. Rejects after `within` (10 s). */
  waitFor(fits: (message: SentMessage) => boolean, within?: Millis): Promise<SentMessage>
}

export interface CitizenPorts {
  wire: Wire
  /** Our server's status; 0 for no answer. */
  post(payload: object): Promise<number>
  now: Clock
}

/** Which of the things a person does let the account write to them. */
const openWindow: ReadonlySet<Entry['did']> = new Set<Entry['did']>(['said', 'tapped', 'image', 'sticker', 'started', 'followed', 'returned'])

export function createCitizen(person: Person, { wire, post, now }: CitizenPorts): Citizen {
  let inTurn: Promise<unknown> = Promise.resolve()
  let last: object | null = null

  /** After what this person did before has been answered. */
  function then<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = inTurn.then(work)
    inTurn = done.catch(() => undefined)
    return done
  }

  async function tell(payload: object | null): Promise<number | null> {
    if (payload === null) return null
    const status = await post(payload)
    if (status !== 200) person.note(now(), { by: 'note', did: 'told', text: refusal(status) })
    return status
  }

  /** The line stands in the conversation whether or not our server takes it: the person did do it. */
  function act(did: Entry['did'], text: string, build: (id: string, at: Millis) => object | null, quotes: string | null = null): Promise<number | null> {
    return then(() => {
      const [id, at] = [wire.newId(), now()]
      const payload = build(id, at)
      person.note(at, { by: 'citizen', did, text, id, quotes })
      if (openWindow.has(did)) person.lastActAt = at
      last = payload ?? last
      return tell(payload)
    })
  }

  return {
    userId: person.userId,
    says: (text, { quotes = null }: { quotes?: string | null } = {}) =>
      act('said', text, (id, at) => wire.said(person, { id, at, text, quotes }), quotes),
    taps(payload, titleInMenu = payload) {
      const message = person.received.findLast(({ buttons }) => buttons.some((button) => button.payload === payload)) ?? null
      const button = message?.buttons.find((each) => each.payload === payload)
      const title = button?.title ?? titleInMenu
      return act('tapped', title, (id, at) => wire.tapped(person, { id, at, payload, title, message, quick: button?.quick ?? false }))
    },
    starts: (ref = null) => act('started', ref ?? '', (id, at) => wire.started(person, { id, at, ref })),
    follows: () => act('followed', '', (id, at) => wire.followed(person, { id, at })),
    leaves() {
      person.gone = true
      return act('left', '', (id, at) => wire.left(person, { id, at }))
    },
    returns() {
      person.gone = false
      return act('returned', '', (id, at) => wire.returned(person, { id, at }))
    },
    sendsImage: () => act('image', '', (id, at) => wire.image(person, { id, at })),
    sendsSticker: () => act('sticker', '', (id, at) => wire.sticker(person, { id, at })),
    hearsFromStaff: (text) => then(() => {
      const [id, at] = [wire.newId(), now()]
      const payload = wire.staff(person, { id, at, text })
      if (payload !== null) person.note(at, { by: 'staff', did: 'said', text, id })
      return tell(payload)
    }),
    reads: () => then(() => tell(person.received.length === 0 ? null : wire.read(person, person.received, now()))),
    repeats: () => then(() => tell(last)),
    received: () => person.received,
    conversation: () => person.entries,
    listen: (listener) => person.listen(listener),
    hears(within = 10 * SECOND) {
      const waiting = person.takeUnheard()
      return waiting === undefined ? arrival(person, () => true, within).then(() => person.takeUnheard()!) : Promise.resolve(waiting)
    },
    waitFor(fits, within = 10 * SECOND) {
      const known = person.received.find(fits)
      return known === undefined ? arrival(person, fits, within) : Promise.resolve(known)
    },
  }
}

function arrival(person: Person, fits: (message: SentMessage) => boolean, within: Millis): Promise<SentMessage> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      stop()
      reject(new Error(`no such message within ${within} ms; ${person.received.length} were received`))
    }, within)
    const stop = person.listen((_entry, message) => {
      if (message === null || !fits(message)) return
      clearTimeout(deadline)
      stop()
      resolve(message)
    })
  })
}

const refusal = (status: number): string =>
  status === 0 ? 'Máy chủ chưa nhận được: không có trả lời.' : `Máy chủ chưa nhận: trả lời mã ${status}.`
