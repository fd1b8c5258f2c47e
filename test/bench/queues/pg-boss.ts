import pg from 'pg'
import { countOf, stateOf, type Contender, type Message, type Told } from './work.ts'

/** What is used of it: it is installed beside this file and nowhere else, so that its types are not at hand. */
interface Boss {
  start(): Promise<unknown>
  stop(options: { graceful: boolean }): Promise<void>
  on(event: 'error' | 'warning', told: (error: unknown) => void): void
  createQueue(name: string, options: { policy: string; retryLimit: number }): Promise<void>
  send(name: string, data: object, options: object): Promise<string | null>
  insert(name: string, jobs: object[], options?: { db: Db }): Promise<unknown>
  fetch(name: string, options: { batchSize: number }): Promise<{ id: string; data: Message }[]>
  complete(name: string, ids: string[], data: null, options?: { db: Db }): Promise<unknown>
  fail(name: string, ids: string[]): Promise<unknown>
}
interface Db { executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> }

const batchSize = 500
/** When nothing was there. */
const pause = 5

/**
 * pg-boss with the one policy that keeps the order of a key, used as well as it can be: jobs fetched by hundreds; states, replies
 * and completions of a batch in one transaction. `together`: what comes while an insert is under way is inserted at once with the
 * next one, which keeps the order only because here nobody writes again before the 200.
 */
export const pgBoss = (url: string, together: boolean) => async (told: Told): Promise<Contender> => {
  const name = 'pg-boss'
  const { PgBoss } = await import(name) as { PgBoss: new (options: object) => Boss }
  const boss = new PgBoss({ connectionString: url, max: 10, supervise: false, schedule: false })
  boss.on('error', (error) => { throw error })
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  await pool.query('create table state (person integer primary key, state text not null) with (fillfactor = 80)')
  await boss.start()
  for (const queue of ['in', 'out']) await boss.createQueue(queue, { policy: 'key_strict_fifo', retryLimit: 5 })
  let closed = false

  async function handleSome(): Promise<number> {
    const jobs = await boss.fetch('in', { batchSize })
    if (jobs.length === 0) return 0
    const [done, failed] = [[] as typeof jobs, [] as typeof jobs]
    for (const job of jobs) {
      try {
        told.begins(job.data)
        done.push(job)
      } catch {
        failed.push(job)
      }
    }
    await Promise.resolve()
    const client = await pool.connect()
    await client.query('begin')
    const db: Db = { executeSql: (text, values) => client.query(text, values) }
    const people = done.map(({ data }) => data.person)
    const { rows } = await client.query<{ person: number; state: string }>('select person, state from state where person = any($1)', [people])
    const states = new Map(rows.map(({ person, state }) => [person, countOf(state)]))
    await client.query('insert into state select * from unnest($1::integer[], $2::text[]) on conflict (person) do update set state = excluded.state',
      [people, people.map((person) => stateOf((states.get(person) ?? 0) + 1))])
    await boss.insert('out', done.map(({ data }) => jobOf(data)), { db })
    await boss.complete('in', done.map(({ id }) => id), null, { db })
    await client.query('commit')
    client.release()
    for (const { data } of done) told.ends(data)
    if (failed.length > 0) await boss.fail('in', failed.map(({ id }) => id))
    return jobs.length
  }
  async function sendSome(): Promise<number> {
    const jobs = await boss.fetch('out', { batchSize })
    for (const { data } of jobs) told.sent(data)
    if (jobs.length > 0) await boss.complete('out', jobs.map(({ id }) => id), null)
    return jobs.length
  }
  async function keepAt(work: () => Promise<number>): Promise<void> {
    while (!closed) if (await work() === 0) await new Promise((resolve) => setTimeout(resolve, pause))
  }
  const jobOf = (message: Message): object => ({ data: message, singletonKey: String(message.person) })
  let waiting: { message: Message; taken: () => void; refused: (error: unknown) => void }[] = []
  let inserting = false
  async function insertAll(): Promise<void> {
    inserting = true
    for (let some = waiting; some.length > 0; some = waiting) {
      waiting = []
      await boss.insert('in', some.map(({ message }) => jobOf(message))).then(
        () => { for (const { taken } of some) taken() }, (error: unknown) => { for (const { refused } of some) refused(error) })
    }
    inserting = false
  }
  const takeTogether = (message: Message): Promise<void> => new Promise((taken, refused) => {
    waiting.push({ message, taken, refused })
    if (!inserting) void insertAll()
  })
  const working = [keepAt(handleSome), keepAt(sendSome)]
  return {
    take: together ? takeTogether : async (message) => void await boss.send('in', message, { singletonKey: String(message.person) }),
    async counted() {
      const { rows } = await pool.query<{ state: string }>('select state from state')
      return rows.reduce((sum, { state }) => sum + countOf(state), 0)
    },
    async close() {
      closed = true
      await Promise.all(working)
      await boss.stop({ graceful: false })
      await pool.end()
    },
  }
}
