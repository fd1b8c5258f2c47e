/**
 * What one message costs in the store: record, claim, commit with one reply, claim the reply, finish it.
 * `node test/bench/store.ts [url] [messages] [together]`, e.g. `sqlite:/tmp/bench/camnang.db?sync=normal 20000 100`.
 * Prints microseconds of CPU and of time a message, by step.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { aReply, aText, anOutcome, LEASE, OA, person, sent, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

const folder = mkdtempSync(join(tmpdir(), 'camnang-bench-'))
const url = process.argv[2] ?? `sqlite:${folder}/camnang.db`
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

async function round(store: Store, n: number): Promise<void> {
  const now = T + n
  // Each message comes, is committed and is finished by a call of its own, as webhooks and workers make them.
  await step('record', () => Promise.all(Array.from({ length: together }, (_, k) => store.recordEvents([aText(person((n * together + k) % 5_000), n * together + k, now)], now))))
  const turns = await step('claim', () => store.claimTurns(together, now, LEASE))
  await step('commit', () => Promise.all(turns.map((turn) => store.commitTurns([turnOf(turn, { conversation, deliveries: [aReply(turn.waiting[0]!.id)], outcome: anOutcome() })], now))))
  const deliveries = await step('claim reply', () => store.claimDeliveries(OA, together, now, LEASE))
  await step('finish', () => Promise.all(deliveries.map((delivery) => store.finishDeliveries([sent(delivery)], now))))
  if (turns.length !== together || deliveries.length !== together) throw new Error(`${turns.length} turns, ${deliveries.length} deliveries`)
}

const store = await openStore(url, storeOptions)
for (let n = 0; n < 20; n++) await round(store, n)
spent.clear()
const rounds = Math.ceil(messages / together)
for (let n = 0; n < rounds; n++) await round(store, 20 + n)
await store.close()
rmSync(folder, { recursive: true, force: true })

const per = (value: number): string => (value / (rounds * together)).toFixed(1).padStart(7)
let cpu = 0
let time = 0
for (const [name, sum] of spent) {
  console.log(`${name.padEnd(12)} ${per(sum.cpu)} µs CPU ${per(sum.time)} µs`)
  cpu += sum.cpu
  time += sum.time
}
console.log(`${'message'.padEnd(12)} ${per(cpu)} µs CPU ${per(time)} µs   (${url.replace(folder, '…')}, ${together} together)`)
