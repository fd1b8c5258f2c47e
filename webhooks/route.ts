import { Hono, type Context } from 'hono'
import { channelNames, type ChannelName } from '../src/core/contact.ts'
import type { AccountEvent, InboundEvent } from '../src/core/event.ts'
import { headerOf, requestIdOf, type RequestBindings } from '../src/core/request.ts'
import type { Clock } from '../src/core/time.ts'
import { StoreUnavailable } from '../src/store/ports.ts'
import { createByteBudget, readBody, type BodyRefusal } from './body.ts'
import { glanceAtJson, readJson } from './json.ts'
import type { Parsed, Verification, Webhook } from './webhook.ts'

export interface WebhookPorts {
  webhooks: Partial<Record<ChannelName, Webhook>>
  /** Durable when it resolves. Rejects with `StoreUnavailable` when nothing can be recorded. Duplicates are its matter. */
  record(events: readonly InboundEvent[]): Promise<void>
  /** As `record`; the platform repeats a body, so the same alarm may come twice. */
  accountEvents(events: readonly AccountEvent[]): Promise<void>
  /** Tells the platform that a tap was seen. Returns at once and never throws; may be called again for the same tap. */
  acknowledge(tap: Tap): void
  count(name: 'webhook_requests' | 'events_ignored', labels: Record<string, string>, by?: number): void
  /** Hears of every request that is not answered with 200. Never throws. */
  refused(refusal: Refusal): void
  now: Clock
  /** The most bytes of unverified bodies held at once; 64 MiB when left out. */
  unverifiedBytes?: number
}

export type Tap = Extract<InboundEvent, { kind: 'tap' }> & { tapId: string }

/** A request that was not taken, without anything of what it said. */
export interface Refusal {
  /** As in the answer's `x-request-id`; null where the server gives none. */
  request: string | null
  channel: ChannelName
  /** The account named in the address, which anybody may write, or the one that was proven; null where neither tells. */
  accountId: string | null
  status: 400 | 401 | 403 | 413 | 503
  reason: Reason
}

export type Reason = BodyRefusal | 'no_signature' | 'wrong_signature' | 'no_json' | 'store_unavailable' | 'wrong_verify_token'

type Ended = { status: 200 } | Pick<Refusal, 'accountId' | 'status' | 'reason'>

const bodyStatus: Readonly<Record<BodyRefusal, 400 | 413 | 503>> = { too_large: 413, busy: 503, cut_off: 400 }

/**
 * The one way in for all platforms: bytes, proof, JSON, our words, recorded, 200. Nothing slow stands before the 200:
 * turns are somebody else's. A platform repeats what was not answered with 200, so what can never be read is answered
 * with 200 too once it is proven to be the platform's, and counted.
 */
export function webhookRoutes(ports: WebhookPorts): Hono<{ Bindings: RequestBindings }> {
  const budget = createByteBudget(ports.unverifiedBytes ?? 64 * 1024 * 1024)
  const app = new Hono<{ Bindings: RequestBindings }>()

  app.get('/webhooks/:channel', async (c, next) => {
    const webhook = webhookOf(c.req.param('channel'))
    if (webhook?.handshake === undefined) return next()
    const answer = webhook.handshake(new URL(c.req.url).searchParams)
    if (answer !== null) return c.text(answer)
    tell(c, webhook, { status: 403, reason: 'wrong_verify_token', accountId: null })
    return c.text('', 403)
  })

  app.post('/webhooks/:channel/:accountId?', (c): Response | Promise<Response> => {
    const webhook = webhookOf(c.req.param('channel'))
    if (webhook === undefined) return c.notFound()
    return receive(c, webhook, c.req.param('accountId') ?? null).then((ended) => {
      ports.count('webhook_requests', { channel: webhook.channel, status: String(ended.status) })
      if (ended.status !== 200) tell(c, webhook, ended)
      return ended.status === 200 ? new Response(null) : c.text('', ended.status)
    })
  })

  return app

  async function receive(c: Context<{ Bindings: RequestBindings }>, webhook: Webhook, addressedTo: string | null): Promise<Ended> {
    const receivedAt = ports.now()
    const body = await readBody(c, webhook.bodyLimit, budget)
    if (typeof body === 'string') return { status: bodyStatus[body], reason: body, accountId: addressedTo }
    const sent = headerOf(c, webhook.proofHeader)
    const proof = webhook.verify(body, sent, addressedTo ?? undefined)
    if (!proof.ok) return { ...unproven(proof, sent !== null), accountId: addressedTo }
    const accountId = proof.accountId ?? addressedTo
    const glance = proof.glance ?? glanceAtJson(body)
    if (glance === undefined) return { status: 400, reason: 'no_json', accountId }
    const parsed = webhook.parse(readJson(glance), { receivedAt, accountId: proof.accountId })
    for (const [kind, times] of Object.entries(parsed.ignored)) ports.count('events_ignored', { channel: webhook.channel, kind }, times)
    try {
      if (parsed.events.length > 0) await ports.record(parsed.events)
      if (parsed.accountEvents.length > 0) await ports.accountEvents(parsed.accountEvents)
    } catch (error) {
      // The platform will come again.
      if (error instanceof StoreUnavailable) return { status: 503, reason: 'store_unavailable', accountId: accountId ?? onlyAccount(parsed) }
      throw error
    }
    parsed.events.filter(isTap).forEach(ports.acknowledge)
    return taken
  }

  function tell(c: Context<{ Bindings: RequestBindings }>, { channel }: Webhook, ended: Exclude<Ended, { status: 200 }>): void {
    ports.refused({ request: requestIdOf(c.env), channel, ...ended })
  }

  function webhookOf(name: string): Webhook | undefined {
    const channel = channelNames.find((known) => known === name)
    return channel && ports.webhooks[channel]
  }
}

const taken: Ended = { status: 200 }

function unproven({ unreadable }: Extract<Verification, { ok: false }>, signed: boolean): Pick<Refusal, 'status' | 'reason'> {
  if (unreadable) return { status: 400, reason: 'no_json' }
  return { status: 401, reason: signed ? 'wrong_signature' : 'no_signature' }
}

/** Null when the body tells of several accounts. */
function onlyAccount({ events }: Parsed): string | null {
  const ids = new Set(events.map(({ contact }) => contact.accountId))
  return ids.size === 1 ? [...ids][0]! : null
}

const isTap = (event: InboundEvent): event is Tap => event.kind === 'tap' && event.tapId !== undefined
