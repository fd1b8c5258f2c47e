import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Makes the file when it is absent: only its owner may read it (0600), and a folder made for it (0700). */
export function createPrivately(file: string): void {
  makeFolder(dirname(file))
  closeSync(openSync(file, 'a', 0o600))
}

/**
 * Makes the folder and those above it that are missing, for the owner alone. Step by step, because Node's own `recursive`
 * never returns where the system denies that a folder it shows is there (below `/proc`).
 */
export function makeFolder(folder: string): void {
  const missing: string[] = []
  for (let at = resolve(folder); !existsSync(at); at = dirname(at)) missing.push(at)
  for (const each of missing.reverse()) {
    try {
      mkdirSync(each, { mode: 0o700 })
    } catch (error) {
      if (!existsSync(each)) throw error
    }
  }
}
