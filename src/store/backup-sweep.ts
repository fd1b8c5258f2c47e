import { existsSync, readdirSync, realpathSync, type Stats } from 'node:fs'
import { lstat, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Millis } from '../core/time.ts'
import { asidesOf } from './backup-aside.ts'
import { notedBackups, unfinished } from './backup-ledger.ts'
import { takeLock } from './lock.ts'
import { readMark } from './opening.ts'
import { openTombstones, tombstoneMargin } from './tombstones.ts'
import { besideStore, readStoreUrl, type EmbeddedPlace } from './url.ts'

/** What became of the backups whose term is over. */
export interface SweptBackups {
  removed: number
  /** Paths of those that could not be looked at or deleted: people must. */
  stuck: string[]
}

/**
 * Deletes the copies of this store that are older than `term`: those `camnang backup` made, those a restore or a new version
 * left beside the store, and what SQLite leaves beside a copy that somebody looked into. Nothing else, and no copy that has
 * become a store of its own. Then forgets the erasures that no such copy can undo any more. Safe to repeat.
 */
export async function sweepBackups(url: string, term: Millis, now: Millis): Promise<SweptBackups> {
  const place = readStoreUrl(url)
  if (place.engine === 'postgres') {
    // Its backups are PostgreSQL's own: who makes them deletes them within the term.
    if (place.tombstones !== null) openTombstones(place.tombstones).dropKeys(now - term - tombstoneMargin)
    return { removed: 0, stuck: [] }
  }
  const swept: SweptBackups = { removed: 0, stuck: [] }
  for (const copy of copiesOf(place)) {
    try {
      for (const path of await outlived(copy, place, now - term)) {
        await rm(path, { recursive: true })
        swept.removed++
      }
    } catch {
      swept.stuck.push(copy.path)
    }
  }
  if (swept.stuck.length === 0) openTombstones(besideStore(place, 'erased')).dropKeys(now - term - tombstoneMargin)
  return swept
}

/** `noted`: made where the operator wished. `aside`: what a restore replaced, whatever it was. `migrated`: before new tables. */
interface Copy { path: string; kind: 'noted' | 'aside' | 'migrated' }

function copiesOf(place: EmbeddedPlace): Copy[] {
  const noted = notedBackups(place).flatMap((path): Copy[] => [{ path, kind: 'noted' }, { path: path + unfinished, kind: 'aside' }])
  const replaced = asidesOf(place.path).map((path): Copy => ({ path, kind: 'aside' }))
  if (place.engine === 'file') return [...noted, ...replaced, { path: `${place.path}.restoring`, kind: 'aside' }]
  const start = `${basename(place.path)}.before-`
  const migrated = readdirSync(dirname(place.path)).filter((name) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)))
  return [...noted, ...replaced, ...migrated.map((name): Copy => ({ path: join(dirname(place.path), name), kind: 'migrated' }))]
}

/** Of a copy and what stands beside it: what is to go. Rejects when that cannot be told. */
async function outlived({ path, kind }: Copy, place: EmbeddedPlace, before: Millis): Promise<string[]> {
  const found = await look(path)
  const beside = ['-wal', '-shm', '-journal'].map((suffix) => path + suffix)
  const left = (await Promise.all(beside.map(async (file) => ({ file, found: await look(file) })))).filter((each) => each.found?.isFile())
  if (found === null) return left.filter((each) => each.found!.mtimeMs < before).map(({ file }) => file)
  if (found.mtimeMs >= before || !isCopy(path, found, kind, place)) return []
  return [path, ...left.map(({ file }) => file)]
}

/** By what stands in it: a name may have been given to something else since. */
function isCopy(path: string, found: Stats, kind: Copy['kind'], place: EmbeddedPlace): boolean {
  if (found.isSymbolicLink() || realpathSync(path) === realpathSync(place.path)) return false
  if (found.isDirectory()) return place.engine === 'file' && isFolderCopy(path, kind)
  return place.engine === 'sqlite' && found.isFile() && isFileCopy(path, kind)
}

/** Only a server puts a lock beside a file: then it is a store. */
function isFileCopy(path: string, kind: Copy['kind']): boolean {
  if (existsSync(`${path}.lock`)) return false
  return kind === 'aside' || readMark(path) === 'ours'
}

/** A backup holds no lock until it is opened as a store; a folder that was moved aside brings its own. */
function isFolderCopy(path: string, kind: Copy['kind']): boolean {
  const names = readdirSync(path)
  if (kind !== 'aside') return names.includes('store.json') && !names.includes('lock')
  if (!names.includes('lock')) return true
  const lock = takeLock(join(path, 'lock'))
  lock?.release()
  return lock !== null
}

/** Null when nothing is there. A link is looked at itself, and is never a copy of ours. */
async function look(path: string): Promise<Stats | null> {
  try {
    return await lstat(path)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
