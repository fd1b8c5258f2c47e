import type { Publisher } from '../channels/publisher.ts'
import type { CampaignRecord } from '../core/campaign.ts'
import type { AccountKey, ChannelName } from '../core/contact.ts'
import type { SendOutcome } from '../core/delivery.ts'
import type { Alert, Log } from '../core/ports.ts'
import { MINUTE, type Millis } from '../core/time.ts'
import type { AccountGate, SharedPacing } from '../delivery/attempt.ts'
import type { Deliveries, Register, Store } from '../store/ports.ts'
import type { CampaignStore } from '../store/campaign-ports.ts'
import { applyCorrection } from './correct.ts'
import { afterQuiet, cannotSend, isQuiet, whyPause, whyPauseAfter } from './decide.ts'
import { createEngine, type CampaignEngine } from './engine.ts'
import { isPublication } from './means.ts'
import { forecastCampaign } from './reach.ts'
import { createActive, lineKey, type ActiveCampaign } from './run-active.ts'
import { createChangeWatch } from './run-changes.ts'
import { createHealthBook } from './run-health.ts'
import { createLanes } from './run-lanes.ts'
import { hasEnded, publicationRows, startOf, system } from './run-life.ts'
import { planLine } from './run-plan.ts'
import { publishDue } from './run-publish.ts'
import { createSender, type SenderPorts } from './run-send.ts'
import { createWorkUnderWay } from './run-work.ts'
import { contentOf, type CampaignPorts, type CampaignWorld } from './world.ts'

export interface RunnerPorts extends CampaignPorts, Pick<SenderPorts, 'outbox' | 'after'> {
  store: CampaignStore & Pick<Deliveries, 'finishDeliveries'> & Pick<Register, 'readEntry' | 'writeEntry'> & Pick<Store, 'pacing' | 'findContact'>
  publishers: Partial<Record<ChannelName, Publisher>>
  gate: AccountGate
  /** Share of the disk that is free, 0 to 1; null where nobody knows. */
  freeDisk(): Promise<number | null>
  /** To the people on duty. */
  tell(alert: Alert): Promise<void>
  log: Log
}

/** Runs what is approved: starts it at its time, fixes audiences, sends, publishes, pauses what goes wrong, finishes. */
export interface CampaignRunner {
  /** Looks at everything once and begins what is due. What it began goes on after it has resolved. */
  step(): Promise<void>
  /** Replies and announcements share one limit where the platform has one for both. */
  pacing: SharedPacing
  /** Resolves when nothing is under way; what waits for a later moment does not count. */
  idle(): Promise<void>
  /** Starts nothing new and resolves when what is under way has been noted. */
  stop(): Promise<void>
}

/** Less, and the next commits may fail. */
const leastFreeDisk = 0.02
/** What a dead process was sending is looked after for so long after a campaign was cancelled, and after a start. */
const settledAfter: Millis = 10 * MINUTE

export function createCampaignRunner(ports: RunnerPorts): CampaignRunner {
  const { store, settings, accounts, gate, now, log } = ports
  const engine: CampaignEngine = createEngine(ports)
  const active = new Map<string, ActiveCampaign>()
  const health = createHealthBook(store)
  const corrected = new Set<string>()
  const waiting = createChangeWatch(engine.changes, now)
  const { track, begin, isBusy, idle, stop: stopWork } = createWorkUnderWay(log)
  const { laneOf, lanesOf, pacing, ...lanes } = createLanes({ sharedPacing: store.pacing, after: ports.after, wake: (lane) => sender.wake(lane), now, log })
  let stepping: Promise<void> | null = null
  const begunAt = now()
  let stopping = false

  const sender = createSender({
    ...ports, track,
    lineOf: ({ campaign, post, account }) => active.get(campaign)?.lineAt(post, account) ?? null,
    isTakenBack, nightUntil,
    tried(campaign, ok) {
      const reason = whyPause(health.tried(campaign, ok), settings.pause)
      if (reason !== null) begin(`pause ${campaign}`, () => pause(campaign, reason))
    },
    refused,
  })

  // ── One step ──

  async function look(): Promise<void> {
    const world = await ports.world()
    const records = await store.listCampaigns()
    for (const id of active.keys()) if (!records.some((record) => record.id === id && record.status === 'running')) await leave(id)
    await sender.settle()
    for (const record of records) await lookAt(record, world)
    const running = [...active.values()]
    if (running.length === 0) return
    begin('keep health', () => health.keep())
    if (running.some(({ lines }) => lines.some(({ choice }) => isPublication(choice.means)))) begin('publish', publish)
    for (const lane of lanesOf(running)) sender.wake(lane)
  }

  async function lookAt(record: Omit<CampaignRecord, 'content'>, world: CampaignWorld): Promise<void> {
    const { id, status, correction } = record
    if (correction?.confirmedAt != null && !corrected.has(`${id} ${correction.confirmedAt}`)) begin(`correct ${id}`, () => correct(id, world))
    switch (status) {
      case 'approved': {
        const done = await engine.schedule(id, { actor: system, why: '' })
        return 'done' in done ? lookAt(done.done, world) : undefined
      }
      case 'scheduled': {
        const begun = await startDue(id, world)
        return begun === null ? undefined : goOn(begun, world)
      }
      case 'running': return goOn(record, world)
      // Nobody claims for it any more: what a killed process was sending would stay "being sent" for ever.
      case 'paused': return void await store.stopDeliveries(id, 'hold', [], now())
      case 'cancelled':
        if (now() - Math.max(record.changedAt, begunAt) < settledAfter) await store.stopDeliveries(id, 'cancel', [], now())
    }
  }

  /** Null: it is not its time, or it could not begin. */
  async function startDue(id: string, world: CampaignWorld): Promise<CampaignRecord | null> {
    const record = await store.loadCampaign(id)
    if (record === null || world.rules === null) return null
    const isDue = now() >= startOf(contentOf(record))
    const changed = isDue ? engine.changes(record, world) : waiting.lasting(record, world)
    if (changed.length > 0) {
      const why = `nội dung đã đổi sau khi duyệt: ${changed.join('; ')}`
      await engine.return(id, { actor: system, why })
      await ports.tell({ kind: 'campaign', text: isDue ? `Đợt ${id} đến giờ mà không bắt đầu được: ${why}.` : `Đợt ${id} phải duyệt lại trước giờ gửi: ${why}.` })
      return null
    }
    if (!isDue) return null
    waiting.forget(id)
    const campaign = contentOf(record)
    const forecast = await forecastCampaign(campaign, ports, world)
    const started = await engine.start(id, { actor: system, why: '' }, forecast === null ? [] : publicationRows(campaign, forecast))
    return 'done' in started ? started.done : null
  }

  async function goOn(head: Omit<CampaignRecord, 'content'>, world: CampaignWorld): Promise<void> {
    const { id, version } = head
    const known = active.get(id)
    if (known?.version !== version || known.world !== world) {
      const record = await store.loadCampaign(id)
      if (record === null || world.rules === null) return
      if (known?.version !== version) await health.open(id, version)
      active.set(id, createActive(record, world, world.rules, { accounts, settings, changes: engine.changes, known }))
    }
    const campaign = active.get(id)!
    const trouble = await whyStop(campaign)
    if (trouble !== null) return pause(id, trouble)
    begin(`plan ${id}`, () => plan(campaign))
    if (!isBusy(`plan ${id}`) || campaign.open.size === 0) await finishEnded(campaign)
  }

  /** What must not go on before a person has looked. */
  async function whyStop({ id, lines, open, changes }: ActiveCampaign): Promise<string | null> {
    const free = await ports.freeDisk()
    if (free !== null && free < leastFreeDisk) return 'ổ đĩa sắp đầy nên không ghi được ai đã nhận'
    const begins = lines.some((line) => open.has(lineKey(line)) && line.post.at <= now())
    if (begins && changes.length > 0) return `nội dung đã đổi sau khi duyệt: ${changes.join('; ')}`
    const stopped = accounts.filter((account) => gate.isStopped(account) && lines.some((line) => line.account === account))
    if (stopped.length === 0) return null
    const ledger = await store.readLedger({ campaign: id })
    const held = stopped.find((account) =>
      lines.some((line) => line.account === account && open.has(lineKey(line))) || ledger.some((row) => row.account === account && row.count > 0 && (row.status === 'queued' || row.status === 'sending')))
    return held === undefined ? null : cannotSend(held)
  }

  function refused(campaign: string, account: AccountKey, refusal: SendOutcome): void {
    const reason = whyPauseAfter(refusal, account)
    if (reason !== null) begin(`pause ${campaign}`, () => pause(campaign, reason))
  }

  async function pause(id: string, why: string): Promise<void> {
    const done = await engine.pause(id, { actor: system, why })
    await leave(id)
    await sender.settle()
    if ('done' in done) await ports.tell({ kind: 'campaign', text: `Đợt ${id} tạm dừng: ${why}.` })
  }

  async function leave(id: string): Promise<void> {
    active.delete(id)
    await health.close(id)
  }

  function isTakenBack({ campaign, post }: { campaign: string; post: string }): boolean {
    return active.get(campaign)?.takenBack.has(post) === true
  }

  // ── Planning, publishing, finishing ──

  /** The lines whose time has come, one after another, in the order in which they are sent. */
  async function plan(campaign: ActiveCampaign): Promise<void> {
    for (const line of campaign.lines) {
      if (stopping || line.post.at > now()) return
      if (isPublication(line.choice.means) || !campaign.open.has(lineKey(line))) continue
      const planned = await planLine(campaign.campaign, line, campaign.world.compose, store, now, () => sender.wake(laneOf(line.account, campaign)))
      if (planned === 'stale') return
      if (planned !== 'done') return pause(campaign.id, `người nhận quá ${planned.tooLarge}, kho file: không nhận; dùng kho sqlite:`)
      campaign.open.delete(lineKey(line))
      sender.wake(laneOf(line.account, campaign))
    }
  }

  async function publish(): Promise<void> {
    await publishDue({
      ...ports, place: lanes.place, isTakenBack, refused, hold: pacing.hold,
      lineOf({ campaign: id, post, account }) {
        const found = active.get(id)
        const line = found?.lineAt(post, account)
        return found === undefined || line === undefined || found.changes.length > 0 ? null : { campaign: found.campaign, line, compose: found.world.compose }
      },
    })
    for (const { id, open } of active.values()) {
      for (const { post, account, status } of await store.listPublications({ campaign: id })) {
        if (status !== 'planned' && status !== 'publishing') open.delete(lineKey({ post: { id: post }, account }))
      }
    }
  }

  async function finishEnded({ id, lines, open }: ActiveCampaign): Promise<void> {
    if (open.size > 0 || !await hasEnded({ id }, lines.filter(({ choice }) => !isPublication(choice.means)), store)) return
    await engine.finish(id, { actor: system, why: '' })
    await leave(id)
  }

  async function correct(id: string, world: CampaignWorld): Promise<void> {
    const record = await store.loadCampaign(id)
    if (record?.correction?.confirmedAt == null || world.rules === null) return
    if (await applyCorrection(record, world.compose, world.rules, { ...ports, engine })) corrected.add(`${id} ${record.correction.confirmedAt}`)
  }

  /** By night nothing is claimed where every post on the account may wait for the morning. */
  function nightUntil(account: AccountKey, at: Millis): Millis | null {
    if (settings.quietHours === null || !isQuiet([settings.quietHours], at)) return null
    const lines = [...active.values()].flatMap((campaign) => campaign.lines.filter((line) => line.account === account && !isPublication(line.choice.means)))
    return lines.every(({ terms }) => terms.atNight === 'wait') ? afterQuiet([settings.quietHours], at) : null
  }

  return {
    idle,
    pacing,
    step() {
      if (stopping) return Promise.resolve()
      stepping ??= look().finally(() => { stepping = null })
      return stepping
    },
    async stop() {
      stopping = true
      stopWork()
      sender.stop()
      lanes.close()
      await stepping?.catch(() => undefined)
      await idle()
      await health.keep()
    },
  }
}
