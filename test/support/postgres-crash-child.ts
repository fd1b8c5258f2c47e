/**
 * One of several servers without HTTP, on one store. The parent stands for the platforms: it hands over events (`{ event }`) and
 * comes again with whatever was not acknowledged (`{ acknowledged: id }`, `{ refused: id }`). What is sent goes into a file.
 * `postgres-crash-child.ts <folder> <url>`, forked with a channel for messages; ends at `{ stop: true }`.
 */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClaimedDelivery } from '../../src/core/delivery.ts'
import type { InboundEvent } from '../../src/core/event.ts'
import { openStore } from '../../src/store/open.ts'
import { StoreUnavailable, type ClaimedTurn, type Turn } from '../../src/store/ports.ts'

const [folder = '', url = ''] = process.argv.slice(2)
/** Short, so that what a killed process held comes back soon. */
const LEASE = 1_500
const say = (message: Record<string, unknown>): void => void process.send?.(message)

/** What needs the store is given up when it is out of reach: leases run out, the platform comes again. */
async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (error instanceof StoreUnavailable) return false
    throw error
  }
}

async function handle(turn: ClaimedTurn): Promise<void> {
  for (let next: ClaimedTurn | null = turn; next !== null;) {
    const event: InboundEvent = next.waiting[0]!
    const conversation = [...(next.conversation as string[] | null ?? []), event.id]
    const deliveries = [0, 1].map((n) => ({ id: `${event.id}#${n}`, origin: 'reply' as const, part: { text: 'x' }, questionAt: event.sentAt }))
    const written: Turn = { contactKey: next.contactKey, claim: next.claim, version: next.version, eventId: event.id, conversation, deliveries, outcome: null }
    const [committed] = await store.commitAndClaim([written], Date.now(), { lease: LEASE, deliveries: true })
    if (committed!.delivery !== null) await carry(committed!.delivery)
    next = committed!.next
  }
}

async function carry(first: ClaimedDelivery): Promise<void> {
  for (let delivery: ClaimedDelivery | null = first; delivery !== null;) {
    const { id, contact, maybeSent } = delivery
    appendFileSync(join(folder, 'sent.jsonl'), `${JSON.stringify({ id, user: contact.userId, maybeSent })}\n`)
    const [ended] = await store.finishAndClaim([{ id, claim: delivery.claim, end: { status: 'sent', platformMessageId: id } }], Date.now(), LEASE)
    delivery = ended!.next
  }
}

let looking = false
async function look(): Promise<void> {
  if (looking) return
  looking = true
  await attempt(async () => {
    await Promise.all((await store.claimTurns(20, Date.now(), LEASE)).map(handle))
    for (const account of await store.dueAccounts(Date.now())) await Promise.all((await store.claimDeliveries(account, 20, Date.now(), LEASE)).map(carry))
  })
  looking = false
}

const store = await openStore(url, { role: 'server', now: Date.now(), waitingLimit: 1_000, keysKept: 1e12, onWake: () => void look() })
const timer = setInterval(() => void look(), 100)
process.on('message', (message: { event?: InboundEvent; stop?: true }) => {
  const { event } = message
  if (event !== undefined) void receive(event)
  if (message.stop === true) void stop()
})
say({ ready: true })

async function receive(event: InboundEvent): Promise<void> {
  let claimed: ClaimedTurn[] = []
  const recorded = await attempt(async () => { claimed = (await store.recordAndClaim([event], Date.now(), LEASE)).claimed })
  say(recorded ? { acknowledged: event.id } : { refused: event.id })
  for (const turn of claimed) await attempt(() => handle(turn))
}

async function stop(): Promise<void> {
  clearInterval(timer)
  await store.close()
  process.disconnect()
}
