import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { getConnInfo } from '@hono/node-server/conninfo'
import { serve, type ServerType } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { createApp, type App } from './app.ts'
import { readConfig, type Config } from './config.ts'
import type { Log } from './core/ports.ts'
import { SECOND } from './core/time.ts'
import { createGate } from './delivery/gate.ts'
import { createAlertSender } from './node/alerts.ts'
import { openContent } from './node/content.ts'
import { freeDisk } from './node/disk.ts'
import { createLog } from './node/log.ts'
import { createMetrics } from './node/metrics.ts'
import { createPlatforms } from './node/platforms.ts'
import { createNodeTransport } from './node/transport.ts'
import { pageRoutes } from './pages.ts'
import { startSandbox, type Sandbox } from './sandbox/start.ts'
import { openStore } from './store/open.ts'
import { zaloDomainRoutes, zaloDomainTag } from '../webhooks/zalo-domain.ts'

/** A server that takes messages. */
export interface RunningServer {
  url: string
  /** Null when the sandbox is off. */
  sandbox: Sandbox | null
  app: App
  /** Finishes what is claimed, gives leases back, closes everything. Safe to call twice. */
  stop(): Promise<void>
}

const bodyOfStart = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** Starts everything on Node. Rejects with `ConfigError` when a setting is wrong; nothing is left running then. */
export async function startServer(env: Record<string, string | undefined>, given: { log?: Log & { flush(): void } } = {}): Promise<RunningServer> {
  const settings = readConfig(env, bodyOfStart)
  const log = given.log ?? createLog(settings.logLevel)
  const now = Date.now
  const closers: (() => Promise<void> | void)[] = []
  try {
    return await assemble()
  } catch (error) {
    for (const close of closers.reverse()) await close()
    throw error
  }

  async function assemble(): Promise<RunningServer> {
    const sandbox = settings.sandbox ? await startSandbox({ target: `http://127.0.0.1:${settings.port}`, port: settings.port + 1, now, log }) : null
    if (sandbox !== null) closers.push(() => sandbox.close())
    const config: Config = sandbox === null ? settings : { ...settings, ...sandbox.settings }

    const store = await openStore(config.store, {
      role: 'server', now: now(), waitingLimit: 200, keysKept: config.retention.dedupeKey,
    })
    closers.push(() => store.close())
    const content = await openContent(config, log, now)
    closers.push(() => content.close())
    const transport = createNodeTransport()
    closers.push(() => transport.close())

    const metrics = createMetrics()
    const platforms = createPlatforms({ config, store, transport: transport.send, now, log })
    const gate = createGate(store, platforms.accounts, now)
    await gate.refresh()

    const app = createApp({
      store, gate, now, log,
      counters: metrics.counters,
      content: content.current,
      channels: platforms.channels,
      webhooks: platforms.webhooks,
      moreJobs: platforms.jobs,
      random: Math.random,
      tell: createAlertSender(config.alertUrl, transport.send, log, now),
      freeDisk: () => freeDisk(folderOf(config.store)),
      terms: {
        ...config,
        privacyUrl: config.publicUrl === null ? null : `${config.publicUrl}/privacy`,
      },
    })

    const http = new Hono()
    http.route('/', app.routes)
    http.route('/', zaloDomainRoutes(config.zalo?.verifyCode ?? null))
    http.route('/', pageRoutes({
      store, now, isLocal,
      content: content.current,
      contentState: content.state,
      accounts: gate.states,
      metrics: metrics.text,
      metricsToken: config.metricsToken,
      headTag: zaloDomainTag(config.zalo?.verifyCode ?? null),
      sandboxUrl: sandbox?.pageUrl ?? null,
    }))
    logRefusals(http, log)
    http.onError((error, c) => {
      log.error({ request: c.res.headers.get('x-request-id'), error: error.name }, 'request failed')
      return c.text('', 500)
    })

    const listening = await listen(http, config)
    const timer = setInterval(() => void app.runJobs(now()), 1 * SECOND)
    app.wake()

    let stopped: Promise<void> | null = null
    return {
      url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${listening.port}`,
      sandbox,
      app,
      stop() {
        stopped ??= (async () => {
          clearInterval(timer)
          await new Promise<void>((resolve) => {
            listening.server.close(() => resolve())
            if ('closeIdleConnections' in listening.server) listening.server.closeIdleConnections()
          })
          await app.stop()
          for (const close of closers.reverse()) await close()
          log.info({}, 'stopped')
        })()
        return stopped
      },
    }
  }
}

function listen(app: Hono, config: Config): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, ({ port }) => resolve({ server, port }))
    server.once('error', reject)
  })
}

/** Requests that were refused leave a line with an id; what was said in them does not. */
function logRefusals(app: Hono, log: Log): void {
  app.notFound((c) => {
    log.info({ method: c.req.method, status: 404 }, 'refused')
    return c.text('', 404)
  })
}

/** From this machine, and not through a proxy that stands on it. */
function isLocal(c: Context): boolean {
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'cf-connecting-ip'].some((name) => c.req.header(name) !== undefined)
  const address = getConnInfo(c).remote.address ?? ''
  return !forwarded && /^(127\.|::1$|::ffff:127\.)/.test(address)
}

function folderOf(store: string): string {
  const path = store.replace(/^[a-z]+:/, '').replace(/\?.*$/, '')
  const folder = store.startsWith('file:') ? path : dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}
