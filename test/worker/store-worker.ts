import { AudienceTooLarge } from '../../src/store/campaign-ports.ts'
import type { D1 } from '../../src/store/d1/binding.ts'
import { freshMemory, openD1Store } from '../../src/store/d1/open.ts'
import type { Store, StoreOptions } from '../../src/store/ports.ts'
import { decode, encode, type Call } from './wire.ts'

/**
 * A Worker that does what a test asks of the store: every call of a port runs here, inside workerd, against D1. What cannot go over a wire goes as a list:
 * iterables.
 */
const stores = new Map<number, Store>()

async function answer(call: Call, databases: Record<string, D1>): Promise<unknown> {
  switch (call.do) {
    case 'open': {
      stores.set(stores.size, await openD1Store(databases[call.database]!, call.options as StoreOptions, freshMemory()))
      return stores.size - 1
    }
    case 'empty': return empty(databases[call.database]!)
    case 'call': return callStore(stores.get(call.store)!, call.port, call.args)
  }
}

async function callStore(store: Store, port: string, args: unknown[]): Promise<unknown> {
  const [owner, name = ''] = port.startsWith('pacing.') ? [store.pacing!, port.slice('pacing.'.length)] : [store, port]
  const given = port === 'loadRows' ? [each(args[0] as unknown[])] : args
  const result = (owner as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!(...given)
  if (port !== 'dumpRows' && port !== 'auditLines') return result
  const all: unknown[] = []
  for await (const one of result as AsyncIterable<unknown>) all.push(one)
  return all
}

async function* each(items: unknown[]): AsyncIterable<never> { yield* items as never[] }

async function empty(d1: D1): Promise<void> {
  const [tables] = await d1.batch([d1.prepare(`select name from sqlite_schema where type = 'table' and name not glob '_cf_*' and name not glob 'sqlite_*' and name <> 'schema_version'`)])
  const names = (tables!.results as { name: string }[]).map(({ name }) => name)
  // Totals last: triggers count what goes.
  const ordered = names.toSorted((a, b) => Number(a === 'counts') - Number(b === 'counts'))
  if (names.length > 0) await d1.batch(ordered.map((name) => d1.prepare(`delete from ${name}`)))
}

function told(error: unknown): { name: string; message: string; limit?: number } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  return { name: error.name, message: error.message, ...(error instanceof AudienceTooLarge && { limit: error.limit }) }
}

export default {
  async fetch(request: Request, env: Record<string, D1>): Promise<Response> {
    try {
      return new Response(encode({ result: await answer(decode(await request.text()) as Call, env) }))
    } catch (error) {
      return new Response(encode({ error: told(error) }))
    }
  },
}
