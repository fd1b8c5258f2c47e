/**
 * A small server without HTTP: takes messages, acknowledges them, handles them and sends the replies into a file that
 * stands for the platform. Killed by its own hand right after the step it is told: `node store-crash-child.ts <folder> <url> <step>:<nth>`.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { accountKey } from '../../src/core/contact.ts'
import type { ClaimedDelivery } from '../../src/core/delivery.ts'
import type { InboundEvent } from '../../src/core/event.ts'
import { MINUTE } from '../../src/core/time.ts'
import { openStore } from '../../src/store/open.ts'
import type { ClaimedTurn, Store } from '../../src/store/ports.ts'

const [folder = '', url = '', killed = 'never:1', started = '0'] = process.argv.slice(2)
const [killStep, killNth] = killed.split(':')
const now = Number(started)
const LEASE = MINUTE
let passed = 0

export type Step = 'recorded' | 'acknowledged' | 'claimed' | 'committed' | 'delivery claimed' | 'sent' | 'finished'

function reach(step: Step): void {
  if (step === killStep && ++passed === Number(killNth)) process.kill(process.pid, 'SIGKILL')
}
const write = (file: string, line: unknown): void => appendFileSync(join(folder, file), `${JSON.stringify(line)}\n`)
const read = (file: string): string[] => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trimEnd().split('\n') : [])

/** The platform comes again with everything that was not acknowledged, some of it together. */
async function receive(store: Store): Promise<void> {
  const acknowledged = new Set(read('acknowledged.jsonl').map((line) => JSON.parse(line) as string))
  const incoming = (JSON.parse(readFileSync(join(folder, 'incoming.json'), 'utf8')) as InboundEvent[]).filter((event) => !acknowledged.has(event.id))
  for (let at = 0; at < incoming.length; at += 2) {
    await Promise.all(incoming.slice(at, at + 2).map(async (event) => {
      await store.recordEvents([event], now)
      reach('recorded')
      write('acknowledged.jsonl', event.id)
      reach('acknowledged')
    }))
    await work(store)
  }
}

async function work(store: Store): Promise<void> {
  for (;;) {
    const turns = await store.claimTurns(2, now, LEASE)
    if (turns.length > 0) reach('claimed')
    await Promise.all(turns.map((turn) => handle(store, turn)))
    const sent = await send(store)
    if (turns.length === 0 && !sent) return
  }
}

async function handle(store: Store, turn: ClaimedTurn): Promise<void> {
  const event = turn.waiting[0]!
  write('attempts.jsonl', { id: event.id, attempt: turn.attempt })
  const conversation = [...(turn.conversation as string[] | null ?? []), event.id]
  const deliveries = [0, 1].map((n) => ({ id: `${event.id}#${n}`, origin: 'reply' as const, part: { text: 'x' }, questionAt: event.sentAt }))
  await store.commitTurns([{ contactKey: turn.contactKey, claim: turn.claim, version: turn.version, eventId: event.id, conversation, deliveries, outcome: null }], now)
  reach('committed')
}

async function send(store: Store): Promise<boolean> {
  const claimed: ClaimedDelivery[] = []
  for (const account of await store.dueAccounts(now)) claimed.push(...await store.claimDeliveries(account, 2, now, LEASE))
  if (claimed.length > 0) reach('delivery claimed')
  for (const delivery of claimed) {
    write('sent.jsonl', { id: delivery.id, account: accountKey(delivery.contact), user: delivery.contact.userId, maybeSent: delivery.maybeSent })
    reach('sent')
    await store.finishDeliveries([{ id: delivery.id, claim: delivery.claim, end: { status: 'sent', platformMessageId: delivery.id } }], now)
    reach('finished')
  }
  return claimed.length > 0
}

const store = await openStore(url, { role: 'server', now, waitingLimit: 100, keysKept: 1e12 })
await work(store)
await receive(store)
await store.close()
