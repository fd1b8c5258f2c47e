/**
 * Campaigns in the SQLite store: planning 100,000 contacts, then what a reply takes with a campaign under way and without.
 * `node test/bench/campaign-store.ts [contacts] [batch]`, with the project's Node.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContactFacts } from '../../src/core/campaign.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { batch as aBatch, put, row } from '../support/campaign-fixtures.ts'
import { aReply, aText, LEASE, OA, person, sent, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

const contacts = Number(process.argv[2] ?? 100_000)
const batch = Number(process.argv[3] ?? 500)
const folder = mkdtempSync(join(tmpdir(), 'camnang-bench-'))
const parts = [{ text: 'Bà con ơi, ngày 10/10 là Ngày Chuyển đổi số quốc gia. '.repeat(6) }]

const store = await openStore(`sqlite:${folder}/camnang.db`, storeOptions)
async function* people() {
  for (let n = 0; n < contacts; n++) {
    const contact = { ...person(0), userId: String(9_000_000_000_000 + n) }
    const profile = { firstSeenAt: T, lastInboundAt: T, optedOut: n % 20 === 0, blocked: false, remembered: {} }
    yield { table: 'contact' as const, row: { contactKey: store.keyOf(contact), ...contact, profile, conversation: null, version: 0, lastEventAt: T, farewell: false } }
  }
}
await store.loadRows(people())
await put(store, 'bench', 'running')

const planned = performance.now()
let slowest = 0
let after: string | null = null
let facts: ContactFacts[]
const spent = { facts: 0, plan: 0 }
while ((facts = await store.contactFacts(OA, after, batch, 'bench/bai')).length > 0) {
  const read = performance.now()
  const rows = facts.map((each) => row(each.contactKey, { parts, skip: each.optedOut ? 'opted_out' : null }))
  if (await store.planBatch(aBatch('bench', 'bai', rows, { after, upTo: facts.at(-1)!.contactKey, done: false })) !== 'planned') throw new Error('stale')
  const took = performance.now() - read
  slowest = Math.max(slowest, took)
  spent.plan += took
  after = facts.at(-1)!.contactKey
}
const seconds = (performance.now() - planned) / 1_000
console.log(`${contacts} planned in ${seconds.toFixed(2)} s (${(spent.plan / 1_000).toFixed(2)} s of it writing, ${batch} together, slowest batch ${slowest.toFixed(1)} ms)`)

/** One message in, one reply out, as the server does it: milliseconds, sorted. */
async function replies(count: number, beside: (n: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const campaign = beside(n)
    const began = performance.now()
    const { claimed } = await store.recordAndClaim([aText(person(n % 50), `${serial++}`, T + serial)], T + serial, LEASE)
    const [committed] = await store.commitAndClaim([turnOf(claimed[0]!, { deliveries: [aReply(claimed[0]!.waiting[0]!.id)] })], T + serial, { lease: LEASE, deliveries: true })
    await store.finishAndClaim([sent(committed!.delivery!)], T + serial, LEASE)
    times.push(performance.now() - began)
    await campaign
  }
  return times.sort((a, b) => a - b)
}
let serial = 0
const tell = (name: string, times: number[]): void => console.log(`${name}: p50 ${times[times.length >> 1]!.toFixed(2)} ms, p99 ${times[Math.floor(times.length * 0.99)]!.toFixed(2)} ms`)
const send = async (on: Store, together: number): Promise<void> => {
  const claimed = await on.claimCampaignDeliveries(OA, together, T + serial, LEASE)
  await on.finishDeliveries(claimed.map(sent), T + serial)
}
await replies(200, async () => undefined)
tell('a reply, no campaign         ', await replies(1_000, async () => undefined))
tell('a reply, one send beside each', await replies(1_000, () => send(store, 1)))
tell('a reply, 30 sends beside each', await replies(1_000, () => send(store, 30)))
tell('a reply, figures beside each ', await replies(300, () => store.readLedger({ campaign: 'bench' })))
const begun = performance.now()
for (let n = 0; n < 200; n++) await send(store, 30)
console.log(`a send: ${((performance.now() - begun) / 6_000 * 1_000).toFixed(0)} µs (30 claimed and finished together)`)
console.log((await store.readLedger({ campaign: 'bench' })).map(({ status, reason, count }) => `${status}${reason === null ? '' : ` ${reason}`}: ${count}`).join(', '))
await store.close()
rmSync(folder, { recursive: true, force: true })
