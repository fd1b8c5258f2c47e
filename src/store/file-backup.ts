import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../config.ts'
import { nextAside } from './backup-aside.ts'
import { takeLock } from './lock.ts'
import { makeFolder } from './private.ts'
import { CONTACT_KEY_SECRET } from './rows.ts'

/** Who was erased (a backup must not bring them back), and where backups are. */
const ofThePlace: readonly string[] = ['erased', 'backups']
/** What belongs to the place and not to the data. */
const staysBehind: readonly string[] = ['lock', 'lock-journal', ...ofThePlace]
const busy = 'STORE: một tiến trình khác đang dùng kho dữ liệu này. Hãy dừng nó trước.'

/** What this folder's contact keys are made with; null where it cannot be read. */
export function contactSecretIn(folder: string): string | null {
  try {
    const { entries } = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as { entries: { name: string; value: string }[] }
    return entries.find(({ name }) => name === CONTACT_KEY_SECRET)?.value ?? null
  } catch {
    return null
  }
}

/** The folder as it stands, while no process has it. */
export function backupFolder(folder: string, target: string): void {
  if (!existsSync(folder)) throw new ConfigError(`STORE: không có kho dữ liệu "${folder}".`)
  whileLocked(folder, () => copyFolder(folder, target))
}

/**
 * Copies the backup beside the store, then swaps the two. From the moment the copy is complete (`<folder>.restored`) the
 * swap is finished by whoever opens the store next. Returns where what stood there is kept.
 */
export function restoreFolder(source: string, folder: string): string | null {
  if (!existsSync(join(source, 'store.json'))) throw new ConfigError(`"${source}" không phải bản sao lưu của Cẩm nang số.`)
  return whileLocked(folder, () => {
    const copy = `${folder}.restoring`
    rmSync(copy, { recursive: true, force: true })
    try {
      copyFolder(source, copy)
      for (const name of ofThePlace) if (existsSync(join(folder, name))) cpSync(join(folder, name), join(copy, name))
    } catch (error) {
      rmSync(copy, { recursive: true, force: true })
      throw error
    }
    rmSync(`${folder}.restored`, { recursive: true, force: true })
    renameSync(copy, `${folder}.restored`)
    return finishRestore(folder)
  })
}

/** Finishes a restore that was killed midway, and returns where the replaced store is kept. Does nothing when there is none; safe to repeat. */
export function finishRestore(folder: string): string | null {
  const restored = `${folder}.restored`
  if (!existsSync(restored)) return null
  const aside = existsSync(folder) ? nextAside(folder) : null
  if (aside !== null) renameSync(folder, aside)
  renameSync(restored, folder)
  return aside
}

function copyFolder(from: string, to: string): void {
  makeFolder(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (staysBehind.includes(entry.name)) continue
    if (entry.isDirectory()) copyFolder(join(from, entry.name), join(to, entry.name))
    else cpSync(join(from, entry.name), join(to, entry.name))
  }
  chmodSync(to, 0o700)
}

function whileLocked<T>(folder: string, body: () => T): T {
  makeFolder(folder)
  const lock = takeLock(join(folder, 'lock'))
  if (lock === null) throw new ConfigError(busy)
  try {
    return body()
  } finally {
    lock.release()
  }
}
