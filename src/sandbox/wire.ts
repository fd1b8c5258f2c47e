import type { Millis } from '../core/time.ts'
import type { Person, SentMessage } from './person.ts'

/** Something that happens to a message: its id on the platform and when. */
export interface Happening { id: string; at: Millis }

/**
 * What one platform posts to a webhook, in its own words: pure builders, and how the bytes are made and proven.
 * Null: the platform does not tell such a thing.
 */
export interface Wire {
  said(person: Person, what: Happening & { text: string; quotes: string | null }): object | null
  /** `message`: the one with the button; null where it is not known any more (an old button, the menu). */
  tapped(person: Person, what: Happening & { payload: string; title: string; quick: boolean; message: SentMessage | null }): object | null
  image(person: Person, what: Happening): object | null
  sticker(person: Person, what: Happening): object | null
  /** By a QR code or link with `ref`, or by the platform's own start button (null). */
  started(person: Person, what: Happening & { ref: string | null }): object | null
  followed(person: Person, what: Happening): object | null
  left(person: Person, what: Happening): object | null
  returned(person: Person, what: Happening): object | null
  /** Typed by staff in the platform's own inbox. */
  staff(person: Person, what: Happening & { text: string }): object | null
  /** The platform tells us of our own send. */
  echo(person: Person, message: SentMessage): object | null
  delivered(person: Person, message: SentMessage, at: Millis): object | null
  read(person: Person, messages: readonly SentMessage[], at: Millis): object | null
  /** An id that this platform has not given before. */
  newId(): string
  newUserId(): string
  bytes(payload: object): Uint8Array
  sign(bytes: Uint8Array): Record<string, string>
}
