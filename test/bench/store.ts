/**
 * What one message costs in the store: record, claim, commit with one reply, claim the reply, finish it; first each as a
 * step of its own, then with what comes next claimed in the same step, then handled while it is recorded, as a server that is not
 * overloaded does it with most messages.
 * `node test/bench/store.ts [url] [messages] [together]`, e.g. `sqlite:/tmp/bench/camnang.db?sync=normal 20000 100`.
 * Prints microseconds of CPU and of time a message, by step.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../src/store/open.ts'
import type { ClaimedTurn, Store, Turn } from '../../src/store/ports.ts'
import { aReply, aText, anOutcome, LEASE, OA, person, sent, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

const folder = mkdtempSync(join(tmpdir(), 'camnang-bench-'))
const urlOf = (way: string): string => process.argv[2] || `sqlite:${folder}/${way}.db`
const messages = Number(process.argv[3] ?? 20_000)
const together = Number(process.argv[4] ?? 100)
const conversation = { flow: { at: { flow: 'main', step: 'menu' }, page: 0, trail: [], saved: {} }, list: Array.from({ length: 6 }, (_, n) => ({ title: `Lựa chọn ${n}`, payload: `c:main:menu:${n}` })), at: T }

const spent = new Map<string, { cpu: number; time: number }>()
async function step<R>(name: string, body: () => Promise<R>): Promise<R> {
  const cpu = process.cpuUsage()
  const time = performance.now()
  const result = await body()
  const used = process.cpuUsage(cpu)
  const sum = spent.get(name) ?? { cpu: 0, time: 0 }
  spent.set(name, { cpu: sum.cpu + used.user + used.system, time: sum.time + (performance.now() - time) * 1_000 })
  return result
}

let count = 0
const incoming = (now: number) => Array.from({ length: together }, () => aText(person(count % 5_000), count++, now))
const handledTurn = (turn: ClaimedTurn): Turn => turnOf(turn, { conversation, deliveries: [aReply(turn.waiting[0]!.id)], outcome: anOutcome() })

// Each message comes, is committed and is finished by a call of its own, as webhooks and workers make them.
async function apart(store: Store, now: number): Promise<number> {
  await step('record', () => Promise.all(incoming(now).map((event) => store.recordEvents([event], now))))
  const turns = await step('claim', () => store.claimTurns(together, now, LEASE))
  await step('commit', () => Promise.all(turns.map((turn) => store.commitTurns([handledTurn(turn)], now))))
  const deliveries = await step('claim reply', () => store.claimDeliveries(OA, together, now, LEASE))
  await step('finish', () => Promise.all(deliveries.map((delivery) => store.finishDeliveries([sent(delivery)], now))))
  return deliveries.length
}

async function joined(store: Store, now: number): Promise<number> {
  const recorded = await step('record+claim', () => Promise.all(incoming(now).map((event) => store.recordAndClaim([event], now, LEASE))))
  const turns = recorded.flatMap(({ claimed }) => claimed)
  const committed = await step('commit+claim', () => Promise.all(turns.map((turn) => store.commitAndClaim([handledTurn(turn)], now, { lease: LEASE, deliveries: true }))))
  const deliveries = committed.flatMap(([one]) => one?.delivery ?? [])
  await step('finish+claim', () => Promise.all(deliveries.map((delivery) => store.finishAndClaim([sent(delivery)], now, LEASE))))
  return deliveries.length
}

async function atOnce(store: Store, now: number): Promise<number> {
  const received = await step('record+handle', () => Promise.all(incoming(now).map((event) => store.recordAndHandle!(event, now, LEASE, (turn) => ({ turn: handledTurn(turn), deliveries: true })))))
  // Whoever is new to the store is claimed first; the first rounds bring everybody.
  const turns = received.flatMap(({ claimed }) => claimed ?? [])
  const committed = await step('commit+claim', () => Promise.all(turns.map((turn) => store.commitAndClaim([handledTurn(turn)], now, { lease: LEASE, deliveries: true }))))
  const deliveries = [...received.flatMap(({ handled }) => handled?.delivery ?? []), ...committed.flatMap(([one]) => one?.delivery ?? [])]
  await step('finish+claim', () => Promise.all(deliveries.map((delivery) => store.finishAndClaim([sent(delivery)], now, LEASE))))
  return deliveries.length
}

const per = (value: number): string => (value / (rounds * together)).toFixed(1).padStart(7)
const rounds = Math.ceil(messages / together)
let now = T
for (const [name, round] of [['apart', apart], ['joined', joined], ['at once', atOnce]] as const) {
  const store = await openStore(urlOf(name), storeOptions)
  if (name === 'at once' && store.recordAndHandle === undefined) {
    await store.close()
    continue
  }
  for (let n = 0; n < 5_000 / together; n++) await round(store, now++)
  spent.clear()
  for (let n = 0; n < rounds; n++) if (await round(store, now++) !== together) throw new Error('a message got lost')
  let cpu = 0
  let time = 0
  for (const [of, sum] of spent) {
    console.log(`${of.padEnd(13)} ${per(sum.cpu)} µs CPU ${per(sum.time)} µs`)
    cpu += sum.cpu
    time += sum.time
  }
  console.log(`${name.padEnd(13)} ${per(cpu)} µs CPU ${per(time)} µs a message (${urlOf(name).replace(folder, '…')}, ${together} together)\n`)
  await store.close()
}
rmSync(folder, { recursive: true, force: true })
