import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Campaign } from '../../src/campaign/campaign.ts'
import type { ComposeContext } from '../../src/campaign/compose.ts'
import { createEngine, type By, type CampaignEngine, type Done } from '../../src/campaign/engine.ts'
import { campaignStatus } from '../../src/campaign/figures.ts'
import { statusShape, type StatusShape } from '../../src/campaign/forecast.ts'
import type { StaffRole } from '../../src/campaign/life.ts'
import type { PlatformRules } from '../../src/campaign/rules.ts'
import { createCampaignRunner, type CampaignRunner } from '../../src/campaign/run.ts'
import type { CampaignWorld } from '../../src/campaign/world.ts'
import type { CampaignRecord } from '../../src/core/campaign.ts'
import type { ChannelName, Contact } from '../../src/core/contact.ts'
import { noCounters, silentLog, type Alert } from '../../src/core/ports.ts'
import { DAY, HOUR, MINUTE, SECOND, vietnamDay, type Millis } from '../../src/core/time.ts'
import { createDeliverer, type Deliverer } from '../../src/delivery/deliver.ts'
import { createGate, type Gate } from '../../src/delivery/gate.ts'
import { createPlatforms } from '../../src/platforms.ts'
import { createNodeTransport, type PooledTransport } from '../../src/node/transport.ts'
import { readConfig, type CampaignSettings } from '../../src/config.ts'
import type { Platform } from '../../src/sandbox/platform.ts'
import { startSandbox, type Sandbox } from '../../src/sandbox/start.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { standardSettings } from '../support/campaign-settings.ts'
import { readCampaign } from './support.ts'
import { compose, picture, rules } from './world.ts'

/** Timers that a test turns by hand. */
class Timers {
  #waiting: { at: Millis; work: () => void }[] = []
  readonly #now: () => Millis
  constructor(now: () => Millis) {
    this.#now = now
  }
  after = (time: Millis, work: () => void): (() => void) => {
    const timer = { at: this.#now() + time, work }
    this.#waiting.push(timer)
    return () => { this.#waiting = this.#waiting.filter((each) => each !== timer) }
  }
  next(): Millis | null {
    return this.#waiting.length === 0 ? null : Math.min(...this.#waiting.map(({ at }) => at))
  }
  fire(): void {
    const due = this.#waiting.filter(({ at }) => at <= this.#now())
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#now())
    for (const { work } of due) work()
  }
}

export interface RunningOptions { settings?: Partial<CampaignSettings>; rules?: PlatformRules; compose?: Partial<ComposeContext>; store?: 'sqlite' | 'file'; freeDisk?: () => Promise<number | null> }

/** Campaigns on a real store and the sandbox's stand-ins, with a clock that is turned by hand. */
export class Running {
  now: Millis
  store!: Store
  engine!: CampaignEngine
  runner!: CampaignRunner
  deliverer!: Deliverer
  gate!: Gate
  sandbox!: Sandbox
  readonly alerts: Alert[] = []
  world: CampaignWorld
  readonly settings: CampaignSettings
  readonly folder = mkdtempSync(join(tmpdir(), 'camnang-campaign-'))
  readonly #options: RunningOptions
  readonly #transport: PooledTransport = createNodeTransport()
  timers!: Timers
  #calls = 0

  private constructor(now: Millis, options: RunningOptions) {
    this.now = now
    this.#options = options
    this.settings = { ...standardSettings, ...options.settings }
    this.world = { compose: compose({ media: (asset) => (asset === 'anh' ? picture() : null), ...options.compose }), rules: options.rules ?? rules }
  }

  static async open(now: Millis, options: RunningOptions = {}): Promise<Running> {
    const running = new Running(now, options)
    running.sandbox = await startSandbox({ target: 'http://127.0.0.1:9', port: 0, now: () => running.now, log: silentLog })
    await running.start()
    return running
  }

  async start(): Promise<void> {
    const url = this.#options.store === 'file' ? `file:${this.folder}/file` : `sqlite:${this.folder}/campaigns.db?sync=normal`
    this.store = await openStore(url, { role: 'server', now: this.now, waitingLimit: 200, keysKept: 30 * DAY })
    const config = { ...readConfig({ SANDBOX: '1' }, () => null), ...this.sandbox.settings }
    const clock = () => this.now
    const platforms = createPlatforms({ config, store: this.store, transport: (request) => this.#counted(this.#transport.send(request)), now: clock, log: silentLog })
    this.gate = createGate(this.store, platforms.accounts, clock)
    await this.gate.refresh()
    this.timers = new Timers(clock)
    this.deliverer = createDeliverer({
      store: this.store, channels: platforms.channels, gate: this.gate, now: clock, random: () => 0, log: silentLog, counters: noCounters,
      terms: { lateAfter: 15 * MINUTE, staleAfter: 2 * HOUR, lateLine: () => 'muộn' }, inboxGrew: () => undefined,
      pacing: {
        enter: (delivery) => this.runner.pacing.enter(delivery),
        left: (delivery) => this.runner.pacing.left(delivery),
        hold: (account, until) => this.runner.pacing.hold(account, until),
      },
    })
    const ports = { store: this.store, world: async () => this.world, settings: this.settings, accounts: platforms.accounts, now: clock }
    this.engine = createEngine(ports)
    this.runner = createCampaignRunner({
      ...ports, publishers: platforms.publishers, gate: this.gate, outbox: this.deliverer, after: this.timers.after,
      freeDisk: this.#options.freeDisk ?? (async () => 0.5), tell: async (alert) => void this.alerts.push(alert), log: silentLog,
    })
  }

  async #counted<T>(call: Promise<T>): Promise<T> {
    this.#calls++
    return call.finally(() => { this.#calls-- })
  }

  /** Until no call is under way and nothing more follows from the last one. */
  async #calm(): Promise<void> {
    for (let quiet = 0; quiet < 4;) {
      await this.runner.idle()
      await new Promise((resolve) => setImmediate(resolve))
      quiet = this.#calls === 0 ? quiet + 1 : 0
    }
  }

  /** A new start in the middle of it. */
  async restart(): Promise<void> {
    await this.runner.stop()
    await this.deliverer.stop()
    await this.store.close()
    await this.start()
  }

  async close(): Promise<void> {
    await this.runner.stop()
    await this.deliverer.stop()
    await this.store.close()
    await this.sandbox.close()
    await this.#transport.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  platform(channel: ChannelName): Platform {
    return this.sandbox.platforms[channel]
  }

  contact(channel: ChannelName, n: number): Contact {
    return { channel, accountId: this.platform(channel).accountId, userId: String(5_550_000_000 + n) }
  }
  keyOf(channel: ChannelName, n: number): string {
    return this.store.keyOf(this.contact(channel, n))
  }

  /** So many people who wrote `ago` and agreed to announcements, unless told otherwise. */
  async people(channel: ChannelName, count: number, of: (n: number) => { ago?: Millis; consent?: boolean | null; optedOut?: boolean; blocked?: boolean; commune?: string } = () => ({})): Promise<void> {
    for (let from = 0; from < count; from += 500) {
      const batch = Array.from({ length: Math.min(500, count - from) }, (_, index) => from + index)
      const events = batch.map((n) => {
        const at = this.now - (of(n).ago ?? HOUR)
        this.platform(channel).acquaint(String(5_550_000_000 + n), this.now)
        return { id: `${channel}:test:${n}`, contact: this.contact(channel, n), sentAt: at, receivedAt: this.now, orderAt: at, kind: 'text' as const, text: 'chào' }
      })
      await this.store.recordEvents(events, this.now)
      const claimed = await this.store.claimTurns(1_000, this.now, MINUTE)
      await this.store.commitTurns(claimed.map((turn) => {
        const n = Number(turn.contact.userId) - 5_550_000_000
        const { consent = true, optedOut = false, blocked = false, commune } = of(n)
        const eventId = turn.waiting[0]!.id
        return {
          contactKey: turn.contactKey, claim: turn.claim, version: turn.version, eventId, conversation: null, deliveries: [], outcome: null,
          profile: { optedOut, blocked, ...(commune !== undefined && { remembered: { commune } }) },
          consents: consent === null ? [] : [{ purpose: 'announce' as const, given: consent, at: this.now, notice: 'v1', eventId }],
        }
      }), this.now)
    }
  }

  /** From a file to the moment at which it is scheduled. */
  async approved(text: string): Promise<Campaign> {
    const campaign = readCampaign(text)
    expectDone(await this.engine.draft(campaign, by('Lan', 'editor')))
    expectDone(await this.engine.submit(campaign.id, by('Lan', 'editor')))
    expectDone(await this.engine.approve(campaign.id, by('Minh', 'approver')))
    return campaign
  }

  async forecast(campaign: Campaign): Promise<StatusShape> {
    return statusShape('finished', (await this.engine.plan(campaign))!)
  }

  status = async (id: string): Promise<StatusShape> => (await campaignStatus(id, this.store))!

  /** One look, and everything that follows at this moment. */
  async step(): Promise<void> {
    await this.runner.step()
    await this.#calm()
  }

  /** Time goes on, timer by timer and second by second, until `until` holds. */
  async run(until: () => Promise<boolean>, most: Millis = 10 * MINUTE): Promise<void> {
    const deadline = this.now + most
    let nextStep = this.now
    while (this.now < deadline) {
      if (this.now >= nextStep) {
        await this.step()
        nextStep = this.now + SECOND
        if (await until()) return
      }
      this.timers.fire()
      await this.#calm()
      // Whole milliseconds, as a clock has them: stores take no others.
      this.now = Math.max(this.now + 1, Math.ceil(Math.min(nextStep, this.timers.next() ?? nextStep)))
    }
    throw new Error(`not reached within ${most} ms: ${JSON.stringify(await Promise.all((await this.store.listCampaigns()).map(async ({ id }) => [id, await this.status(id)])))}`)
  }

  finished = (...ids: string[]) => async (): Promise<boolean> => (await this.store.listCampaigns()).filter(({ id, status }) => ids.includes(id) && status === 'finished').length === ids.length

  record = async (id: string): Promise<CampaignRecord> => (await this.store.loadCampaign(id))!

  get day(): string {
    return vietnamDay(this.now)
  }
}

export const by = (name: string, role: StaffRole, why = 'theo kế hoạch'): By => ({ actor: { name, role, via: 'console' }, why })

export function expectDone(done: Done): CampaignRecord {
  if ('refused' in done) throw new Error(done.refused.join('\n'))
  return done.done
}
