import type { Client } from 'pg'
import { SECOND, type Millis } from '../../core/time.ts'
import { cut, type Database } from './database.ts'
import { fromDriver } from './errors.ts'

/**
 * The connection a server keeps for as long as it lives: through it processes wake each other, and what it has locked is
 * free as soon as it is gone, however the process ended; or hangs, or is out of reach, for then PostgreSQL hears nothing and ends it.
 */
export interface Session {
  /** Whether this process leads: at any moment at most one does. False while the connection is lost. */
  leads(): Promise<boolean>
  /** Which rows of totals this process writes: its own while another has not taken them. */
  shard(): number
  /** Safe to call twice. */
  close(): Promise<void>
}

const CHANNEL = 'camnang'
/** First keys of the advisory locks of a session: https://www.postgresql.org/docs/18/explicit-locking.html#ADVISORY-LOCKS */
const LEADER = 0x63616d01
const SHARD = 0x63616d02
/** More processes than these share rows of totals, which only makes them wait for each other a little. */
const shards = 16
const firstWait = 0.25 * SECOND
const longestWait = 5 * SECOND

/** How long a session that ends may take. */
const goodbye = 2 * SECOND

/** How often the session says something, and after what silence PostgreSQL ends it. */
export interface Signs { every: Millis; endedAfter: Millis }
const signsOfLife: Signs = { every: 5 * SECOND, endedAfter: 30 * SECOND }

/** Connects; rejects where it cannot. Later it comes back by itself. `holder`: whose own messages wake nobody here. */
export async function openSession(database: Database, holder: number, onWake: (() => void) | undefined, signs = signsOfLife): Promise<Session> {
  let client: Client | null = null
  let shard = holder % shards
  let closed = false
  let wait = firstWait
  let timer: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const fresh = database.client()
    fresh.once('end', () => lost(fresh))
    fresh.on('notification', ({ payload }) => {
      if (payload !== String(holder)) onWake?.()
    })
    try {
      await fresh.connect()
      if (closed) return void await fresh.end()
      await fresh.query(`set idle_session_timeout = ${signs.endedAfter}`)
      client = fresh
      if (onWake !== undefined) await fresh.query(`listen ${CHANNEL}`)
      shard = await takeShard(fresh)
      wait = firstWait
    } catch (error) {
      cut(fresh)
      throw fromDriver(error)
    }
  }
  function lost(gone: Client): void {
    if (client === gone) client = null
    if (!closed) again()
  }
  function again(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      wait = Math.min(longestWait, wait * 2)
      // What was said meanwhile was not heard.
      connect().then(() => onWake?.(), () => { if (!closed) again() })
    }, wait)
    timer.unref()
  }
  async function takeShard(fresh: Client): Promise<number> {
    for (let n = 0; n < shards; n++) {
      if (await tryLock(fresh, SHARD, n)) return n
    }
    return shard
  }

  await connect().catch((error: unknown) => {
    closed = true
    clearTimeout(timer)
    throw error
  })
  // Where nobody answers the driver ends the connection, and another is made.
  const beat = setInterval(() => void client?.query('select 1').catch(() => undefined), signs.every)
  beat.unref()
  return {
    shard: () => shard,
    async leads() {
      const asked = client
      if (asked === null) return false
      try {
        // Taken once more by who has it; never given back before the connection ends.
        return await tryLock(asked, LEADER, 0)
      } catch {
        return false
      }
    },
    async close() {
      closed = true
      clearTimeout(timer)
      clearInterval(beat)
      const last = client
      client = null
      if (last === null) return
      const unanswered = setTimeout(() => cut(last), goodbye)
      await last.end().catch(() => undefined)
      clearTimeout(unanswered)
    },
  }
}

async function tryLock(client: Client, kind: number, key: number): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    `select exists (select 1 from pg_locks where locktype = 'advisory' and classid = $1 and objid = $2 and objsubid = 2 and granted and pid = pg_backend_pid()
       and database = (select oid from pg_database where datname = current_database()))
       or pg_try_advisory_lock($1::integer, $2::integer) as taken`, [kind, key])
  return rows[0]?.taken === true
}

/** At most one message in so long: whoever is woken takes all there is. */
const pause = 0.02 * SECOND

/** Wakes the other processes, soon and once for all that happens together. One that gets lost is made up for by the next look at the clock. */
export function openTeller(database: Database, holder: number): () => void {
  let armed = false
  return () => {
    if (armed) return
    armed = true
    setTimeout(() => {
      armed = false
      void database.rows('select pg_notify($1, $2)', [CHANNEL, String(holder)]).catch(() => undefined)
    }, pause).unref()
  }
}
