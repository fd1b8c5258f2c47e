import { Hono, type Context } from 'hono'
import { channelNames, type ChannelName } from '../src/core/contact.ts'
import type { AccountEvent, InboundEvent } from '../src/core/event.ts'
import type { Clock } from '../src/core/time.ts'
import { StoreUnavailable } from '../src/store/ports.ts'
import { createByteBudget, readBody, type BodyRefusal } from './body.ts'
import { readJson } from './json.ts'
import type { Parsed, Webhook } from './webhook.ts'

export interface WebhookPorts {
  webhooks: Partial<Record<ChannelName, Webhook>>
  /** Durable when it resolves. Rejects with `StoreUnavailable` when nothing can be recorded. Duplicates are its matter. */
  record(events: readonly InboundEvent[]): Promise<void>
  /** As `record`; the platform repeats a body, so the same alarm may come twice. */
  accountEvents(events: readonly AccountEvent[]): Promise<void>
  /** Tells the platform that a tap was seen. Returns at once and never throws; may be called again for the same tap. */
  acknowledge(tap: Tap): void
  count(name: 'webhook_requests' | 'events_ignored', labels: Record<string, string>, by?: number): void
  now: Clock
  /** The most bytes of unverified bodies held at once; 64 MiB when left out. */
  unverifiedBytes?: number
}

export type Tap = Extract<InboundEvent, { kind: 'tap' }> & { tapId: string }

const refusals: Readonly<Record<BodyRefusal, 400 | 413 | 503>> = { too_large: 413, busy: 503, cut_off: 400 }

/**
 * The one way in for all platforms: bytes, proof, JSON, our words, recorded, 200. Nothing slow stands before the 200:
 * turns are somebody else's. A platform repeats what was not answered with 200, so what can never be read is answered
 * with 200 too once it is proven to be the platform's, and counted.
 */
export function webhookRoutes(ports: WebhookPorts): Hono {
  const budget = createByteBudget(ports.unverifiedBytes ?? 64 * 1024 * 1024)
  const app = new Hono()

  app.get('/webhooks/:channel', async (c, next) => {
    const webhook = webhookOf(c.req.param('channel'))
    if (webhook?.handshake === undefined) return next()
    const answer = webhook.handshake(new URL(c.req.url).searchParams)
    return answer === null ? c.text('', 403) : c.text(answer)
  })

  app.post('/webhooks/:channel/:accountId?', async (c) => {
    const webhook = webhookOf(c.req.param('channel'))
    if (webhook === undefined) return c.notFound()
    const status = await receive(c, webhook, c.req.param('accountId'))
    ports.count('webhook_requests', { channel: webhook.channel, status: String(status) })
    return c.text('', status)
  })

  return app

  async function receive(c: Context, webhook: Webhook, addressedTo: string | undefined): Promise<200 | 400 | 401 | 413 | 503> {
    const receivedAt = ports.now()
    const body = await readBody(c.req, webhook.bodyLimit, budget)
    if (typeof body === 'string') return refusals[body]
    const proof = webhook.verify(body, c.req.raw.headers, addressedTo)
    if (!proof.ok) return proof.unreadable ? 400 : 401
    const payload = readJson(body)
    if (payload === undefined) return 400
    const parsed = webhook.parse(payload, { receivedAt, accountId: proof.accountId })
    for (const [kind, times] of Object.entries(parsed.ignored)) ports.count('events_ignored', { channel: webhook.channel, kind }, times)
    if (!(await record(parsed))) return 503
    parsed.events.filter(isTap).forEach(ports.acknowledge)
    return 200
  }

  /** False when the store is not to be had: the platform will come again. */
  async function record({ events, accountEvents }: Parsed): Promise<boolean> {
    try {
      if (events.length > 0) await ports.record(events)
      if (accountEvents.length > 0) await ports.accountEvents(accountEvents)
      return true
    } catch (error) {
      if (error instanceof StoreUnavailable) return false
      throw error
    }
  }

  function webhookOf(name: string): Webhook | undefined {
    const channel = channelNames.find((known) => known === name)
    return channel && ports.webhooks[channel]
  }
}

const isTap = (event: InboundEvent): event is Tap => event.kind === 'tap' && event.tapId !== undefined
