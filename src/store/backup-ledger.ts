import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createPrivately } from './private.ts'
import { besideStore, type EmbeddedPlace } from './url.ts'

/** What the name of a copy ends with until it is whole. */
export const unfinished = '.partial'

/**
 * Where `camnang backup` has put copies of this store, one absolute path a line, so that they can be found when their term
 * is over. Nothing tells such a file from one that somebody else put into the same folder but this list.
 */
export function notedBackups(place: EmbeddedPlace): string[] {
  const file = besideStore(place, 'backups')
  if (!existsSync(file)) return []
  return [...new Set(readFileSync(file, 'utf8').split('\n').filter((line) => line.startsWith('"') && line.endsWith('"')).map((line) => JSON.parse(line) as string))]
}

/** To be called before the copy begins, so that one cut short is known too. Safe to repeat. */
export function noteBackup(place: EmbeddedPlace, target: string): void {
  const path = resolve(target)
  if (notedBackups(place).includes(path)) return
  const file = besideStore(place, 'backups')
  createPrivately(file)
  appendFileSync(file, `${JSON.stringify(path)}\n`)
}
