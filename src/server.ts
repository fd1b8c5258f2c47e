import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { getConnInfo } from '@hono/node-server/conninfo'
import { serve, type ServerType } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { createApp, type App } from './app.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import { formatProblems, type ContentHolder } from './content.ts'
import type { AccountKey } from './core/contact.ts'
import type { Log } from './core/ports.ts'
import { SECOND } from './core/time.ts'
import { createGate } from './delivery/gate.ts'
import { createAlertSender } from './node/alerts.ts'
import { freeDisk } from './node/disk.ts'
import { readText } from './node/files.ts'
import { openContent } from './node/live-content.ts'
import { createLog } from './node/log.ts'
import { createMetrics } from './node/metrics.ts'
import { createPlatforms } from './node/platforms.ts'
import { freePort } from './node/port.ts'
import { createNodeTransport } from './node/transport.ts'
import { contentOptions, wordFolders } from './node/words.ts'
import { pageRoutes } from './pages.ts'
import { startSandbox, type Sandbox } from './sandbox/start.ts'
import { openStore } from './store/open.ts'
import { isSandboxAccount, type Store } from './store/ports.ts'
import { zaloCallbackRoutes } from '../webhooks/zalo-callback.ts'
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

/** Starts everything on Node. Rejects with `ConfigError` when a setting is wrong; nothing is left running then. */
export async function startServer(env: Record<string, string | undefined>, given: { log?: Log & { flush(): void } } = {}): Promise<RunningServer> {
  const settings = readConfig(env, readText)
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
    const port = settings.port === 0 ? await freePort() : settings.port
    const store = await openStore(settings.store, {
      role: 'server', now: now(), waitingLimit: 200, keysKept: settings.retention.dedupeKey,
    })
    closers.push(() => store.close())
    if (settings.sandbox && env['SANDBOX'] !== '1') await refuseAmongRealAccounts(store)
    const sandbox = settings.sandbox ? await startSandbox({ target: `http://127.0.0.1:${port}`, port: port + 1, now, log }) : null
    if (sandbox !== null) closers.push(() => sandbox.close())
    const config: Config = { ...settings, port, ...sandbox?.settings }

    const content = await readContent(config, log)
    closers.push(content.stop)
    const transport = createNodeTransport()
    closers.push(() => transport.close())

    const metrics = createMetrics()
    const platforms = createPlatforms({ config, store, transport: transport.send, now, log })
    const gate = createGate(store, platforms.accounts, now)
    await gate.refresh()

    const app = createApp({
      store, gate, now, log,
      counters: metrics.counters,
      content: () => content.holder.current,
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
      content: () => content.holder.current,
      contentState: () => content.holder.status,
      accounts: gate.states,
      metrics: metrics.text,
      metricsToken: config.metricsToken,
      headTag: zaloDomainTag(config.zalo?.verifyCode ?? null),
      sandboxUrl: sandbox?.pageUrl ?? null,
    }))
    if (config.zalo !== null) {
      http.route('/', zaloCallbackRoutes({ app: config.zalo, accounts: config.zalo.accounts, entries: store, http: platforms.http, now, log }))
    }
    logRefusals(http, log)

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

/** What went wrong leaves a line with an id, which the answer carries too; what was said in the request does not. */
function logRefusals(app: Hono, log: Log): void {
  app.notFound((c) => c.text('', 404))
  app.onError((error, c) => {
    const request = randomUUID()
    log.error({ request, method: c.req.method, route: c.req.routePath, error: error.name }, 'request failed')
    return c.text('', 500, { 'x-request-id': request })
  })
}

/** Content that is wrong stops the start; while running, the last good version keeps serving. */
async function readContent(config: Config, log: Log): Promise<{ holder: ContentHolder; stop: () => void }> {
  const opened = await openContent(wordFolders(config), contentOptions, Date.now, (reload) => {
    if (reload.outcome === 'refused') log.error({ problems: formatProblems([...reload.problems]) }, 'content refused, the last good version serves')
    else if (reload.outcome === 'taken') log.info({}, 'content reloaded')
  })
  if ('problems' in opened) throw new ContentError(formatProblems(opened.problems).join('\n'))
  return opened
}

/** Stops the start: files that people write must be mended first. */
class ContentError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ContentError'
  }
}

/** Rehearsals must not stand beside citizens by accident. */
async function refuseAmongRealAccounts(store: Store): Promise<void> {
  const { lastEventAt } = await store.load(Date.now())
  if ((Object.keys(lastEventAt) as AccountKey[]).every(isSandboxAccount)) return
  throw new ConfigError('Kho dữ liệu (STORE) đã có người dân thật. Đặt kênh thật, chọn STORE khác, hoặc SANDBOX=1 nếu vẫn muốn tập dượt trên kho này.')
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
