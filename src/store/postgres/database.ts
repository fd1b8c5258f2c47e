import pg from 'pg'
import { StoreUnavailable } from '../ports.ts'
import { fromDriver, isRepeatable, unavailable } from './errors.ts'
import { schemaName } from './schema.ts'

/** Statements of one transaction. Texts are constants: each is prepared once for a connection. */
export interface Transaction {
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>
  /** Sent without waiting for the answer; if it fails, the next `rows` or the commit does. */
  send(sql: string, values?: readonly unknown[]): void
  /** From here on a statement may take as long as it needs. */
  bePatient(): void
}

/** The connections of one opened store. Every method rejects with `StoreUnavailable` when the database cannot be reached. */
export interface Database {
  /** One statement, by itself: durable when it resolves. */
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>
  /**
   * All or nothing. Done again from the beginning when another process came first (`isRepeatable`), so `body` keeps nothing
   * outside itself. `writer`: on a connection of the group commit.
   */
  transaction<R>(body: (transaction: Transaction) => Promise<R>, connection?: 'writer' | 'other'): Promise<R>
  /** A snapshot of one moment, read while others go on writing. The client is given back when the iteration ends. */
  snapshot<R>(body: (transaction: Transaction) => AsyncIterable<R>): AsyncIterable<R>
  /** A connection of its own, not yet connected, which the caller ends. */
  client(): pg.Client
  close(): Promise<void>
}

/** How many connections one process opens, beside the one that listens: for the group commit, and for reading and what runs beside. */
const connections = { writer: 2, other: 3 }
const mostTries = 20
/** A way that is silent for so long is taken for gone: webhooks must be answered. */
const usualPatience = 10_000
/** The share of it that one statement may take, waiting for locks included, so that PostgreSQL gives it up by name before its connection is taken for gone. */
const ofPatience = 0.8
/** For what has hundreds of thousands of rows. */
export const longPatience = 3_600_000

/**
 * Plans are made once and by index: every hot statement goes from an array of keys to their rows, and a plan that was made
 * while a table was small must not stay a walk over the whole table when it is not.
 */
const planning = ['jit=off', 'plan_cache_mode=force_generic_plan', 'enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off']
const session = [`search_path=${schemaName}`, 'lock_timeout=0', 'idle_in_transaction_session_timeout=60000', 'client_min_messages=warning', ...planning]

const numbersForBigints: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => (oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format))) as typeof pg.types.getTypeParser,
}

const names = new Map<string, string>()
function nameOf(sql: string): string {
  const known = names.get(sql)
  if (known !== undefined) return known
  const name = `camnang_${names.size}`
  names.set(sql, name)
  return name
}

const isPlain = (value: unknown): boolean => typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined
/** A list without texts as PostgreSQL reads it: the driver would look for quotes in each number, some fifty of them a message. */
const written = (value: unknown): unknown => (Array.isArray(value) && value.every(isPlain) ? `{${value.map((one) => one ?? 'NULL').join()}}` : value)

/** Connects to nothing yet. `address`: a `postgres:` URL; what it leaves out comes from `PG*` variables. `patience`: how long a silent way is waited for, in milliseconds. */
export function openDatabase(address: string, patience = usualPatience): Database {
  const config = configOf(address, patience)
  const [writer, others] = [connections.writer, connections.other].map((max) => openPool({ ...config, max })) as [pg.Pool, pg.Pool]
  const way = openWay()

  async function rows<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = await way.connect(others)
    try {
      const { rows } = await client.query({ name: nameOf(sql), text: sql, values: values.map(written) })
      client.release()
      return rows as Row[]
    } catch (error) {
      throw release(client, way.toldOf(client, error))
    }
  }

  async function once<R>(pool: pg.Pool, body: (transaction: Transaction) => Promise<R>): Promise<R> {
    const client = await way.connect(pool)
    const transaction = begin(client, 'begin', way)
    let result: R
    try {
      result = await body(transaction)
      await transaction.end('commit')
    } catch (error) {
      const first = await transaction.firstError() ?? error
      await client.query('rollback').catch(() => undefined)
      throw release(client, first)
    }
    client.release()
    return result
  }

  return {
    rows,
    async transaction(body, connection = 'other') {
      for (let tries = 1; ; tries++) {
        try {
          return await once(connection === 'writer' ? writer : others, body)
        } catch (error) {
          if (!isRepeatable(error)) throw error
          if (tries === mostTries) throw unavailable(error)
        }
      }
    },
    async* snapshot(body) {
      const client = await way.connect(others)
      const transaction = begin(client, 'begin isolation level repeatable read read only', way)
      let failed: unknown = null
      try {
        yield* body(transaction)
      } catch (error) {
        failed = error
        throw error
      } finally {
        await client.query('rollback').catch((error: unknown) => { failed = error })
        client.release(failed instanceof StoreUnavailable)
      }
    },
    client: () => guarded(new pg.Client(config)),
    close: async () => void await Promise.all([writer.end(), others.end()]),
  }
}

function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...config, idleTimeoutMillis: 60_000 })
  // An idle connection that breaks is taken out by the pool; the next query opens another.
  pool.on('error', () => undefined)
  pool.on('connect', guarded)
  return pool
}

/** A connection's own errors reach whoever waits for an answer; without a listener they would end the process. */
function guarded<Client extends pg.ClientBase>(client: Client): Client {
  client.on('error', () => undefined)
  return client
}

/** The way to the database. Where one connection is lost or falls silent those open beside it are given up too: nobody waits for each in turn. */
interface Way {
  connect(pool: pg.Pool): Promise<pg.PoolClient>
  /** What the driver said on this connection, as the ports name it. */
  toldOf(client: pg.PoolClient, error: unknown): unknown
}

function openWay(): Way {
  /** How often the way was lost; and how often it had been when a connection was first given out. */
  let lost = 0
  const since = new WeakMap<pg.PoolClient, number>()
  return {
    async connect(pool) {
      try {
        for (;;) {
          const client = await pool.connect()
          if (!since.has(client)) since.set(client, lost)
          if (since.get(client) === lost) return client
          cut(client)
          client.release(true)
        }
      } catch (error) {
        throw fromDriver(error)
      }
    },
    toldOf(client, error) {
      if (!(error instanceof pg.DatabaseError) && since.get(client) === lost) lost++
      return fromDriver(error)
    },
  }
}

/** Ends a connection without the goodbye, which a silent way would never answer. */
export const cut = (client: pg.ClientBase): void => void (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()

/** Gives the connection back, or away when nothing can be written or read on it; returns the error. */
function release(client: pg.PoolClient, error: unknown): unknown {
  client.release(error instanceof StoreUnavailable)
  return error
}

interface OpenTransaction extends Transaction {
  end(sql: string): Promise<void>
  /** Of all statements sent, the first that failed: those behind it only say that the transaction is aborted. */
  firstError(): Promise<unknown>
}

function begin(client: pg.PoolClient, sql: string, way: Way): OpenTransaction {
  const sent: Promise<unknown>[] = []
  const note = <R>(answer: Promise<R>): Promise<R> => {
    const told = answer.catch((error: unknown) => { throw way.toldOf(client, error) })
    told.catch(() => undefined)
    sent.push(told)
    return told
  }
  let patient = false
  const query = (text: string, values: readonly unknown[]) =>
    note(client.query({ name: nameOf(text), text, values: values.map(written), ...(patient && { query_timeout: longPatience }) } as pg.QueryConfig))
  void note(client.query(sql))
  return {
    rows: async <Row>(text: string, values: readonly unknown[] = []) => (await query(text, values)).rows as Row[],
    send: (text, values = []) => void query(text, values),
    bePatient() {
      patient = true
      void query('set local statement_timeout = 0', [])
    },
    end: async (text) => void await Promise.all([...sent, note(client.query(text))]),
    async firstError() {
      const failed = (await Promise.allSettled(sent)).find((answer) => answer.status === 'rejected')
      return failed?.reason
    },
  }
}

function configOf(address: string, patience: number): pg.PoolConfig {
  const url = new URL(address)
  const given = url.searchParams.get('options') ?? process.env['PGOPTIONS'] ?? ''
  url.searchParams.delete('options')
  return {
    connectionString: url.href, types: numbersForBigints, application_name: 'camnang', keepAlive: true, pipeline: true,
    connectionTimeoutMillis: patience / 2, query_timeout: patience,
    options: [given, ...[`statement_timeout=${patience * ofPatience}`, ...session].map((setting) => `-c ${setting}`)].join(' ').trim(),
  } as pg.PoolConfig
}
