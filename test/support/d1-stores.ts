import { existsSync } from 'node:fs'
import { createTestHarness, type WorkerHandle } from 'wrangler'
import { AudienceTooLarge } from '../../src/store/campaign-ports.ts'
import { contactKey } from '../../src/core/contact.ts'
import { StoreUnavailable, type Store, type StoreOptions, type StoreRow } from '../../src/store/ports.ts'
import { CONTACT_KEY_SECRET } from '../../src/store/rows.ts'
import { decode, encode, type Call } from '../worker/wire.ts'
import type { OpenStore } from './store-fixtures.ts'

// Nothing is asked of Cloudflare about this machine.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false'

/** So many databases: no test has more folders at once. */
const databases = Array.from({ length: 6 }, (_, n) => `DB${n}`)

export interface D1Server {
  open: OpenStore
  stop(): Promise<void>
}

/** workerd with D1 databases, and stores in them: every call of a port is made inside workerd. */
export async function startD1(): Promise<D1Server> {
  const harness = createTestHarness({
    workers: [{
      config: {
        name: 'camnang-stores', main: 'test/worker/store-worker.ts', compatibility_date: '2026-10-20', compatibility_flags: ['nodejs_compat'],
        d1_databases: databases.map((binding, n) => ({ binding, database_name: `stores-${n}`, database_id: `00000000-0000-0000-0000-00000000000${n}` })),
      },
    }],
  })
  await harness.listen()
  /** Past the proxy that stands before all Workers: a test makes tens of thousands of calls. */
  const worker = harness.getWorker()
  const folders = new Map<string, string>()

  /** A database whose folder is gone is emptied and serves the next one. */
  async function databaseFor(folder: string): Promise<string> {
    const known = folders.get(folder)
    if (known !== undefined) return known
    for (const [other] of folders) if (!existsSync(other)) folders.delete(other)
    const free = databases.find((name) => ![...folders.values()].includes(name))
    if (free === undefined) throw new Error('more folders at once than databases')
    folders.set(folder, free)
    await ask(worker, { do: 'empty', database: free })
    return free
  }
  return {
    open: async (folder, options) => openOver(worker, await databaseFor(folder), options),
    stop: () => harness.close(),
  }
}

async function ask(worker: WorkerHandle, call: Call): Promise<unknown> {
  const response = await worker.fetch('/', { method: 'POST', body: encode(call) })
  const { result, error } = decode(await response.text()) as { result?: unknown; error?: { name: string; message: string; limit?: number } }
  if (error !== undefined) throw asThrown(error)
  return result
}

function asThrown({ name, message, limit }: { name: string; message: string; limit?: number }): Error {
  if (name === 'StoreUnavailable') return new StoreUnavailable(message)
  if (name === 'AudienceTooLarge') return new AudienceTooLarge(limit!)
  return name === 'TypeError' ? new TypeError(message) : Object.assign(new Error(message), { name })
}

/** The ports of a store, each call of which goes over the wire; what is no promise is made of what came over it. */
async function openOver(worker: WorkerHandle, database: string, options: StoreOptions): Promise<Store> {
  const store = await ask(worker, { do: 'open', database, options }) as number
  const call = (port: string, args: unknown[]): Promise<unknown> => ask(worker, { do: 'call', store, port, args: args.slice(0, 1 + args.findLastIndex((arg) => arg !== undefined)) })
  const readSecret = async (): Promise<string> => (await call('readEntry', [CONTACT_KEY_SECRET]) as { value: string }).value
  let secret = await readSecret()
  const own: Partial<Store> = {
    audienceLimit: null,
    keyOf: (contact) => contactKey(contact, secret),
    dumpRows: (which) => later(() => call('dumpRows', [which])) as AsyncIterable<StoreRow>,
    auditLines: (after) => later(() => call('auditLines', [after])) as ReturnType<Store['auditLines']>,
    async loadRows(rows) {
      const all: StoreRow[] = []
      for await (const row of rows) all.push(row)
      const count = await call('loadRows', [all]) as number
      secret = await readSecret()
      return count
    },
    pacing: {
      takePlaces: (...args) => call('pacing.takePlaces', args) as never,
      givePlacesBack: (...args) => call('pacing.givePlacesBack', args) as never,
    },
  }
  return new Proxy(own as Store, {
    get: (target, port: string) => (port in target ? target[port as keyof Store] : absent.has(port) ? undefined : (...args: unknown[]) => call(port, args)),
  })
}

/** What the store in the Worker has not, and no promise has. */
const absent: ReadonlySet<string> = new Set(['then', 'leads', 'clockAhead', 'fileProblems', 'recordAndHandle', 'arrive'])

async function* later(all: () => Promise<unknown>): AsyncIterable<unknown> { yield* await all() as unknown[] }
