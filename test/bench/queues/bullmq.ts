import pg from 'pg'
import { countOf, stateOf, type Contender, type Message, type Told } from './work.ts'

/** What is used of it: it is installed beside this file and nowhere else, so that its types are not at hand. */
interface Queue { add(name: string, data: object, options: object): Promise<unknown>; close(): Promise<void>; on(event: 'error', told: (error: unknown) => void): void }
interface Worker extends Omit<Queue, 'add'> { run(): Promise<void> }
interface BullMq {
  Queue: new (name: string, options: object, backend?: unknown) => Queue
  Worker: new (name: string, handler: (job: { data: Message }) => Promise<void>, options: object, backend?: unknown) => Worker
  createPostgresBackend: unknown
}
interface Redis { get(key: string): Promise<string | null>; set(key: string, value: string): Promise<unknown>; quit(): Promise<unknown> }
interface States { read(person: number): Promise<string | null>; write(person: number, state: string): Promise<void>; count(): Promise<number>; close(): Promise<void> }

const kept = { removeOnComplete: 1_000, removeOnFail: 1_000, attempts: 5 }
const load = async <Module>(name: string): Promise<Module> => (await import(name)) as Module

/** BullMQ as its guide has it: a worker that takes many jobs at a time. It has no order by key. */
async function bullMq(told: Told, options: object, concurrency: number, states: States, backend: (of: BullMq) => unknown): Promise<Contender> {
  const of = await load<BullMq>('bullmq')
  const [incoming, outgoing] = ['in', 'out'].map((name) => new of.Queue(name, options, backend(of))) as [Queue, Queue]
  const workers = [
    new of.Worker('in', async ({ data }) => {
      told.begins(data)
      const state = await states.read(data.person)
      await states.write(data.person, stateOf((state === null ? 0 : countOf(state)) + 1))
      await outgoing.add('reply', data, kept)
      told.ends(data)
    }, { ...options, concurrency }, backend(of)),
    new of.Worker('out', async ({ data }) => { told.sent(data) }, { ...options, concurrency }, backend(of)),
  ]
  for (const each of [incoming, outgoing, ...workers]) each.on('error', () => undefined)
  return {
    take: async (message) => void await incoming.add('message', message, { ...kept, jobId: message.id.replaceAll(':', '_') }),
    counted: () => states.count(),
    async close() {
      for (const each of [...workers, incoming, outgoing]) await each.close()
      await states.close()
    },
  }
}

export const bullMqOnRedis = (port: number, people: number) => async (told: Told): Promise<Contender> => {
  const { Redis: Client } = await load<{ Redis: new (options: object) => Redis }>('ioredis')
  const redis = new Client({ host: '127.0.0.1', port })
  const key = (person: number): string => `state:${person}`
  return bullMq(told, { connection: { host: '127.0.0.1', port, maxRetriesPerRequest: null } }, 200, {
    read: (person) => redis.get(key(person)),
    write: async (person, state) => void await redis.set(key(person), state),
    async count() {
      let sum = 0
      for (let person = 0; person < people; person++) sum += countOf(await redis.get(key(person)) ?? stateOf(0))
      return sum
    },
    close: async () => void await redis.quit(),
  }, () => undefined)
}

export const bullMqOnPostgres = (url: string, concurrency: number) => async (told: Told): Promise<Contender> => {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  await pool.query('create table state (person integer primary key, state text not null) with (fillfactor = 80)')
  return bullMq(told, { connection: { connectionString: url, max: 10, migrate: true } }, concurrency, {
    read: async (person) => (await pool.query<{ state: string }>('select state from state where person = $1', [person])).rows[0]?.state ?? null,
    write: async (person, state) => void await pool.query('insert into state values ($1, $2) on conflict (person) do update set state = excluded.state', [person, state]),
    count: async () => (await pool.query<{ state: string }>('select state from state')).rows.reduce((sum, { state }) => sum + countOf(state), 0),
    close: () => pool.end(),
  }, (of) => of.createPostgresBackend)
}
