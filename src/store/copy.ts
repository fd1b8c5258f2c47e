import { open } from 'node:fs/promises'
import { ConfigError } from '../config.ts'
import { DAY, type Millis } from '../core/time.ts'
import { sqlOfCopy } from './d1/sql-file.ts'
import { openStore } from './open.ts'
import type { Store, StoreOptions, StoreRow } from './ports.ts'
import { CONTACT_KEY_SECRET, SERVER_RUNNING } from './rows.ts'
import { carryTombstones } from './tombstones.ts'
import { besideStore, readStoreUrl } from './url.ts'

/**
 * Copies everything from one store into another, empty one; without `secret:` entries unless asked. Contact keys are made
 * anew then, except with secrets. `d1:<file>` is no store but a new file of SQL, from which `wrangler` makes a Worker's database. Returns how many rows.
 * Rejects, leaving the target as it was, when anything does not fit.
 */
export async function copyStore(from: string, to: string, options: { withSecrets: boolean; now?: Millis }): Promise<number> {
  const opening = { role: 'tool' as const, now: options.now ?? Date.now(), waitingLimit: 1, keysKept: DAY }
  const source = await openNamed('Kho nguồn', from, opening)
  try {
    if (to.startsWith('d1:')) return await writeSql(to.slice('d1:'.length), rowsOf(source, options))
    await expectEmpty(to, opening)
    carryErasures(from, to)
    const target = await openNamed('Kho đích', to, opening)
    try {
      return await target.loadRows(rowsOf(source, options))
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** Between stores of one kind a backup of the first may be brought back where the second is: who was erased before stays so. */
function carryErasures(from: string, to: string): void {
  const [source, target] = [readStoreUrl(from), readStoreUrl(to)]
  if (source.engine === 'postgres' || target.engine !== source.engine) return
  carryTombstones(besideStore(source, 'erased'), besideStore(target, 'erased'))
}

/** Without the note that a server runs there: the first one on the copy would take it for one that died. */
async function* rowsOf(source: Store, options: { withSecrets: boolean }): AsyncIterable<StoreRow> {
  for await (const each of source.dumpRows(options)) if (each.table !== 'entry' || each.row.name !== SERVER_RUNNING) yield each
}

/** For the owner's eyes: it holds what the store holds. */
async function writeSql(path: string, rows: AsyncIterable<StoreRow>): Promise<number> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`Kho đích: không tạo được tệp "${path}" (${error.code ?? error.name}). Hãy chọn một tên tệp chưa có.`)
  })
  try {
    const sql = sqlOfCopy(rows)
    for await (const statement of sql.statements) await file.write(statement)
    return sql.rows()
  } finally {
    await file.close()
  }
}

/** Neither of the two is what `STORE` names: the sentence says which of them is meant. */
async function openNamed(name: string, url: string, options: StoreOptions): Promise<Store> {
  try {
    return await openStore(url, options)
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(error.message.replace(/^STORE:/, `${name}:`)) : error
  }
}

async function expectEmpty(url: string, opening: StoreOptions): Promise<void> {
  const store = await openNamed('Kho đích', url, opening)
  try {
    if (await hasRows(store)) throw new ConfigError('Kho đích: đã có dữ liệu, nên không chép đè lên. Hãy chọn một kho mới, hoặc xóa kho này trước.')
  } finally {
    await store.close()
  }
}

async function hasRows(store: Store): Promise<boolean> {
  for await (const { row } of store.dumpRows({ withSecrets: true })) if (row.name !== CONTACT_KEY_SECRET) return true
  return false
}
