import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { AccountKey, ChannelName, Contact } from '../../src/core/contact.ts'
import type { ClaimedDelivery } from '../../src/core/delivery.ts'
import type { EventBody, EventHead, InboundEvent } from '../../src/core/event.ts'
import { DAY, MINUTE, type Millis } from '../../src/core/time.ts'
import type { ClaimedTurn, FinishedDelivery, NewDelivery, Outcome, Store, StoreOptions, Turn } from '../../src/store/ports.ts'

/** 10:00 in Viet Nam on 21 November 2026: the moment every store test begins at. */
export const T: Millis = Date.UTC(2026, 10, 21, 3)
export const LEASE = MINUTE
export const OA: AccountKey = 'zalo:4300112233445566778'

/** Opens the store that lives in this folder, made when it is not there. Two calls for one folder meet the same data. */
export type OpenStore = (folder: string, options: StoreOptions) => Promise<Store>

/** One store in a folder of its own, with what a test needs around it. */
export interface Bench {
  store: Store
  /** Closes and opens again, as the next process would. */
  reopen(options?: Partial<StoreOptions>): Promise<Store>
  /** A second, empty store elsewhere. */
  another(): Promise<Store>
  /** Leaves everything behind for an empty store. */
  startOver(): Promise<void>
  /** The same data, opened once more beside the first. */
  beside(options?: Partial<StoreOptions>): Promise<Store>
}

export const storeOptions: StoreOptions = { role: 'server', now: T, waitingLimit: 200, keysKept: 30 * DAY, sharedClock: (now) => now }

/** Runs `body` with a fresh store and cleans up whatever happens. */
export function withStore(open: OpenStore, body: (bench: Bench) => Promise<void>, options: Partial<StoreOptions> = {}): () => Promise<void> {
  return async () => {
    const folders: string[] = []
    const opened: Store[] = []
    const enter = async (folder: string, more: Partial<StoreOptions> = {}): Promise<Store> => {
      const store = await open(folder, { ...storeOptions, ...options, ...more })
      opened.push(store)
      return store
    }
    const folder = (): string => {
      const made = mkdtempSync(join(tmpdir(), 'camnang-store-'))
      folders.push(made)
      return made
    }
    let home = folder()
    try {
      const bench: Bench = {
        store: await enter(home),
        reopen: async (more) => {
          await bench.store.close()
          bench.store = await enter(home, more)
          return bench.store
        },
        another: () => enter(folder()),
        startOver: async () => {
          await bench.store.close()
          home = folder()
          bench.store = await enter(home)
        },
        beside: (more) => enter(home, more),
      }
      await body(bench)
    } finally {
      for (const store of opened) await store.close()
      for (const made of folders) rmSync(made, { recursive: true, force: true })
    }
  }
}

export const person = (n: number, channel: ChannelName = 'zalo', accountId = '4300112233445566778'): Contact =>
  ({ channel, accountId, userId: `90071992547409${String(n).padStart(4, '0')}` })

/** An event of any kind; id, times and contact can be said, else they follow from `native` and `at`. */
export function anEvent(contact: Contact, native: string | number, at: Millis, body: EventBody, head: Partial<EventHead> = {}): InboundEvent {
  return { id: `${contact.channel}:${contact.accountId}:${body.kind}:${contact.userId}-${native}`, contact, sentAt: at, receivedAt: at, orderAt: at, ...head, ...body }
}

export const aText = (contact: Contact, native: string | number, at: Millis = T, text = `hỏi ${native}`, head: Partial<EventHead> = {}): InboundEvent =>
  anEvent(contact, native, at, { kind: 'text', text }, head)

export const aReply = (eventId: string, n = 0, more: Partial<NewDelivery> = {}): NewDelivery =>
  ({ id: `${eventId}#${n}`, origin: 'reply', part: { text: `trả lời ${n}` }, questionAt: T, ...more })

export const anOutcome = (more: Partial<Outcome> = {}): Outcome => ({
  day: '2026-11-21', account: OA, entry: null, flow: null, step: null, article: null, status: 'answered', handover: false, helpful: null, ...more,
})

/** The turn that handles the first waiting event of a claim and answers nothing, unless more is said. */
export function turnOf(claimed: ClaimedTurn, more: Partial<Turn> = {}): Turn {
  const first = claimed.waiting[0]
  if (first === undefined) throw new Error('a claimed turn without a waiting event')
  return {
    contactKey: claimed.contactKey, claim: claimed.claim, version: claimed.version, eventId: first.id,
    conversation: { last: first.id }, deliveries: [], outcome: null, ...more,
  }
}

/** Claims, expecting exactly one contact. */
export async function claimOne(store: Store, now: Millis = T): Promise<ClaimedTurn> {
  const claimed = await store.claimTurns(10, now, LEASE)
  expect(claimed).toHaveLength(1)
  return claimed[0]!
}

/** Records a text and handles it with these deliveries; returns the event. */
export async function handled(store: Store, contact: Contact, native: string | number, deliveries: (eventId: string) => NewDelivery[], more: Partial<Turn> = {}, now: Millis = T): Promise<InboundEvent> {
  const event = aText(contact, native, now)
  expect(await store.recordEvents([event], now)).toEqual(['recorded'])
  const key = store.keyOf(contact)
  const claimed = (await store.claimTurns(1_000, now, LEASE)).find((turn) => turn.contactKey === key)
  expect(claimed?.waiting.map((waiting) => waiting.id)).toEqual([event.id])
  expect(await store.commitTurns([turnOf(claimed!, { deliveries: deliveries(event.id), ...more })], now)).toEqual(['committed'])
  return event
}

export const finishedAs = (delivery: ClaimedDelivery, end: FinishedDelivery['end'], contact?: FinishedDelivery['contact']): FinishedDelivery =>
  ({ id: delivery.id, claim: delivery.claim, end, ...(contact && { contact }) })

export const sent = (delivery: ClaimedDelivery): FinishedDelivery => finishedAs(delivery, { status: 'sent', platformMessageId: `p-${delivery.id}` })

/** Sends everything that is due until nothing is; returns the ids in the order they went. */
export async function sendAll(store: Store, now: Millis = T): Promise<string[]> {
  const ids: string[] = []
  for (let account = (await store.dueAccounts(now))[0]; account !== undefined; account = (await store.dueAccounts(now))[0]) {
    const claimed = await store.claimDeliveries(account, 50, now, LEASE)
    ids.push(...claimed.map((delivery) => delivery.id))
    expect(await store.finishDeliveries(claimed.map(sent), now)).toEqual(claimed.map(() => true))
  }
  return ids
}

/** Every row of a dump, as JSON text: where a word or an id must not be found any more. */
export async function everythingIn(store: Store, withSecrets = false): Promise<string> {
  const rows: unknown[] = []
  for await (const row of store.dumpRows({ withSecrets })) rows.push(row)
  return JSON.stringify(rows)
}
