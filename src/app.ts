import { createCampaignRunner } from './campaign/run.ts'
import type { CampaignPorts } from './campaign/world.ts'
import type { Channel } from './channels/channel.ts'
import type { Finding } from './channels/finding.ts'
import type { Publisher } from './channels/publisher.ts'
import type { Content } from './content.ts'
import { createAutomaticWatch } from './conversation/automatic.ts'
import { reply } from './conversation/compose.ts'
import type { ModelDesk } from './conversation/model-desk.ts'
import { countRecorded, createTurnWorker } from './conversation/worker.ts'
import type { AccountKey, ChannelName } from './core/contact.ts'
import type { AccountEvent, InboundEvent } from './core/event.ts'
import type { Alert, Counters, Log } from './core/ports.ts'
import { HOUR, MINUTE, type Clock, type Millis } from './core/time.ts'
import { errorName } from './core/error-name.ts'
import { hearAccountState } from './channels/account-state.ts'
import { createDeliverer } from './delivery/deliver.ts'
import type { Gate } from './delivery/gate.ts'
import { accountJob } from './jobs/accounts.ts'
import { createAlarms } from './jobs/alarms.ts'
import { campaignJob } from './jobs/campaigns.ts'
import { figuresJob } from './jobs/figures.ts'
import { handoverJob } from './jobs/handovers.ts'
import { createJobs, type Job } from './jobs/job.ts'
import { retentionJob } from './jobs/retention.ts'
import { tokenJob } from './jobs/tokens.ts'
import { watchJob } from './jobs/watch.ts'
import { createWriteHealth, writingJob, type WriteTrouble } from './jobs/writing.ts'
import type { SweptBackups } from './store/backup-sweep.ts'
import type { RetentionTerms, Store } from './store/ports.ts'
import { createRefusalLog } from '../webhooks/refusal-log.ts'
import { webhookRoutes } from '../webhooks/route.ts'
import type { Webhook } from '../webhooks/webhook.ts'

/** What an entry (Node, Worker, a test) hands in. */
export interface AppPorts {
  store: Store
  content: () => Content
  channels: Partial<Record<ChannelName, Channel>>
  webhooks: Partial<Record<ChannelName, Webhook>>
  gate: Gate
  terms: AppTerms
  /** Posts to the people on duty; failing is logged by the caller's implementation. */
  tell: (alert: Alert) => Promise<void>
  freeDisk: () => Promise<number | null>
  /** Deletes the store's backups whose term is over at `now`. */
  sweepBackups: (now: Millis) => Promise<SweptBackups>
  /** Jobs that belong to a platform: token refresh, subscription checks. */
  moreJobs?: readonly Job[]
  /** Asks the platforms for how long our tokens live and what they may do. Absent: nobody asks. */
  checkTokens?: (now: Millis) => Promise<Finding[]>
  /** When each job ran last, by name; absent: not since this start. */
  jobsRun?: Map<string, Millis>
  /** Absent: nothing of campaigns runs here. */
  campaigns?: CampaignAppPorts
  /** Absent: no model. */
  model?: ModelDesk | undefined
  /** Before then every event is claimed before it is handled. Absent: from the beginning it may be handled while it is recorded. */
  atOnceFrom?: Millis
  /** As of `TurnPorts`. Absent: four. */
  atOnceAmong?: number
  /** Contacts worked on at once, and replies of one account on their way. Absent: as many as a server may. */
  mostAtOnce?: { contacts: number; replies: number }
  now: Clock
  random: () => number
  log: Log
  counters: Counters
}

/** What running campaigns needs beside the rest of the app. */
export interface CampaignAppPorts extends Pick<CampaignPorts, 'world' | 'settings' | 'accounts'> {
  publishers: Partial<Record<ChannelName, Publisher>>
  /** Runs `work` after so long; returns what cancels it. */
  after(time: Millis, work: () => void): () => void
}

export interface AppTerms {
  handoverPause: Millis
  lateAfter: Millis
  staleAfter: Millis
  floodPerMinute: number
  staffAnswerWithin: Millis
  retention: RetentionTerms
  privacyUrl: string | null
  publicUrl: string | null
  /** The host of the model when a question goes there only with the person's consent. */
  modelHost?: string | null
}

/** The running whole, without a server around it. */
export interface App {
  /** `/webhooks/…`; pages are added by `pages.ts`. */
  routes: ReturnType<typeof webhookRoutes>
  /** Since when nothing can be recorded, and why; null while the last attempt succeeded. */
  writeTrouble(): WriteTrouble | null
  /** As the webhooks do: durable when it resolves, handled at once. For events of our own, such as an officer's answer. */
  record(events: readonly InboundEvent[]): Promise<void>
  /** Every job that is due at `now`; also looks for work that another process left. */
  runJobs(now: Millis): Promise<void>
  /** Begins to handle what is recorded, once the content is there; before, messages are only recorded. */
  start(): void
  /** Takes up what is waiting. Returns at once. */
  wake(): void
  /** Resolves when no event is being handled and no reply being sent; what waits for a later moment does not count. */
  idle(): Promise<void>
  /** Resolves when nothing of a campaign is under way; what waits for a later moment does not count. */
  campaignsIdle(): Promise<void>
  /** Finishes what is claimed and the job that runs, gives the rest back. The store stays open. */
  stop(): Promise<void>
  /** As `stop`, at once: what is claimed is finished, and the replies it comes to are left to whoever looks next. */
  breakOff(): Promise<void>
}

/** Puts the parts together. One message's way in: route → turn worker → arrive, recordAndHandle (or recordAndClaim) and commitAndClaim → deliverer → channel. */
export function createApp(ports: AppPorts): App {
  const { store, content, channels, gate, terms, now, log, counters } = ports
  const tell = async (alert: Alert): Promise<void> => {
    counters.add('alerts', { kind: alert.kind })
    await ports.tell(alert)
  }
  const alarms = createAlarms(store, tell)
  const health = createWriteHealth()
  const refusals = createRefusalLog(log, now, (account) => gate.states().has(account))
  const window = { all: 0, unauthorized: 0 }
  let started = false

  const deliverer = createDeliverer({
    store, channels, gate, now, random: ports.random, log, counters,
    mostInFlight: ports.mostAtOnce?.replies,
    terms: { lateAfter: terms.lateAfter, staleAfter: terms.staleAfter, lateLine: (time) => reply(content(), 'late', { time }) },
    inboxGrew: () => worker.wake(),
    pacing: {
      enter: (delivery) => runner?.pacing.enter(delivery) ?? null,
      left: (delivery) => runner?.pacing.left(delivery),
      hold: (account, until) => runner?.pacing.hold(account, until),
    },
  })
  const runner = ports.campaigns === undefined ? null : createCampaignRunner({
    ...ports.campaigns, store, gate, now, log, tell, freeDisk: ports.freeDisk, outbox: deliverer,
  })
  const worker = createTurnWorker({
    store, channels, content, now, log, counters,
    settings: terms,
    outbox: deliverer,
    model: ports.model,
    atOnceFrom: ports.atOnceFrom ?? 0,
    atOnceAmong: ports.atOnceAmong ?? 4,
    mostAtOnce: ports.mostAtOnce?.contacts,
    staffWrote: createAutomaticWatch((account, contactKeys) => {
      liftPauses(account, contactKeys, now()).catch((error: unknown) => log.error({ account, error: errorName(error) }, 'cannot lift the pauses of an automatic message'))
    }),
  })

  const record = (events: readonly InboundEvent[]): Promise<void> => health.noting(started ? worker.record(events) : recordOnly(events), now())

  async function recordOnly(events: readonly InboundEvent[]): Promise<void> {
    countRecorded(counters, events, await store.recordEvents(events, now()))
  }

  /** An automatic message of the platform's app had paused everybody: the bot answers again, people are told to switch it off. */
  async function liftPauses(account: AccountKey, contactKeys: string[], at: Millis): Promise<void> {
    const known = await Promise.all(contactKeys.map((key) => store.findContact(key)))
    const events = known.flatMap((found, index): InboundEvent[] => found === null ? [] : [{
      id: `lifted:${contactKeys[index]!}:${at}`, contact: found.contact, sentAt: at, receivedAt: at, orderAt: at, kind: 'thread_control', owner: 'us',
    }])
    await record(events)
    await alarms.set(`automatic:${account}`, String(Math.floor(at / HOUR)), {
      kind: 'automatic_replies', account, text: 'Có vẻ nền tảng đang tự động trả lời (tin vắng mặt, trả lời nhanh). Hãy tắt tính năng này trong trang quản lý.',
    })
  }

  async function accountEvents(events: readonly AccountEvent[]): Promise<void> {
    for (const { account, kind, detail, at } of events) {
      log.warn({ account, kind, detail }, 'account event')
      if (kind === 'token_revoked') await hearAccountState(store, account, { status: 'revoked', code: kind }, at)
      if (kind === 'policy_block') await hearAccountState(store, account, { status: 'blocked', code: kind }, at)
      if (kind === 'policy_unblock') await hearAccountState(store, account, { status: 'ok', code: null }, at)
      if (kind === 'policy_warning') await tell({ kind: 'account_state', account, text: 'Nền tảng cảnh báo tài khoản này về chính sách. Hãy xem trong trang quản lý.' })
    }
  }

  const routes = webhookRoutes({
    webhooks: ports.webhooks,
    now,
    record,
    accountEvents: (events) => health.noting(accountEvents(events), now()),
    refused: refusals.refused,
    acknowledge: (event) => void channels[event.contact.channel]?.acknowledge?.(event.contact, event.tapId).catch(() => undefined),
    count(name, labels, by) {
      counters.add(name, labels, by)
      if (name !== 'webhook_requests') return
      window.all += 1
      if (labels['status'] === '401') window.unauthorized += 1
    },
  })

  const accounts = accountJob(gate, alarms, () => deliverer.wake())
  const jobs = createJobs([
    accounts,
    handoverJob({
      store, tell, answerWithin: terms.staffAnswerWithin, pause: terms.handoverPause,
      province: () => content().province,
      replyWindow: (channel) => channels[channel]?.replyWindow ?? null,
      inboxGrew: () => worker.wake(),
    }),
    watchJob({ store, alarms, freeDisk: ports.freeDisk, requests: () => {
      const seen = { ...window }
      Object.assign(window, { all: 0, unauthorized: 0 })
      return seen
    } }),
    writingJob({ register: store, health, tell }),
    retentionJob({ store, terms: terms.retention, sweepBackups: ports.sweepBackups, alarms, log }),
    figuresJob(store),
    { name: 'refusals', every: 1 * MINUTE, step: async (at) => refusals.flush(at) },
    ...(runner === null ? [] : [campaignJob(runner)]),
    ...(ports.checkTokens === undefined ? [] : [tokenJob(ports.checkTokens, alarms)]),
    ...(ports.moreJobs ?? []),
  ], log, store.leads?.bind(store), ports.jobsRun)

  function wake(): void {
    if (!started) return
    worker.wake()
    deliverer.wake()
  }

  /** Also waits for what one part had handed to the other. */
  async function idle(): Promise<void> {
    while (worker.busy() || deliverer.busy()) await Promise.all([worker.idle(), deliverer.idle()])
  }

  return {
    routes,
    writeTrouble: () => health.trouble,
    record,
    wake,
    start() {
      started = true
      wake()
      void runner?.step().catch((error: unknown) => log.error({ error: errorName(error) }, 'cannot look at campaigns'))
    },
    idle,
    campaignsIdle: () => runner?.idle() ?? Promise.resolve(),
    async runJobs(at) {
      if (!started) return
      wake()
      await jobs.run(at)
    },
    async stop() {
      const jobsEnded = jobs.stop()
      await worker.stop()
      await runner?.stop()
      await deliverer.stop()
      await jobsEnded
    },
    async breakOff() {
      await Promise.all([jobs.stop(), worker.stop(true), runner?.stop(), deliverer.stop()])
      await idle()
    },
  }
}

