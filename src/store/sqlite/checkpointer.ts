import { Worker } from 'node:worker_threads'

/** Moves what is committed from the write-ahead log into the file, on a thread of its own. */
export interface Checkpointer {
  /** Empties the log soon: what was erased must not stand in it. Returns at once. */
  scrub(): void
  /** Resolves when its connection is closed. Safe to call twice. */
  stop(): Promise<void>
}

/** How often, in milliseconds: so that the log stays a few megabytes at a thousand messages a second. */
const every = 250
/** A store that is open for less needs no thread. */
const patience = 1_000

// Plain JavaScript, because a worker that must strip types first takes 60 MB more.
const work = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { DatabaseSync } = require('node:sqlite')
  const db = new DatabaseSync(workerData.file, { timeout: 0 })
  const timer = setInterval(() => {
    try { db.exec('pragma wal_checkpoint(passive)') } catch {}
  }, workerData.every)
  parentPort.on('message', (word) => {
    if (word === 'scrub') {
      try { db.exec('pragma busy_timeout = 2000; pragma wal_checkpoint(truncate); pragma busy_timeout = 0') } catch {}
      return
    }
    clearInterval(timer)
    db.close()
    parentPort.close()
  })`

/**
 * A checkpoint writes and syncs the file, which on the writing connection stops every answer for up to a tenth of a second.
 * A passive one on another connection never waits for the writer, nor the writer for it. Should the thread die, the
 * writing connection checkpoints by itself when the log has become long.
 */
export function startCheckpointer(file: string): Checkpointer {
  let worker: Worker | null = null
  let ended = Promise.resolve()
  const timer = setTimeout(() => {
    worker = new Worker(work, { eval: true, workerData: { file, every }, resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 } })
    worker.unref()
    worker.on('error', () => undefined)
    ended = new Promise((resolve) => worker!.once('exit', () => resolve()))
  }, patience).unref()
  return {
    scrub: () => worker?.postMessage('scrub'),
    stop() {
      clearTimeout(timer)
      worker?.ref()
      worker?.postMessage('stop')
      return ended
    },
  }
}
