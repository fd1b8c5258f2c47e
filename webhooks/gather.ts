import { createHash } from 'node:crypto'
import type { Contact } from '../src/core/contact.ts'
import type { AccountEvent, EventBody, EventHead, InboundEvent } from '../src/core/event.ts'
import type { Parsed } from './webhook.ts'

/** When something happened and which message it was: an event's head without what `add` makes. */
export type Head = Omit<EventHead, 'id' | 'contact'>

/** Collects what one body tells. */
export class Gathering implements Parsed {
  readonly events: InboundEvent[] = []
  readonly accountEvents: AccountEvent[] = []
  readonly ignored: Record<string, number> = {}

  /**
   * `native` is the platform's own id of what happened, unique within account and kind; where it gives none, the piece
   * of JSON that tells it, which a repeat brings again.
   */
  add(contact: Contact, native: string | object, head: Head, body: EventBody): void {
    this.events.push({ id: eventId(contact, body.kind, native), contact, ...head, ...body })
  }

  /** Names come from outside: one that is no plain word is counted as `unnamed`. */
  ignore(name: string): void {
    const label = /^[a-z]\w{0,47}$/i.test(name) ? name : 'unnamed'
    this.ignored[label] = (Object.hasOwn(this.ignored, label) ? this.ignored[label]! : 0) + 1
  }
}

/** Event ids stand in logs, so nobody's platform id may be read from one: a native id that holds it is hashed. */
function eventId(contact: Contact, kind: string, native: string | object): string {
  const own = typeof native === 'string' && !tellsWho(native, contact) ? native : fingerprint(native)
  return `${contact.channel}:${contact.accountId}:${kind}:${own}`
}

/** An anonymous visitor's user id is several ids in one, joined by colons. */
const tellsWho = (native: string, { userId }: Contact): boolean =>
  userId.startsWith('anon:') ? userId.split(':').slice(1).some((id) => native.includes(id)) : native.includes(userId)

const fingerprint = (native: string | object): string =>
  createHash('sha256').update(JSON.stringify(outline(native, 12))).digest('base64url').slice(0, 22)

/** The value without what lies deeper than any platform nests: endless nesting would overflow the stack. */
function outline(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return null
  return Array.isArray(value)
    ? value.map((item) => outline(item, depth - 1))
    : Object.entries(value).map(([key, item]) => [key, outline(item, depth - 1)])
}
