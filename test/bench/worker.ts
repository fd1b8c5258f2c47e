/**
 * `npx node test/bench/worker.ts`: what a message costs on a Worker, for the price list and the CPU limit. workerd, D1 and the stand-ins on this machine.
 * 1. Statements, round trips and rows that D1 counts, for one message with one reply, and for one recipient of a campaign.
 * 2. CPU of the whole workerd process (Worker, D1 and what passes requests to them) for one message, beside a request and a batch that do nothing, and how long the
 *    answers take.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { silentLog } from '../../src/core/ports.ts'
import { MINUTE, SECOND } from '../../src/core/time.ts'
import { startSandbox, type Sandbox } from '../../src/sandbox/start.ts'
import type { D1, D1Answer } from '../../src/store/d1/binding.ts'
import { openD1Store } from '../../src/store/d1/open.ts'
import { standInVars, startWorker, type WorkerWorld } from '../support/worker.ts'
import { batch as plannedBatch, put, row } from '../support/campaign-fixtures.ts'
import { anOutcome, aReply, aText, LEASE, OA, person, sent, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

interface Cost { roundTrips: number; statements: number; read: number; written: number }

const sandbox: Sandbox = await startSandbox({ target: () => worker.url, port: 0, now: Date.now, log: silentLog, rateLimit: { most: 10_000, within: SECOND } })
const worker: WorkerWorld = await startWorker({ ...standInVars(sandbox.settings), FLOOD_PER_MINUTE: '0' })
try {
  await countRows()
  await measureCpu()
} finally {
  await worker.stop()
  await sandbox.close()
}

async function countRows(): Promise<void> {
  const cost: Cost = { roundTrips: 0, statements: 0, read: 0, written: 0 }
  const d1 = await worker.database()
  const counting: D1 = {
    prepare: (sql) => d1.prepare(sql),
    async batch(statements) {
      const answers = await d1.batch(statements) as (D1Answer & { meta: { rows_read: number; rows_written: number } })[]
      cost.roundTrips++
      cost.statements += statements.length
      for (const { meta } of answers) {
        cost.read += meta.rows_read
        cost.written += meta.rows_written
      }
      return answers
    },
  }
  const store = await openD1Store(counting, storeOptions)
  const told = async (what: string, times: number, work: () => Promise<void>): Promise<void> => {
    Object.assign(cost, { roundTrips: 0, statements: 0, read: 0, written: 0 })
    await work()
    console.log(what.padEnd(64), Object.entries(cost).map(([name, sum]) => `${name} ${(sum / times).toFixed(1)}`).join(', '))
  }
  const message = async (who: number, n: number): Promise<void> => {
    const now = T + n
    await store.recordEvents([aText(person(who), n, now)], now)
    const [claimed] = await store.claimTurns(256, now, LEASE)
    await store.dueAccounts(now)
    const id = claimed!.waiting[0]!.id
    const [committed] = await store.commitAndClaim([turnOf(claimed!, { deliveries: [aReply(id)], outcome: anOutcome() })], now, { lease: LEASE, deliveries: true })
    await store.finishAndClaim([sent(committed!.delivery!)], now, LEASE)
  }
  const times = 200
  await told('the first message of a new contact, one reply', times, async () => { for (let n = 0; n < times; n++) await message(n, 1) })
  await told('a later message, one reply', times, async () => { for (let n = 0; n < times; n++) await message(n, 2) })
  await told('what retention does to it later, each', 2 * times, async () => {
    const day = 24 * 60 * MINUTE
    const terms = { eventText: day, replyText: 2 * day, idleContact: 900 * day, campaignKey: 900 * day, dedupeKey: 3 * day, unanswered: 900 * day, audit: 900 * day }
    for (const days of [1.5, 2.5, 3.5]) while ((await store.sweep(terms, T + days * day, 200)).more) { /* until nothing is left */ }
  })
  await put(store, 'dot', 'running')
  await told('planning one recipient, 200 together', times, async () => {
    await store.contactFacts(OA, null, 500, 'dot/bai')
    await store.planBatch(plannedBatch('dot', 'bai', Array.from({ length: times }, (_, n) => row(store.keyOf(person(n))))))
  })
  await told('sending to one recipient, 16 claimed together', 192, async () => {
    for (let n = 0; n < 12; n++) {
      const claimed = await store.claimCampaignDeliveries(OA, 16, T + MINUTE, LEASE)
      for (const one of claimed) await store.finishDeliveries([sent(one)], T + MINUTE)
    }
  })
}

/** User and system time of the workerd that serves us, milliseconds. */
function cpuOfWorkerd(): number {
  const stats = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      return [readFileSync(`/proc/${pid}/stat`, 'utf8')]
    } catch {
      return []
    }
  })
  const own = new Set([process.pid])
  const parts = stats.map((stat) => ({ stat, pid: Number(stat.split(' ')[0]), fields: stat.slice(stat.lastIndexOf(')') + 2).split(' ') }))
  for (let grew = true; grew;) {
    const before = own.size
    for (const { pid, fields } of parts) if (own.has(Number(fields[1]))) own.add(pid)
    grew = own.size > before
  }
  return parts.filter(({ stat, pid }) => own.has(pid) && stat.includes('(workerd)')).reduce((sum, { fields }) => sum + (Number(fields[11]) + Number(fields[12])) * 10, 0)
}

async function measureCpu(): Promise<void> {
  const people = Array.from({ length: 20 }, () => sandbox.platforms.zalo.newCitizen())
  for (const citizen of people) {
    await citizen.says('xin chào')
    await citizen.hears()
  }
  const rounds = 20
  const [acks, replies]: number[][] = [[], []]
  const before = cpuOfWorkerd()
  for (let round = 0; round < rounds; round++) {
    for (const citizen of people) {
      const begin = performance.now()
      const had = citizen.received().length
      await citizen.says(round % 2 === 0 ? 'quên mật khẩu vneid' : 'đăng ký tạm trú ở đâu')
      acks!.push(performance.now() - begin)
      await citizen.waitFor((message) => citizen.received().indexOf(message) >= had)
      replies!.push(performance.now() - begin)
    }
  }
  const ofMessages = (cpuOfWorkerd() - before) / (rounds * people.length)
  const idle = cpuOfWorkerd()
  for (let n = 0; n < 500; n++) await (await fetch(`${worker.url}/health`)).text()
  const ofRequest = (cpuOfWorkerd() - idle) / 500
  const d1 = await worker.database()
  const resting = cpuOfWorkerd()
  for (let n = 0; n < 500; n++) await d1.batch(Array.from({ length: 5 }, () => d1.prepare('select 1')))
  const ofBatch = (cpuOfWorkerd() - resting) / 500
  const percentile = (values: number[], share: number): string => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)]!.toFixed(0)
  console.log(`CPU of workerd for a message, D1 and proxies included: ${ofMessages.toFixed(1)} ms; for a request to /health ${ofRequest.toFixed(1)} ms, for a batch of five empty statements ${ofBatch.toFixed(1)} ms`)
  console.log(`200 after p50 ${percentile(acks!, 0.5)} ms, p95 ${percentile(acks!, 0.95)} ms; reply after p50 ${percentile(replies!, 0.5)} ms, p95 ${percentile(replies!, 0.95)} ms`)
}
