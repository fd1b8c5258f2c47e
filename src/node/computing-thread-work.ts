import { enableCompileCache, flushCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { papers } from '../console/papers.ts'
import { errorName } from '../core/error-name.ts'
import type { Answered, Asked } from './computing-thread.ts'
import { stepBack } from './step-back.ts'

/** The other end of `computing-thread.ts`: runs in its thread. */
parentPort?.on('message', async ({ id, name, given }: Asked) => {
  const answered: Answered = await run(name, given).then((result) => ({ id, result }), (error: unknown) => ({ id, error: errorName(error) }))
  parentPort?.postMessage(answered)
})
stepBack()
// A thread has none of its process: without it a start waits until everything that finds faults is compiled once more.
enableCompileCache()

/** What handles content is loaded when it is first needed: a report does not wait for it. What was compiled for it is kept: the thread is ended without being asked. */
async function run(name: Asked['name'], given: unknown[]): Promise<unknown> {
  const works = name in papers ? papers : (await import('../console/content/work.ts')).contentWork
  const result = await (works[name as keyof typeof works] as (...all: unknown[]) => Promise<unknown>)(...given)
  flushCompileCache()
  return result
}
