import { ConfigError, type Config } from './config.ts'
import { errorName } from './core/error-name.ts'
import type { Log } from './core/ports.ts'
import { SECOND, type Millis } from './core/time.ts'
import { countStatements, type Budget } from './worker/budget.ts'
import { runCron } from './worker/cron.ts'
import { readSettings, type Lasting, type WorkerEnv } from './worker/env.ts'
import { createInvocation, openStore } from './worker/invocation.ts'
import { Isolate } from './worker/isolate.ts'
import { createWorkerLog } from './worker/log.ts'
import type { Invocation, InvocationPorts } from './worker/parts.ts'

/** Of the 1,000 statements that D1 takes from one invocation. What was claimed before is finished. */
const mostStatements = 300
/** Of the 30 s for which an invocation may outlive its answer: a call to a platform that has begun may take 15. */
const longest: Millis = 15 * SECOND

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
 * The same app as on Node, for Cloudflare: what a request brings is recorded in D1, answered, and handled after the answer (`waitUntil`), with whatever it made due
 * (the echo of a message lets the next one go). What is left over cron takes up within a minute.
 */
export default {
  async fetch(request: Request, env: WorkerEnv, context: Lasting): Promise<Response> {
    try {
      const ports = portsOf(env)
      const budget = countStatements(env.DB, mostStatements)
      const invocation = await createInvocation({ ...ports, store: await openStore(ports, budget.d1) })
      const response = await invocation.fetch(request)
      if (request.method === 'POST') context.waitUntil(handle(invocation, budget, ports.log))
      return response
    } catch (error) {
      return refuse(error)
    }
  },

  async scheduled(_event: unknown, env: WorkerEnv): Promise<void> {
    await runCron(portsOf(env))
  },
}

/** Takes up what is due until nothing is, or so much was done that the rest is left to the next invocation. */
async function handle({ app, begin, settled }: Invocation, { whenSpent, made }: Budget, log: Log): Promise<void> {
  const overdue = Promise.withResolvers<void>()
  const timer = setTimeout(overdue.resolve, longest)
  try {
    // The answer goes first: reading the content takes a moment.
    await new Promise((resolve) => setTimeout(resolve, 0))
    await begin()
    const all = await Promise.race([settled().then(() => true), whenSpent, overdue.promise])
    await app.breakOff()
    await settled()
    if (all !== true) log.info({ statements: made() }, 'more waits than one invocation takes up: the rest is left to the next')
  } catch (error) {
    log.error({ error: errorName(error) }, 'what came with a request is left to cron')
  } finally {
    clearTimeout(timer)
  }
}

/** The store is not to be had, or the settings are wrong: the platform comes again. */
function refuse(error: unknown): Response {
  console.error(JSON.stringify({ level: 'error', error: errorName(error), msg: error instanceof ConfigError ? error.message : 'request failed' }))
  return new Response('', { status: 503 })
}
