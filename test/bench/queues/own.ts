import type { Contact } from '../../../src/core/contact.ts'
import { SECOND } from '../../../src/core/time.ts'
import { openStore } from '../../../src/store/open.ts'
import type { ClaimedDelivery } from '../../../src/core/delivery.ts'
import type { ClaimedTurn, Store } from '../../../src/store/ports.ts'
import { aReply, aText, LEASE, OA, sent, storeOptions, turnOf } from '../../support/store-fixtures.ts'
import type { Contender, Message, Told } from './work.ts'

const userOf = (person: number): Contact => ({ channel: 'zalo', accountId: '4300112233445566778', userId: String(9_007_199_254_740_000n + BigInt(person)) })
const list = 'x'.repeat(500)

/** This project's store on PostgreSQL, used as its server does. */
export const own = (url: string, people: number) => async (told: Told): Promise<Contender> => {
  const store = await openStore(url, { ...storeOptions, now: Date.now(), onWake: () => void look() })
  let closed = false

  async function handle(turn: ClaimedTurn): Promise<void> {
    const [event] = turn.waiting
    const message = messageOf(event!.id)
    try {
      told.begins(message)
    } catch {
      return store.failTurn({ contactKey: turn.contactKey, claim: turn.claim, eventId: event!.id, cause: 'x', then: { retryAt: Date.now() } }, Date.now())
    }
    await Promise.resolve()
    told.ends(message)
    const { messages = 0 } = (turn.conversation ?? {}) as { messages?: number }
    const commit = turnOf(turn, { conversation: { messages: messages + 1, list }, deliveries: [aReply(event!.id)] })
    const [committed] = await store.commitAndClaim([commit], Date.now(), { lease: LEASE, deliveries: true })
    await Promise.all([committed?.delivery && send(committed.delivery), committed?.next && handle(committed.next)])
  }
  async function send(delivery: ClaimedDelivery): Promise<void> {
    told.sent(messageOf(delivery.id.slice(0, delivery.id.indexOf('#'))))
    const [end] = await store.finishAndClaim([sent(delivery)], Date.now(), LEASE)
    if (end?.next) await send(end.next)
  }
  /** What nobody was handed: retries, and what another left. */
  async function look(): Promise<void> {
    if (closed) return
    const now = Date.now()
    const [turns, deliveries] = await Promise.all([store.claimTurns(100, now, LEASE), store.claimDeliveries(OA, 100, now, LEASE)])
    await Promise.all([...turns.map(handle), ...deliveries.map(send)])
  }
  const timer = setInterval(() => void look(), 0.1 * SECOND)
  return {
    async take({ id, person }) {
      const now = Date.now()
      const { claimed } = await store.recordAndClaim([{ ...aText(userOf(person), id, now), id }], now, LEASE)
      for (const turn of claimed) void handle(turn)
    },
    counted: () => counted(store, people),
    async close() {
      closed = true
      clearInterval(timer)
      await store.close()
    },
  }
}

function messageOf(id: string): Message {
  const [person, n] = id.slice(id.lastIndexOf(':') + 1).split('-').map(Number)
  return { id, person: person!, n: n! }
}

async function counted(store: Store, people: number): Promise<number> {
  let sum = 0
  for (let person = 0; person < people; person++) {
    const known = await store.exportContact(store.keyOf(userOf(person)))
    sum += (known?.conversation as { messages: number } | null)?.messages ?? 0
  }
  return sum
}
