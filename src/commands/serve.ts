import { flushCompileCache } from 'node:module'
import { startServer } from '../server.ts'
import { readWords, type Command } from './command.ts'

/** Runs until it is told to stop; a second signal does not wait for what is under way. */
export const serve: Command = async (args, { env, out }) => {
  readWords(args, { usage: 'serve' })
  const server = await startServer(env)
  out(`Cẩm nang số đang chạy: ${server.url}`)
  if (server.sandbox !== null) out(`Trò chuyện thử tại:     ${server.sandbox.pageUrl}`)
  // Written now, not at the end: whoever is killed starts quickly too.
  flushCompileCache()
  await new Promise<void>((resolve) => {
    let asked = false
    const stop = (): void => {
      if (asked) process.exit(1)
      asked = true
      void server.stop().then(resolve)
    }
    process.on('SIGTERM', stop).on('SIGINT', stop)
  })
  return 0
}
