import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { serve, type ServerType } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono, type Context } from 'hono'
import { createApp, type App } from './app.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import type { ContentHolder } from './content.ts'
import { profileOf } from './conversation/profile.ts'
import type { AccountKey } from './core/contact.ts'
import type { Log } from './core/ports.ts'
import { SECOND } from './core/time.ts'
import { createGate } from './delivery/gate.ts'
import { createAlertSender } from './node/alerts.ts'
import { freeDisk } from './node/disk.ts'
import { readText } from './node/files.ts'
import { createLog } from './node/log.ts'
import { createMetrics } from './node/metrics.ts'
import { createPlatforms } from './node/platforms.ts'
import { freePort } from './node/port.ts'
import { createNodeTransport } from './node/transport.ts'
import { followContent } from './node/words.ts'
import { logFailures, pageRoutes } from './pages.ts'
import type { Sandbox } from './sandbox/start.ts'
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

/**
 * Starts everything on Node. It listens, and records what comes, before the content is read; turns begin after that.
 * Rejects with `ConfigError` or `ContentError` when something must be mended first; nothing is left running then.
 */
export async function startServer(env: Record<string, string | undefined>, given: { log?: Log } = {}): Promise<RunningServer> {
  const settings = readConfig(env, readText)
  const log = given.log ?? createLog(settings.logLevel)
  const now = Date.now
  /** Undone last first. */
  const closers: (() => Promise<unknown> | void)[] = []
  const stop = once(async () => {
    for (const close of closers.reverse()) await close()
    log.info({}, 'stopped')
  })
  try {
    return await assemble()
  } catch (error) {
    await stop()
    throw error
  }

  async function assemble(): Promise<RunningServer> {
    const port = settings.port === 0 ? await freePort() : settings.port
    const folder = folderOf(settings.store)
    const store = await openStore(settings.store, { role: 'server', now: now(), waitingLimit: 200, keysKept: settings.retention.dedupeKey })
    closers.push(() => store.close())
    for (const { file, what } of store.fileProblems?.() ?? []) log.error({ file, what }, 'a file of the store was set aside')
    const sandbox = settings.sandbox ? await openSandbox(store, env['SANDBOX'] === '1', port, log) : null
    if (sandbox !== null) closers.push(() => sandbox.close())
    const config: Config = { ...settings, port, ...sandbox?.settings }

    const transport = createNodeTransport()
    closers.push(() => transport.close())
    const platforms = createPlatforms({ config, store, transport: transport.send, now, log })
    const gate = createGate(store, platforms.accounts, now)
    await gate.refresh()
    const metrics = createMetrics()
    const privacyUrl = `${config.publicUrl ?? urlOf(config)}/privacy`
    let content: ContentHolder | null = null
    const app = createApp({
      store, gate, now, log,
      counters: metrics.counters,
      content: () => content!.current,
      channels: platforms.channels,
      webhooks: platforms.webhooks,
      moreJobs: platforms.jobs,
      random: Math.random,
      tell: createAlertSender(config.alertUrl, transport.send, log, now),
      freeDisk: () => freeDisk(folder),
      terms: { ...config, privacyUrl },
    })
    closers.push(() => app.stop())

    const http = new Hono()
    http.route('/', app.routes)
    http.route('/', zaloDomainRoutes(config.zalo?.verifyCode ?? null))
    if (config.zalo !== null) {
      http.route('/', zaloCallbackRoutes({ app: config.zalo, accounts: config.zalo.accounts, entries: store, http: platforms.http, now, log }))
    }
    http.route('/', pageRoutes({
      store, now, isLocal,
      content: () => content,
      accounts: gate.states,
      metrics: metrics.text,
      metricsToken: config.metricsToken,
      headTag: zaloDomainTag(config.zalo?.verifyCode ?? null),
      sandboxUrl: sandbox?.pageUrl ?? null,
    }))
    logFailures(http, log)
    const server = await listen(http, config)
    closers.push(() => close(server))

    const words = await followContent(config, log)
    closers.push(words.stop)
    content = words.holder
    app.start()
    // The stand-ins show ice breakers and menus as the platforms would; on real ones `profile push` does it when asked.
    if (sandbox !== null) await platforms.pushProfile(profileOf(content.current, privacyUrl))
    const timer = setInterval(() => void app.runJobs(now()), 1 * SECOND)
    closers.push(() => clearInterval(timer))
    return { url: urlOf(config), sandbox, app, stop }
  }
}

/** Where this machine itself reaches it. */
const urlOf = ({ host, port }: Config): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`

/** Whoever sends slower than this holds memory that others need. */
const slowestRequest = 15 * SECOND

function listen(app: Hono, { host, port }: Config): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: host, serverOptions: { requestTimeout: slowestRequest, headersTimeout: slowestRequest } }, () => resolve(server))
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new ConfigError(`PORT: cổng ${port} đang được chương trình khác dùng. Đặt PORT khác.`) : error)
    })
  })
}

/** No new requests; those under way are answered. */
function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
}

/**
 * The stand-ins, loaded only when wanted: a real server carries nothing of them. Among real citizens rehearsals must be
 * asked for by name.
 */
async function openSandbox(store: Store, asked: boolean, port: number, log: Log): Promise<Sandbox> {
  const accounts = Object.keys((await store.load(Date.now())).lastEventAt) as AccountKey[]
  if (!asked && !accounts.every(isSandboxAccount)) {
    throw new ConfigError('STORE: kho dữ liệu đã có người dân thật. Đặt kênh thật, chọn STORE khác, hoặc SANDBOX=1 nếu vẫn muốn tập dượt trên kho này.')
  }
  const { startSandbox } = await import('./sandbox/start.ts')
  return startSandbox({ target: `http://127.0.0.1:${port}`, port: port + 1, now: Date.now, log })
}

/** From this machine, and not through a proxy that stands on it. */
function isLocal(c: Context): boolean {
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'cf-connecting-ip'].some((name) => c.req.header(name) !== undefined)
  return !forwarded && /^(127\.|::1$|::ffff:127\.)/.test(getConnInfo(c).remote.address ?? '')
}

/** Where the store's files are; made for the owner alone. */
function folderOf(store: string): string {
  const path = store.replace(/^[a-z]+:/, '').replace(/\?.*$/, '')
  const folder = store.startsWith('file:') ? path : dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return () => (done ??= work())
}
