import { watch, type FSWatcher } from 'node:fs'
import { folderSignature } from './files.ts'

/** Notices of the file system come at once but not on every disk (network shares, some containers): so both. */
const settle = 100
const pollEvery = 1_000

/**
 * Calls `onChange` within two seconds of a change to a text file in one of the folders, once for a burst of writes, and
 * never twice at the same time. `since` is the folders' signature from before they were last read, so that nothing saved
 * meanwhile is missed. `onChange` must not throw. The returned function stops it; safe to call twice.
 */
export function watchFolders(dirs: readonly string[], since: string, onChange: () => Promise<void>): () => void {
  let stopped = false
  let known = since
  let looking = false
  let lookAgain = false
  let soon: NodeJS.Timeout | undefined

  const look = async (): Promise<void> => {
    if (looking) {
      lookAgain = true
      return
    }
    looking = true
    do {
      lookAgain = false
      const now = await folderSignature(dirs).catch(() => known)
      const changed = now !== known
      known = now
      if (changed && !stopped) await onChange()
    } while (lookAgain && !stopped)
    looking = false
  }

  const watchers = dirs.flatMap((dir) => noticing(dir, () => {
    clearTimeout(soon)
    soon = setTimeout(() => void look(), settle)
  }))
  const timer = setInterval(() => void look(), pollEvery)
  timer.unref()
  void look()

  return () => {
    stopped = true
    clearInterval(timer)
    clearTimeout(soon)
    for (const watcher of watchers) watcher.close()
  }
}

/** None where the folder is missing or cannot be watched: then polling does it alone. */
function noticing(dir: string, notice: () => void): FSWatcher[] {
  try {
    const watcher = watch(dir, { recursive: true, persistent: false }, notice)
    watcher.on('error', () => watcher.close())
    return [watcher]
  } catch {
    return []
  }
}
