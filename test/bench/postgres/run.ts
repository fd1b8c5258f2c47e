/**
 * `npm run bench -- postgres [plans] [growth] [limit] [quick]`, each alone or all together, on a PostgreSQL of its own from npm
 * with the settings that docs/operating.md recommends (or on the one in `TEST_POSTGRES_URL`, as it is):
 * - `plans [contacts] [deliveries]`: the plan of every statement that a server sends, on large tables. Ends with 1 when one walks a large table.
 * - `growth`: messages a second with 1, 2 and 3 servers and with 10,000 to 1,000,000 contacts, beside the floor.
 * - `limit`: three servers share the rate of one bot, and one of them is killed. Ends with 1 when the platform counted too many.
 */
import { loadavg, totalmem } from 'node:os'
import pg from 'pg'
import { startPostgres } from '../../support/postgres-server.ts'
import { growth, short, whole } from './growth.ts'
import { limit } from './limit.ts'
import { plans } from './plans.ts'

const words = process.argv.slice(2)
const quick = words.includes('quick')
const [contacts = quick ? 10_000 : 1_000_000, deliveries = 5 * contacts] = words.filter((word) => /^\d+$/.test(word)).map(Number)
const parts = ['plans', 'growth', 'limit']
const wanted = parts.filter((part) => words.includes(part) || !parts.some((other) => words.includes(other)))

/** For every operator of a large store; `docs/operating.md` says why. */
const recommended = [`shared_buffers=${Math.floor(totalmem() / 4 / 2 ** 20)}MB`, 'max_wal_size=8GB', 'checkpoint_timeout=15min']
const server = await startPostgres('machine', undefined, recommended)
try {
  await tellSettings()
  if (wanted.includes('plans') && await plans(server, contacts, deliveries)) process.exitCode = 1
  if (wanted.includes('growth')) await growth(server, quick ? short : whole)
  if (wanted.includes('limit') && !await limit(server, quick ? 20 : 90)) process.exitCode = 1
} finally {
  await server.stop()
}
process.exit()

/** What the tables below were measured with. The load is that of the minute before. */
async function tellSettings(): Promise<void> {
  const client = new pg.Client({ connectionString: server.urlOf('postgres') })
  await client.connect()
  const shown = ['server_version', 'shared_buffers', 'max_wal_size', 'checkpoint_timeout', 'wal_compression', 'synchronous_commit', 'fsync']
  const { rows } = await client.query<{ name: string; value: string }>('select name, current_setting(name) as value from unnest($1::text[]) name', [shown])
  await client.end()
  console.log(`PostgreSQL: ${rows.map(({ name, value }) => `${name} = ${value}`).join(', ')}; load ${loadavg()[0]!.toFixed(1)}`)
}
