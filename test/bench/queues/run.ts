/**
 * `npm run bench:queues`: the same work by this project's store on PostgreSQL, by pg-boss and by BullMQ, in one process each time,
 * with the database on the same machine. `quick` makes it smaller. `REDIS_SERVER` names the program of a Redis where
 * the machine has none installed; without one BullMQ is measured on PostgreSQL only. The libraries stand in this folder's own package.json.
 */
import { loadavg } from 'node:os'
import { startPostgres } from '../../support/postgres-server.ts'
import { bullMqOnPostgres, bullMqOnRedis } from './bullmq.ts'
import { own } from './own.ts'
import { pgBoss } from './pg-boss.ts'
import { startRedis, type RedisServer } from './redis.ts'
import { measure, type Contender, type Result, type Size, type Told } from './work.ts'

const quick = process.argv.includes('quick')
const size: Size = { people: quick ? 200 : 1_000, each: 10, together: 200 }
const rounds = quick ? 1 : 3
const [load = 0] = loadavg()

const server = await startPostgres('machine')
let databases = 0
async function database(): Promise<string> {
  const name = `queues${databases++}`
  await server.createDatabase(name)
  return server.urlOf(name)
}

interface Entrant { name: string; open(): Promise<((told: Told) => Promise<Contender>) | null>; close?(): Promise<void> }
const onRedis = (fsync: 'always' | 'everysec'): Entrant => {
  let redis: RedisServer | null = null
  return {
    name: `BullMQ on Redis, fsync ${fsync}`,
    async open() {
      redis = await startRedis(fsync)
      return redis === null ? null : bullMqOnRedis(redis.port, size.people)
    },
    close: async () => redis?.stop(),
  }
}
const entrants: Entrant[] = [
  { name: '**camnang** on PostgreSQL', open: async () => own(await database(), size.people) },
  { name: 'pg-boss, `key_strict_fifo`, a `send` for each', open: async () => pgBoss(await database(), false) },
  { name: 'pg-boss, the same, inserted together', open: async () => pgBoss(await database(), true) },
  { name: 'BullMQ on PostgreSQL', open: async () => bullMqOnPostgres(await database(), 50) },
  onRedis('always'),
  onRedis('everysec'),
]

const results = new Map<string, Result[]>()
for (let round = 0; round < rounds; round++) {
  for (const { name, open, close } of entrants) {
    const contender = await open()
    if (contender !== null) {
      const result = await measure(contender, size)
      results.set(name, [...(results.get(name) ?? []), result])
      console.error(`${name}: ${result.messagesPerSecond.toFixed(0)} messages/s`)
    }
    await close?.()
  }
}
await server.stop()

console.log(`${size.people} people write ${size.each} messages each, ${size.together} at a time; ${size.people / 50} handlings fail once. Medians of ${rounds}, with the smallest and the largest; load at the beginning ${load.toFixed(1)}.\n`)
console.log('| | acknowledged/s | messages/s | of camnang | CPU of the process, µs/message | out of order | overlapping | not answered in two minutes | missing in the state (negative: counted twice) |')
console.log('|---|---|---|---|---|---|---|---|---|')
const firsts = results.get(entrants[0]!.name)!
for (const [name, of] of results) {
  const column = (key: keyof Result, digits = 0): string => spread(of.map((result) => result[key]), digits)
  const ratio = spread(of.map(({ messagesPerSecond }, n) => messagesPerSecond / firsts[n]!.messagesPerSecond), 2)
  console.log(`| ${name} | ${column('acksPerSecond')} | ${column('messagesPerSecond')} | ${ratio} | ${column('cpu')} | ${column('outOfOrder')} | ${column('overlapping')} | ${column('lost')} | ${column('forgotten')} |`)
}
for (const { name } of entrants) if (!results.has(name)) console.log(`\n${name}: not measured, no redis-server here`)
process.exit()

function spread(values: readonly number[], digits: number): string {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, middle, high] = [sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!].map((value) => value.toFixed(digits))
  return low === high ? low! : `${middle} (${low}–${high})`
}
