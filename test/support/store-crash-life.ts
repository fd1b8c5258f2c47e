import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClaimedDelivery } from '../../src/core/delivery.ts'
import type { InboundEvent } from '../../src/core/event.ts'
import { MINUTE, type Millis } from '../../src/core/time.ts'
import { openStore } from '../../src/store/open.ts'
import type { ClaimedTurn, FinishedDelivery, Store, Turn } from '../../src/store/ports.ts'

const LEASE = MINUTE

export type Step = 'arrived' | 'recorded' | 'acknowledged' | 'claimed' | 'committed' | 'delivery claimed' | 'sent' | 'finished'

/** `joined` claims what comes next in the same step, `at-once` also handles events while they are recorded, `arriving` and acknowledges them before. */
export type Way = 'apart' | 'joined' | 'at-once' | 'arriving'

/**
 * One life of a small server without HTTP: takes messages, acknowledges them, handles them and sends the replies into a file that
 * stands for the platform. Kills its own process right after the step it is told, `<step>:<nth>`; "never:1": it lives to its end.
 */
export async function oneLife(folder: string, url: string, killed: string, now: Millis, way: Way): Promise<void> {
  const joined = way !== 'apart'
  const [killStep, killNth] = killed.split(':')
  let passed = 0

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
        const arrival = way === 'arriving' ? await arrive(store, event) : undefined
        const { claimed, delivery } = await record(store, event, arrival)
        reach('recorded')
        if (arrival === undefined) acknowledge(event)
        for (const turn of claimed) await handle(store, turn)
        await sendOneByOne(store, delivery)
      }))
      await work(store)
    }
  }

  function acknowledge(event: InboundEvent): void {
    write('acknowledged.jsonl', event.id)
    reach('acknowledged')
  }

  async function arrive(store: Store, event: InboundEvent): Promise<number> {
    const arrival = (await store.arrive!(event, now))!
    reach('arrived')
    acknowledge(event)
    return arrival
  }

  async function record(store: Store, event: InboundEvent, arrival?: number): Promise<{ claimed: ClaimedTurn[]; delivery: ClaimedDelivery | null }> {
    if (way === 'at-once' || way === 'arriving') {
      const { claimed, handled } = await store.recordAndHandle!(event, now, LEASE, (turn) => ({ turn: turnOf(turn), deliveries: true }), arrival)
      if (handled !== null) write('at-once.jsonl', event.id)
      return { claimed: claimed === null ? [] : [claimed], delivery: handled?.delivery ?? null }
    }
    if (joined) return { claimed: (await store.recordAndClaim([event], now, LEASE)).claimed, delivery: null }
    await store.recordEvents([event], now)
    return { claimed: [], delivery: null }
  }

  function turnOf(turn: ClaimedTurn): Turn {
    const event = turn.waiting[0]!
    const conversation = [...(turn.conversation as string[] | null ?? []), event.id]
    const deliveries = [0, 1].map((n) => ({ id: `${event.id}#${n}`, origin: 'reply' as const, part: { text: 'x' }, questionAt: event.sentAt }))
    return { contactKey: turn.contactKey, claim: turn.claim, version: turn.version, eventId: event.id, conversation, deliveries, outcome: null }
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
    write('attempts.jsonl', { id: turn.waiting[0]!.id, attempt: turn.attempt })
    const written = turnOf(turn)
    const [committed] = joined ? await store.commitAndClaim([written], now, { lease: LEASE, deliveries: true }) : []
    if (!joined) await store.commitTurns([written], now)
    reach('committed')
    await sendOneByOne(store, committed?.delivery ?? null)
    if (committed?.next) await handle(store, committed.next)
  }

  async function send(store: Store): Promise<boolean> {
    const claimed: ClaimedDelivery[] = []
    for (const account of await store.dueAccounts(now)) claimed.push(...await store.claimDeliveries(account, 2, now, LEASE))
    if (claimed.length > 0) reach('delivery claimed')
    for (const first of claimed) await sendOneByOne(store, first)
    return claimed.length > 0
  }

  async function sendOneByOne(store: Store, first: ClaimedDelivery | null): Promise<void> {
    for (let delivery = first; delivery !== null;) delivery = await sendOne(store, delivery)
  }

  /** Returns the next one of the same lane, where it came along. */
  async function sendOne(store: Store, delivery: ClaimedDelivery): Promise<ClaimedDelivery | null> {
    write('sent.jsonl', { id: delivery.id, user: delivery.contact.userId, maybeSent: delivery.maybeSent })
    reach('sent')
    const result: FinishedDelivery = { id: delivery.id, claim: delivery.claim, end: { status: 'sent', platformMessageId: delivery.id } }
    const [ended] = joined ? await store.finishAndClaim([result], now, LEASE) : []
    if (!joined) await store.finishDeliveries([result], now)
    write('noted.jsonl', delivery.id)
    reach('finished')
    return ended?.next ?? null
  }

  const store = await openStore(url, { role: 'server', now, waitingLimit: 100, keysKept: 1e12, sharedClock: (at) => at })
  await work(store)
  await receive(store)
  await store.close()
}
