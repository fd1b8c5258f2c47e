import { parentPort } from 'node:worker_threads'
import { contentWork } from '../console/content/work.ts'
import { errorName } from '../core/error-name.ts'
import type { Answered, Asked } from './content-thread.ts'

/** The other end of `content-thread.ts`: runs in its thread. */
parentPort?.on('message', async ({ id, name, given }: Asked) => {
  const answered: Answered = await run(name, given).then((result) => ({ id, result }), (error: unknown) => ({ id, error: errorName(error) }))
  parentPort?.postMessage(answered)
})

const run = async (name: Asked['name'], given: unknown[]): Promise<unknown> => (contentWork[name] as (...all: unknown[]) => Promise<unknown>)(...given)
