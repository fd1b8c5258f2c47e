import type { Millis } from '../core/time.ts'

/** One call of our server that the platform took, as the person's phone shows it. */
export interface SentMessage {
  /** The id the platform gave it. */
  id: string
  at: Millis
  text: string
  buttons: Button[]
  media: { kind: 'image' | 'audio' | 'video' | 'file'; url: string } | null
  /** The message it visibly answers; null for none. */
  quotes: string | null
  /** True where the platform would have sent a bill: Zalo, from the 48th hour after the person's last act. */
  billed: boolean
  /** The call's body as it came. */
  body: unknown
}

/** `payload` null: it opens `url`. `quick`: gone with the next message (Messenger's quick replies). */
export interface Button {
  title: string
  payload: string | null
  url: string | null
  quick: boolean
}

/** One line of a conversation, in the order in which the platform saw it. `seq` counts from 1 for each person. */
export interface Entry {
  seq: number
  at: Millis
  /** `note`: nobody said it; the stand-in tells what happened beside the conversation. */
  by: 'citizen' | 'bot' | 'staff' | 'note'
  /** The platform's message id; empty for what has none. */
  id: string
  text: string
  did: 'said' | 'tapped' | 'image' | 'sticker' | 'started' | 'followed' | 'left' | 'returned' | 'told'
  buttons: Button[]
  media: SentMessage['media']
  quotes: string | null
}

/** How much of one conversation is kept; older lines fall out. */
const KEPT = 500

/** One person as the platform knows them: what was said, whether they can be reached, who waits for a message. */
export class Person {
  readonly userId: string
  /** When they last did what lets the page or OA write to them; null: never. */
  lastActAt: Millis | null = null
  /** They blocked the account or left it. */
  gone = false
  readonly entries: Entry[] = []
  readonly received: SentMessage[] = []
  #serial = 0
  #unheard: SentMessage[] = []
  #listeners = new Set<(entry: Entry, message: SentMessage | null) => void>()

  constructor(userId: string) {
    this.userId = userId
  }

  note(at: Millis, line: Pick<Entry, 'by' | 'did' | 'text'> & { id?: string; quotes?: string | null }): void {
    this.#add({ seq: ++this.#serial, at, id: '', buttons: [], media: null, quotes: null, ...line }, null)
  }

  receive(message: SentMessage): void {
    keep(this.received, message)
    keep(this.#unheard, message)
    const { id, at, text, buttons, media, quotes } = message
    this.#add({ seq: ++this.#serial, at, by: 'bot', did: 'said', id, text, buttons, media, quotes }, message)
  }

  /** The oldest message nobody took by this call; undefined when there is none. */
  takeUnheard(): SentMessage | undefined {
    return this.#unheard.shift()
  }

  /** Tells of every later line until the returned function is called. `message` is null for what our server did not send. */
  listen(listener: (entry: Entry, message: SentMessage | null) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #add(entry: Entry, message: SentMessage | null): void {
    keep(this.entries, entry)
    for (const listener of this.#listeners) listener(entry, message)
  }
}

function keep<Item>(list: Item[], item: Item): void {
  list.push(item)
  if (list.length > KEPT) list.shift()
}
