import { enableCompileCache, flushCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { papers } from '../console/papers.ts'
import { errorName } from '../core/error-name.ts'
import { once } from '../core/once.ts'
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

/** What handles content is loaded when it is first needed: a report does not wait for it. */
async function run(name: Asked['name'], given: unknown[]): Promise<unknown> {
  const works = name in papers ? papers : await contentWork()
  return (works[name as keyof typeof works] as (...all: unknown[]) => Promise<unknown>)(...given)
}

/** What was compiled is kept now: the thread is ended without being asked. */
const contentWork = once(async () => {
  const { contentWork } = await import('../console/content/work.ts')
  flushCompileCache()
  return contentWork
})
