import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App, type AppTerms } from '../../src/app.ts'
import type { Channel, Sent } from '../../src/channels/channel.ts'
import { renderFacebook } from '../../src/channels/facebook-message.ts'
import { renderTelegram } from '../../src/channels/telegram-message.ts'
import { generallyUnsendable, isOutsideWindow } from '../../src/channels/window.ts'
import { renderZalo } from '../../src/channels/zalo-message.ts'
import type { Content } from '../../src/content.ts'
import type { AccountKey, ChannelName, Contact } from '../../src/core/contact.ts'
import { SendError, type SendOutcome } from '../../src/core/delivery.ts'
import type { AccountEvent, EventBody, InboundEvent } from '../../src/core/event.ts'
import type { Part } from '../../src/core/message.ts'
import { noCounters, silentLog, type Alert } from '../../src/core/ports.ts'
import type { ModelDesk } from '../../src/conversation/model-desk.ts'
import { DAY, HOUR, MINUTE, SECOND, type Clock, type Millis } from '../../src/core/time.ts'
import { createGate } from '../../src/delivery/gate.ts'
import { sweepBackups } from '../../src/store/backup-sweep.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import type { Webhook } from '../../webhooks/webhook.ts'
import { monday9 } from './dialogue.ts'

const windows: Record<ChannelName, Millis | null> = { zalo: 48 * HOUR, facebook: 24 * HOUR, telegram: null }
const renders = { zalo: renderZalo, facebook: renderFacebook, telegram: renderTelegram }

/** A channel that renders and refuses as the real one does, and keeps what would have gone over the wire. */
export class RecordingChannel implements Channel {
  readonly name: ChannelName
  readonly replyWindow: Millis | null
  readonly render: Channel['render']
  sent: { to: string; text: string; quote?: string; deliveryId: string; part: Part }[] = []
  /** The next sends end so, one after another; then they go well. */
  failures: SendOutcome[] = []
  /** How much of its limits it says that is used. */
  used: number | null = null
  /** Sends wait for this. */
  hold: Promise<void> | null = null
  #serial = 0
  constructor(name: ChannelName) {
    this.name = name
    this.replyWindow = windows[name]
    this.render = renders[name]
  }
  whyUnsendable: Channel['whyUnsendable'] = (part, context) =>
    generallyUnsendable(part, context) ?? (this.replyWindow !== null && isOutsideWindow(context, this.replyWindow) ? 'outside_reply_window' : null)
  async send(contact: Contact, part: Part, deliveryId: string): Promise<Sent> {
    if (this.hold !== null) await this.hold
    const failure = this.failures.shift()
    if (failure !== undefined) throw new SendError(failure, 'test')
    this.sent.push({ to: contact.userId, text: part.text, deliveryId, part, ...(part.quote === undefined ? {} : { quote: part.quote }) })
    return { platformMessageId: `${this.name}-${++this.#serial}`, ...(this.used !== null && { used: this.used }) }
  }
  textsTo(userId: string): string[] {
    return this.sent.filter(({ to }) => to === userId).map(({ text }) => text)
  }
}

/** Its bodies are what it says of accounts, and need no proof. */
const tellsOfAccounts: Webhook = {
  channel: 'zalo', bodyLimit: 1_024, proofHeader: 'x-proof',
  verify: () => ({ ok: true, accountId: null }),
  parse: (payload) => ({ events: [], accountEvents: [payload as AccountEvent], ignored: {} }),
}

/** Makes the model's desk for the store of now. */
type ModelOf = (store: Store, now: Clock) => ModelDesk

/** The whole app on a real SQLite file, with a clock that is turned by hand. */
export class World {
  now = monday9
  readonly alerts: Alert[] = []
  readonly channels = { zalo: new RecordingChannel('zalo'), facebook: new RecordingChannel('facebook'), telegram: new RecordingChannel('telegram') }
  readonly folder = mkdtempSync(join(tmpdir(), 'camnang-world-'))
  readonly url = `sqlite:${this.folder}/world.db?sync=normal`
  store!: Store
  app!: App
  free: number | null = 0.5
  /** A look at the disk waits for this. */
  beforeDisk: () => Promise<void> = async () => undefined
  #serial = 0
  readonly #content: Content
  readonly #terms: Partial<AppTerms>
  readonly #model: ModelOf | null

  private constructor(content: Content, terms: Partial<AppTerms>, model: ModelOf | null) {
    this.#content = content
    this.#terms = terms
    this.#model = model
  }

  static async open(content: Content, terms: Partial<AppTerms> = {}, model: ModelOf | null = null): Promise<World> {
    const world = new World(content, terms, model)
    await world.start()
    return world
  }

  async start(): Promise<void> {
    this.store = await openStore(this.url, { role: 'server', now: this.now, waitingLimit: 200, keysKept: 30 * DAY })
    const accounts: AccountKey[] = ['zalo:oa', 'facebook:page', 'telegram:bot']
    const gate = createGate(this.store, accounts, () => this.now)
    await gate.refresh()
    this.app = createApp({
      store: this.store, gate, channels: this.channels, webhooks: { zalo: tellsOfAccounts }, content: () => this.#content,
      tell: async (alert) => void this.alerts.push(alert),
      freeDisk: async () => {
        await this.beforeDisk()
        return this.free
      },
      sweepBackups: (at) => sweepBackups(this.url, 30 * DAY, at),
      ...(this.#model === null ? {} : { model: this.#model(this.store, () => this.now) }),
      now: () => this.now, random: () => 0, log: silentLog, counters: noCounters,
      terms: {
        handoverPause: 240 * MINUTE, lateAfter: 15 * MINUTE, staleAfter: 2 * HOUR, floodPerMinute: 60, staffAnswerWithin: 30 * MINUTE,
        privacyUrl: 'https://tinh.example/privacy',
        publicUrl: 'https://tinh.example',
        retention: { eventText: 7 * DAY, replyText: 30 * DAY, idleContact: 90 * DAY, campaignKey: 180 * DAY, dedupeKey: 30 * DAY, unanswered: 90 * DAY, audit: 1_826 * DAY },
        ...this.#terms,
      },
    })
    this.app.start()
  }

  /** What the platform tells of an account of ours, the whole way through the webhook. */
  async hearsOfAccount(kind: AccountEvent['kind'], at: Millis): Promise<void> {
    const told: AccountEvent = { account: 'zalo:oa', kind, at, detail: 'test' }
    const { status } = await this.app.routes.request('/webhooks/zalo', { method: 'POST', body: JSON.stringify(told) })
    if (status !== 200) throw new Error(`answered with ${status}`)
  }

  /** Stops in good order and starts again. For kills see the crash tests. */
  async restart(): Promise<void> {
    await this.app.stop()
    await this.store.close()
    await this.start()
  }

  async close(): Promise<void> {
    await this.app.stop()
    await this.store.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  contact(userId: string, channel: ChannelName = 'zalo'): Contact {
    return { channel, accountId: { zalo: 'oa', facebook: 'page', telegram: 'bot' }[channel], userId }
  }

  /** Records one event as the webhook would, and lets the app finish what follows. */
  async hears(userId: string, body: EventBody | string, given: { channel?: ChannelName; sentAt?: Millis; id?: string } = {}): Promise<void> {
    const contact = this.contact(userId, given.channel)
    const serial = ++this.#serial
    const event: InboundEvent = {
      id: given.id ?? `${contact.channel}:${contact.accountId}:test:${serial}`, contact, messageId: `m${serial}`,
      sentAt: given.sentAt ?? this.now, receivedAt: this.now, orderAt: given.sentAt ?? this.now,
      ...(typeof body === 'string' ? { kind: 'text', text: body } : body),
    }
    await this.app.record([event])
    await this.settle()
  }

  /** Wakes the app and waits until nothing is due, or nothing more happens (what a stopped account holds stays due). */
  async settle(): Promise<void> {
    this.app.wake()
    for (let calm = 0, turns = 0; calm < 12 && turns < 150; turns++) {
      await new Promise((resolve) => setImmediate(resolve))
      const due = await this.store.nextDueAt()
      if (due !== null && due <= this.now) {
        this.app.wake()
        calm = 0
      } else calm++
    }
  }

  /** Time passes, and the jobs that are due run. */
  async pass(time: Millis): Promise<void> {
    this.now += time
    await this.app.runJobs(this.now)
    await this.settle()
  }
}
export { SECOND, MINUTE, HOUR, DAY }
