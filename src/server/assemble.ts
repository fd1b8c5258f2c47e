import { Hono } from 'hono'
import { createApp, type App } from '../app.ts'
import { createEngine } from '../campaign/engine.ts'
import { rereadCampaignFiles } from '../campaign/files.ts'
import { hasNoChannel, type Config } from '../config.ts'
import type { ContentHolder } from '../content.ts'
import { openModelDesk } from '../conversation/model-desk.ts'
import { profileOf } from '../conversation/profile.ts'
import { warmUp } from '../conversation/warm-up.ts'
import type { PasswordCost } from '../console/password.ts'
import { root } from '../console/paths.ts'
import { errorName } from '../core/error-name.ts'
import { once } from '../core/once.ts'
import type { Log } from '../core/ports.ts'
import type { RequestBindings } from '../core/request.ts'
import { MINUTE, SECOND, vietnamDay } from '../core/time.ts'
import { createGate } from '../delivery/gate.ts'
import { createAlertSender, inBackground } from '../jobs/alerts.ts'
import { after } from '../node/after.ts'
import { createAssetFiles } from '../node/asset-files.ts'
import { callerOf } from '../node/caller.ts'
import { createCampaignWorld } from '../node/campaign-world.ts'
import { openComputingThread } from '../node/computing-thread.ts'
import { freeDisk } from '../node/disk.ts'
import type { Door } from '../node/door.ts'
import { rereadContentFolders } from '../node/files.ts'
import type { Bindings, Listening } from '../node/listen.ts'
import { isLocal } from '../node/local.ts'
import { keepMemorySmall } from '../node/memory.ts'
import { createMetrics } from '../node/metrics.ts'
import { createPictureShelf } from '../node/picture-shelf.ts'
import { createPlatforms } from '../platforms.ts'
import { createNodeTransport } from '../node/transport.ts'
import { followContent, wordFolders } from '../node/words.ts'
import { writeChanges } from '../node/write-files.ts'
import { logFailures, pageRoutes } from '../pages.ts'
import type { Sandbox } from '../sandbox/start.ts'
import { chatAccounts } from '../site/site.ts'
import { sweepBackups } from '../store/backup-sweep.ts'
import { openStore } from '../store/open.ts'
import { folderOf, readStoreUrl } from '../store/url.ts'
import { zaloCallbackRoutes } from '../../webhooks/zalo-callback.ts'
import { zaloDomainRoutes, zaloDomainTag } from '../../webhooks/zalo-domain.ts'
import { caution, noteStart, noteStop } from './last-life.ts'
import { openSandbox } from './sandbox.ts'
import { answering } from './requests.ts'
import { createStoreClock } from './store-clock.ts'

/** A server that takes messages. */
export interface RunningServer {
  url: string
  /** Null when the sandbox is off. */
  sandbox: Sandbox | null
  app: App
  /** Finishes what is claimed, gives leases back, closes everything. Safe to call twice. */
  stop(): Promise<void>
}

/** What a start has before everything else is put together. */
export interface Start {
  env: Record<string, string | undefined>
  settings: Config
  log: Log
  door: Door<Bindings>
  listening: Listening
  /** Undone last first when the server stops. */
  closers: (() => Promise<unknown> | void)[]
  stop(): Promise<void>
  passwordCost?: PasswordCost
}

/**
 * Everything behind the door of a server that listens already. It takes messages as soon as they can be recorded, before the content is
 * read; turns begin after that. What it opened is in `closers` whether it resolves or rejects.
 */
export async function assemble({ env, settings, log, door, listening, closers, stop, passwordCost }: Start): Promise<RunningServer> {
  let wake = (): void => {}
  const store = await openStore(settings.store, {
    role: 'server', now: Date.now(), waitingLimit: 200, keysKept: settings.retention.dedupeKey, onWake: () => wake(),
    onErasedAgain: (contactKey, at) => log.warn({ contact: contactKey.slice(0, 6), erased: new Date(at).toISOString() }, 'erased again: the store was restored to a state before it'),
  })
  closers.push(() => store.close())
  const clock = createStoreClock(store)
  await clock.read()
  const { now } = clock
  const died = store.recordAndHandle !== undefined && await noteStart(store, now())
  /** A start that fails knows no more of what killed its predecessor. */
  let begun = false
  closers.push(async () => {
    if (begun || !died) await noteStop(store).catch((error: unknown) => log.warn({ error: errorName(error) }, 'cannot note the stop: the next start will be careful'))
  })
  for (const { file, what } of store.fileProblems?.() ?? []) log.error({ file, what }, 'a file of the store was set aside')
  const sandbox = settings.sandbox ? await openSandbox(store, env['SANDBOX'] === '1', settings.port, log) : null
  if (sandbox !== null) closers.push(() => sandbox.close())
  const config: Config = { ...settings, ...sandbox?.settings }
  if (sandbox !== null && !hasNoChannel(settings)) log.warn({}, 'SANDBOX=1 takes the place of the channels that are set: they hear nothing')
  if (hasNoChannel(config)) log.warn({}, 'no channel is set and SANDBOX=0: nobody can write to this server')

  const transport = createNodeTransport(Math.max(1, ...[config.zalo, config.facebook, config.telegram].map((channel) => channel?.accounts.length ?? 0)))
  closers.push(() => transport.close())
  const alerts = inBackground(createAlertSender(config.alertUrl, transport.send, log, now))
  closers.push(alerts.settled)
  const platforms = createPlatforms({ config, store, transport: transport.send, now, log })
  const gate = createGate(store, platforms.accounts, now)
  await gate.refresh()
  const metrics = createMetrics()
  const model = config.model === null ? null : await openModelDesk({ settings: config.model, register: store, now, counters: metrics.counters, log, fetch })
  const privacyUrl = `${config.publicUrl ?? urlOf(config)}/privacy`
  let content: ContentHolder | null = null
  const folders = wordFolders(config)
  const computing = openComputingThread()
  closers.push(() => computing.stop())
  const world = createCampaignWorld({ ...folders, content: () => content!.current, origin: config.publicUrl ?? urlOf(config), now })
  const app = createApp({
    store, gate, now, log,
    counters: metrics.counters,
    content: () => content!.current,
    channels: platforms.channels,
    webhooks: platforms.webhooks,
    moreJobs: platforms.jobs,
    checkTokens: platforms.checkTokens,
    random: Math.random,
    tell: alerts.tell,
    freeDisk: () => freeDisk(folderOf(readStoreUrl(settings.store))),
    sweepBackups: (at) => sweepBackups(settings.store, settings.retention.backups, at),
    campaigns: {
      settings: config.campaigns, accounts: platforms.accounts, publishers: platforms.publishers, after, world,
    },
    ...(model === null ? {} : { model }),
    ...(died && { atOnceFrom: now() + caution }),
    terms: { ...config, privacyUrl, modelHost: config.model === null || config.model.inVietnam ? null : config.model.host },
  })
  closers.push(() => app.stop())
  wake = app.wake

  const http = new Hono<{ Bindings: RequestBindings }>()
  http.route('/', app.routes)
  http.route('/', zaloDomainRoutes(config.zalo?.verifyCode ?? null))
  if (config.zalo !== null) {
    http.route('/', zaloCallbackRoutes({ app: config.zalo, accounts: config.zalo.accounts, entries: store, http: platforms.http, now, log }))
  }
  http.route('/', pageRoutes({
    store, now, isLocal,
    content: () => content,
    accounts: gate.states,
    writeTrouble: app.writeTrouble,
    metrics: metrics.text,
    metricsToken: config.metricsToken,
    headTag: zaloDomainTag(config.zalo?.verifyCode ?? null),
    sandboxUrl: sandbox?.pageUrl ?? null,
    // Nobody can write to the accounts of a rehearsal from their own phone.
    site: { now, origin: config.publicUrl ?? urlOf(config), accounts: chatAccounts(settings), assetFiles: createAssetFiles(config.contentDir) },
  }))
  const staffPages = once(async () => {
    const { consoleRoutes } = await import('../console/console.ts')
    const readFiles = rereadContentFolders(folders)
    const pages = new Hono<{ Bindings: RequestBindings }>().route('/', consoleRoutes({
      store, now,
      channels: platforms.channels,
      comments: platforms.comments,
      nameOf: platforms.nameOf,
      content: () => content?.current ?? null,
      accounts: gate.states,
      campaigns: () => store.listCampaigns(),
      announcing: {
        engine: createEngine({ store, world, settings: config.campaigns, accounts: platforms.accounts, now }),
        world, settings: config.campaigns,
        files: rereadCampaignFiles(readFiles, () => vietnamDay(now())),
        pictures: createPictureShelf(config.contentDir, now),
      },
      writing: {
        work: computing.content,
        files: { read: readFiles, write: (changes) => writeChanges(changes, folders), refused: () => content?.status.problems ?? [] },
      },
      papers: computing.papers,
      record: app.record,
      pause: config.handoverPause,
      publicUrl: config.publicUrl,
      addressOf: callerOf,
      ...(passwordCost && { passwordCost }),
    }))
    logFailures(pages, log)
    return pages
  })
  http.all(`${root}/*`, async (c) => (await staffPages()).fetch(c.req.raw, c.env))
  logFailures(http, log)
  door.open(answering(http))
  closers.push(listening.close)

  const words = await followContent(config, log, computing.content.faults)
  closers.push(words.stop)
  content = words.holder
  app.start()
  begun = true
  void warmUp({ content: content.current, channels: Object.values(platforms.channels), settings: { ...config, privacyUrl }, now: now() })
    .catch((error: unknown) => log.warn({ error: errorName(error) }, 'cannot warm up'))
    .finally(keepMemorySmall)
  // The stand-ins show ice breakers and menus as the platforms would; on real ones `profile push` does it when asked.
  if (sandbox !== null) await platforms.pushProfile(profileOf(content.current, privacyUrl))
  const timers = [
    setInterval(() => void app.runJobs(now()), 1 * SECOND),
    setInterval(() => void clock.read().catch((error: unknown) => log.warn({ error: errorName(error) }, 'cannot read the clock of the store')), 1 * MINUTE),
  ]
  closers.push(() => timers.forEach((timer) => clearInterval(timer)))
  return { url: urlOf(config), sandbox, app, stop }
}

/** Where this machine itself reaches it. */
const urlOf = ({ host, port }: Config): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`
