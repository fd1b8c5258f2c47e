import type { Hono } from 'hono'
import type { ChannelName } from '../core/contact.ts'
import type { Clock, Millis } from '../core/time.ts'
import { createCitizen, type Citizen } from './citizen.ts'
import { Faults, type Fault, type NodeEnv } from './faults.ts'
import type { People } from './people.ts'
import type { Person, SentMessage } from './person.ts'
import { Publications, type Publication } from './publications.ts'
import type { Wire } from './wire.ts'

/** One platform on this machine, with its people, its rules and its faults. */
export interface Platform {
  readonly channel: ChannelName
  /** The OA, page or bot that our server is. */
  readonly accountId: string
  /** Somebody who has never been here. */
  newCitizen(): Citizen
  /** The person with this id, made where there is none. Telegram's ids are digits. */
  citizen(userId: string): Citizen
  knows(userId: string): boolean
  /** The person has written at that time, and our server knows of it already. */
  acquaint(userId: string, at: Millis): void
  /** What our server sent to this person, oldest first. */
  received(userId: string): readonly SentMessage[]
  /** What our server put up for everybody, oldest first. */
  readonly publications: readonly Publication[]
  /** Messages to people that were taken, and calls that were refused because they came too fast. */
  readonly tally: Readonly<Tally>
  /** The platform has looked at this template and lets it be sent. */
  approveTemplate(id: string): void
  /** Something goes wrong with the next calls of our server. */
  fault(fault: Fault): void
  /** Everything works again. */
  mend(): void
}

/** What stands beside a conversation: suggested questions before the first word, and a menu that is always there. */
export interface Opening {
  questions: OpeningItem[]
  menu: OpeningItem[]
}
/** One of the three: a button's payload, words that are sent, an address. */
export type OpeningItem = { title: string } & ({ payload: string } | { says: string } | { url: string })

export interface Tally { taken: number; tooFast: number }

/** A platform with what only the sandbox itself needs. */
export interface StandIn {
  platform: Platform
  routes: Hono<NodeEnv>
  /** When all echoes and receipts under way are answered. */
  settled(): Promise<void>
}

export interface StandInPorts {
  channel: ChannelName
  accountId: string
  wire: Wire
  people: People
  post(payload: object): Promise<number>
  now: Clock
}

/** What a platform's routes write down beside conversations. */
export interface Desk {
  publications: Publications
  templates: ReadonlySet<string>
  tally: Tally
}

/** What a platform's routes get: the message is shown to the person, and echo and receipt go to our server. */
export type Deliver = (person: Person, message: SentMessage) => void

/** `makeRoutes` builds the platform's calls. */
export function createStandIn(ports: StandInPorts, makeRoutes: (deliver: Deliver, faults: Faults, desk: Desk) => Hono<NodeEnv>): StandIn {
  const { channel, accountId, wire, people, post, now } = ports
  const faults = new Faults()
  const citizens = new WeakMap<Person, Citizen>()
  const underWay = new Set<Promise<unknown>>()
  const templates = new Set<string>()
  const desk: Desk = { publications: new Publications(), templates, tally: { taken: 0, tooFast: 0 } }

  function tellLater(payload: object | null): void {
    if (payload === null) return
    const told = post(payload).finally(() => underWay.delete(told))
    underWay.add(told)
  }
  const deliver: Deliver = (person, message) => {
    desk.tally.taken++
    person.receive(message)
    tellLater(wire.echo(person, message))
    tellLater(wire.delivered(person, message, now()))
  }
  function citizen(userId: string): Citizen {
    const person = people.get(userId)
    const known = citizens.get(person)
    if (known !== undefined) return known
    const made = createCitizen(person, { wire, post, now })
    citizens.set(person, made)
    return made
  }

  return {
    routes: makeRoutes(deliver, faults, desk),
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    platform: {
      channel,
      accountId,
      newCitizen: () => citizen(wire.newUserId()),
      citizen,
      acquaint(userId, at) {
        people.get(userId).lastActAt = at
      },
      knows: (userId) => people.find(userId) !== null,
      received: (userId) => people.find(userId)?.received ?? [],
      publications: desk.publications.all,
      tally: desk.tally,
      approveTemplate: (id) => void templates.add(id),
      fault: (fault) => faults.add(fault),
      mend: () => faults.clear(),
    },
  }
}
