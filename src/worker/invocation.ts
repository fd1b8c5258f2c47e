import { Hono } from 'hono'
import { createApp, type App } from '../app.ts'
import type { Config } from '../config.ts'
import { createModelDesk, type ModelDesk } from '../conversation/model-desk.ts'
import { noCounters, type Log } from '../core/ports.ts'
import type { RequestBindings } from '../core/request-id.ts'
import { createAlertSender } from '../node/alerts.ts'
import { createPlatforms, type Platforms } from '../node/platforms.ts'
import { logFailures, pageRoutes } from '../pages.ts'
import { chatAccounts } from '../site/site.ts'
import type { D1 } from '../store/d1/binding.ts'
import { openD1Store } from '../store/d1/open.ts'
import type { Store } from '../store/ports.ts'
import { zaloCallbackRoutes } from '../../webhooks/zalo-callback.ts'
import { zaloDomainRoutes, zaloDomainTag } from '../../webhooks/zalo-domain.ts'
import { assetRequest } from './campaign-world.ts'
import type { WorkerEnv } from './env.ts'
import type { Isolate } from './isolate.ts'
import { metricsText } from './metrics.ts'
import { createFetchTransport, type FetchTransport } from './transport.ts'

/** The parts of one invocation. Nothing of it may be used by another: workerd ties calls under way to the request that made them. */
export interface Invocation {
  store: Store
  platforms: Platforms
  app: App
  /** Everything that is not the app's own routes is built when it is asked for. */
  fetch(request: Request): Promise<Response>
  /** Lets the app handle what is recorded: the content and the accounts' states are read first where they are not known. */
  begin(): Promise<void>
  /** Resolves when nothing is under way: not before that may the invocation end. */
  settled(): Promise<void>
}

export interface InvocationPorts {
  env: WorkerEnv
  config: Config
  isolate: Isolate
  log: Log
  /** The database, where statements are counted. */
  d1?: D1
  /** Campaigns are run by cron alone. */
  cron?: { jobsRun: (store: Store) => Promise<Map<string, number>>; leads: (store: Store) => () => Promise<boolean> }
}

export async function createInvocation(ports: InvocationPorts): Promise<Invocation> {
  const { env, config, isolate, log, cron } = ports
  const now = Date.now
  const opened = await openD1Store(ports.d1 ?? env.DB, { role: 'server', now: now(), waitingLimit: 200, keysKept: config.retention.dedupeKey }, isolate.memory)
  const store: Store = cron === undefined ? opened : { ...opened, leads: cron.leads(opened) }
  const transport = createFetchTransport()
  const platforms = createPlatforms({ config, store, transport: transport.send, now, log })
  const gate = isolate.gate(store, platforms.accounts)
  const privacyUrl = `${config.publicUrl!}/privacy`
  const app = createApp({
    store, gate, now, log,
    counters: noCounters,
    content: () => isolate.content().current,
    channels: platforms.channels,
    webhooks: platforms.webhooks,
    moreJobs: platforms.jobs,
    random: Math.random,
    tell: createAlertSender(config.alertUrl, transport.send, log, now),
    freeDisk: async () => null,
    sweepBackups: async () => ({ removed: 0, stuck: [] }),
    ...(cron === undefined ? {} : {
      jobsRun: await cron.jobsRun(store),
      campaigns: { settings: config.campaigns, accounts: platforms.accounts, publishers: platforms.publishers, after, world: () => isolate.world(config, env.ASSETS) },
    }),
    ...(config.model === null ? {} : { model: await openModel(config.model, store, log) }),
    terms: { ...config, privacyUrl, modelHost: config.model === null || config.model.inVietnam ? null : config.model.host },
  })
  const pages = (): Hono<{ Bindings: RequestBindings }> => pagesOf(ports, { store, platforms, app, transport })

  return {
    store, platforms, app,
    fetch: async (request) => pages().fetch(request, { requestId: request.headers.get('cf-ray') ?? crypto.randomUUID() }),
    async begin() {
      isolate.content()
      if (!isolate.knowsAccounts(now())) await isolate.readAccounts(now())
      app.start()
    },
    async settled() {
      await app.idle()
      await transport.idle()
    },
  }
}

function pagesOf({ env, config, isolate, log }: InvocationPorts, { store, platforms, app }: Pick<Invocation, 'store' | 'platforms' | 'app'> & { transport: FetchTransport }): Hono<{ Bindings: RequestBindings }> {
  const now = Date.now
  const http = new Hono<{ Bindings: RequestBindings }>()
  http.use(async (c, next) => {
    await next()
    c.header('x-request-id', c.env.requestId)
  })
  http.route('/', app.routes)
  http.route('/', zaloDomainRoutes(config.zalo?.verifyCode ?? null))
  if (config.zalo !== null) {
    http.route('/', zaloCallbackRoutes({ app: config.zalo, accounts: config.zalo.accounts, entries: store, http: platforms.http, now, log }))
  }
  http.route('/', pageRoutes({
    store, now,
    isLocal: () => false,
    content: () => isolate.content(),
    accounts: isolate.gate(store, platforms.accounts).states,
    writeTrouble: app.writeTrouble,
    metrics: async (load) => metricsText(load),
    metricsToken: config.metricsToken,
    headTag: zaloDomainTag(config.zalo?.verifyCode ?? null),
    sandboxUrl: null,
    site: {
      now, origin: config.publicUrl!, accounts: chatAccounts(config),
      async assetFiles(file, request) {
        const response = await env.ASSETS.fetch(assetRequest(file, request))
        return response.status === 404 ? null : response
      },
    },
  }))
  logFailures(http, log)
  return http
}

/** The model, evaluated only where one is set: its client is large. */
async function openModel(settings: NonNullable<Config['model']>, register: Store, log: Log): Promise<ModelDesk> {
  const { createModelApi } = await import('../answer/model/api.ts')
  return createModelDesk({ api: createModelApi({ ...settings, fetch }), settings, register, now: Date.now, counters: noCounters, log })
}

function after(time: number, work: () => void): () => void {
  const timer = setTimeout(work, time)
  return () => clearTimeout(timer)
}
