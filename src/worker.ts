import { ConfigError, type Config } from './config.ts'
import { errorName } from './core/error-name.ts'
import type { Log } from './core/ports.ts'
import { runCron } from './worker/cron.ts'
import { readSettings, type Lasting, type WorkerEnv } from './worker/env.ts'
import { createInvocation, openStore } from './worker/invocation.ts'
import { Isolate } from './worker/isolate.ts'
import { createWorkerLog } from './worker/log.ts'
import type { Invocation, InvocationPorts } from './worker/parts.ts'

/** One for as long as Cloudflare keeps this isolate. */
const isolate = new Isolate()
let settings: { config: Config; log: Log } | null = null

/** Throws `ConfigError`, told in the log once for each request: nothing works before it is mended. */
function portsOf(env: WorkerEnv): Omit<InvocationPorts, 'store' | 'jobsRun'> {
  if (settings === null) {
    const config = readSettings(env)
    settings = { config, log: createWorkerLog(config.logLevel) }
  }
  return { env, isolate, ...settings }
}

/**
 * The same app as on Node, for Cloudflare: a request is recorded in D1, answered, and handled after the answer (`waitUntil`); what is left over cron takes up within
 * a minute.
 */
export default {
  async fetch(request: Request, env: WorkerEnv, context: Lasting): Promise<Response> {
    try {
      const ports = portsOf(env)
      const invocation = await createInvocation({ ...ports, store: await openStore(ports, env.DB) })
      // Only what writes leaves something to handle. Where reading the content would delay the answer it comes after it.
      const handles = request.method === 'POST'
      const ready = isolate.hasContent && isolate.knowsAccounts(Date.now())
      if (handles && ready) await invocation.begin()
      const response = await invocation.fetch(request)
      if (handles) context.waitUntil(finish(invocation, !ready, ports.log))
      return response
    } catch (error) {
      return refuse(error)
    }
  },

  async scheduled(_event: unknown, env: WorkerEnv): Promise<void> {
    await runCron(portsOf(env))
  },
}

async function finish({ begin, settled }: Invocation, late: boolean, log: Log): Promise<void> {
  try {
    // The answer goes first.
    await new Promise((resolve) => setTimeout(resolve, 0))
    if (late) await begin()
    await settled()
  } catch (error) {
    log.error({ error: errorName(error) }, 'what came with a request is left to cron')
  }
}

/** The store is not to be had, or the settings are wrong: the platform comes again. */
function refuse(error: unknown): Response {
  console.error(JSON.stringify({ level: 'error', error: errorName(error), msg: error instanceof ConfigError ? error.message : 'request failed' }))
  return new Response('', { status: 503 })
}
