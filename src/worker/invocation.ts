import { Hono } from 'hono'
import { createApp } from '../app.ts'
import { root } from '../console/paths.ts'
import { openModelDesk } from '../conversation/model-desk.ts'
import { noCounters } from '../core/ports.ts'
import type { RequestBindings } from '../core/request.ts'
import { createAlertSender } from '../jobs/alerts.ts'
import { createPlatforms } from '../platforms.ts'
import { logFailures, pageRoutes } from '../pages.ts'
import { chatAccounts } from '../site/site.ts'
import type { D1 } from '../store/d1/binding.ts'
import { openD1Store } from '../store/d1/open.ts'
import type { Store } from '../store/ports.ts'
import { zaloCallbackRoutes } from '../../webhooks/zalo-callback.ts'
import { zaloDomainRoutes, zaloDomainTag } from '../../webhooks/zalo-domain.ts'
import { assetRequest } from './campaign-world.ts'
import { metricsText } from './metrics.ts'
import type { Invocation, InvocationPorts, Parts } from './parts.ts'
import { createFetchTransport } from './transport.ts'

/** What is claimed when the statements of an invocation are used up is still finished: some 25 for each contact, four for each reply. Replies take longer, and wait for a platform. */
const mostAtOnce = { contacts: 8, replies: 24 }

/** The store in this database, as every invocation opens it. */
export const openStore = ({ env, config, isolate }: Pick<InvocationPorts, 'env' | 'config' | 'isolate'>, d1: D1): Promise<Store> =>
  openD1Store(d1, { role: 'server', now: Date.now(), waitingLimit: 200, keysKept: config.retention.dedupeKey }, isolate.memory, env.ERASED ?? null)

export async function createInvocation(ports: InvocationPorts): Promise<Invocation> {
  const { env, config, isolate, log, store, jobsRun } = ports
  const now = Date.now
  const transport = createFetchTransport()
  const platforms = createPlatforms({ config, store, transport: transport.send, now, log })
  const gate = isolate.gate(store, platforms.accounts)
  const privacyUrl = `${config.publicUrl!}/privacy`
  const app = createApp({
    store, gate, now, log, mostAtOnce,
    counters: noCounters,
    content: () => isolate.content().current,
    channels: platforms.channels,
    webhooks: platforms.webhooks,
    moreJobs: platforms.jobs,
    checkTokens: platforms.checkTokens,
    random: Math.random,
    tell: createAlertSender(config.alertUrl, transport.send, log, now),
    freeDisk: async () => null,
    sweepBackups: async () => ({ removed: 0, stuck: [] }),
    ...(jobsRun === undefined ? {} : {
      jobsRun,
      campaigns: { settings: config.campaigns, accounts: platforms.accounts, publishers: platforms.publishers, after, world: () => isolate.world(config, env.ASSETS) },
    }),
    ...(config.model === null ? {} : { model: await openModelDesk({ settings: config.model, register: store, now, counters: noCounters, log, fetch: (...call) => fetch(...call) }) }),
    terms: { ...config, privacyUrl, modelHost: config.model === null || config.model.inVietnam ? null : config.model.host },
  })

  return {
    platforms, app,
    fetch: async (request) => pagesOf(ports, { platforms, app }).fetch(request, { requestId: request.headers.get('cf-ray') ?? crypto.randomUUID() }),
    async begin() {
      isolate.content()
      await isolate.readAccounts(now())
      app.start()
    },
    async settled() {
      await app.idle()
      await transport.idle()
    },
  }
}

function pagesOf(ports: InvocationPorts, parts: Parts): Hono<{ Bindings: RequestBindings }> {
  const { env, config, isolate, log, store } = ports
  const { platforms, app } = parts
  const now = Date.now
  const http = new Hono<{ Bindings: RequestBindings }>()
  http.use(async (c, next) => {
    await next()
    c.header('x-request-id', c.env.requestId)
  })
  for (const path of ['/ready', `${root}/*`]) {
    http.use(path, async (_c, next) => {
      await isolate.readAccounts(now())
      await next()
    })
  }
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
  // Evaluated only for those who ask for it: it is as large as the rest.
  http.all(`${root}/*`, async (c) => {
    const { consoleOf } = await import('./console.ts')
    return consoleOf(ports, parts).fetch(c.req.raw, c.env)
  })
  logFailures(http, log)
  return http
}

function after(time: number, work: () => void): () => void {
  const timer = setTimeout(work, time)
  return () => clearTimeout(timer)
}
