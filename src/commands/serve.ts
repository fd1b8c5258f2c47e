import { flushCompileCache } from 'node:module'
import { SECOND, type Millis } from '../core/time.ts'
import { startServer } from '../server.ts'
import { crashReport } from './crash.ts'
import { readWords, type Command } from './command.ts'

/** Runs until it is told to stop, also while it starts; a second signal does not wait for what is under way. */
export const serve: Command = async (args, { env, out, error: complain }) => {
  readWords(args, { usage: 'serve' })
  const crash = (error: unknown): void => {
    complain(crashReport(error))
    process.exit(1)
  }
  process.on('uncaughtException', crash)
  try {
    const told = toldToStop()
    const server = await startServer(env)
    out(`Cẩm nang số đang chạy: ${server.url}`)
    if (server.sandbox !== null) out(`Trò chuyện thử tại:     ${server.sandbox.pageUrl}`)
    // Written now, not at the end: whoever is killed starts quickly too.
    flushCompileCache()
    await told
    await server.stop()
    return 0
  } finally {
    process.off('uncaughtException', crash)
  }
}

/** One order may come twice: to the whole group from a terminal or `timeout`, and once more from npm. */
const sameOrder: Millis = 1 * SECOND

/** Resolves with the first signal, which may come before the start is over: it would count as a crash otherwise. The next order ends the process. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked: Millis | null = null
    const stop = (): void => {
      if (asked !== null && performance.now() - asked >= sameOrder) process.exit(1)
      asked ??= performance.now()
      resolve()
    }
    process.on('SIGTERM', stop).on('SIGINT', stop)
  })
}
