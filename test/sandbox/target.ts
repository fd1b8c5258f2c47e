import { serve, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import type { InboundEvent } from '../../src/core/event.ts'
import { silentLog } from '../../src/core/ports.ts'
import { vietnamMoment, type Millis } from '../../src/core/time.ts'
import { createNodeTransport, type PooledTransport } from '../../src/node/transport.ts'
import { startSandbox, type Sandbox } from '../../src/sandbox/start.ts'
import { createFacebookWebhook } from '../../webhooks/facebook.ts'
import { webhookRoutes } from '../../webhooks/route.ts'
import { createTelegramWebhook } from '../../webhooks/telegram.ts'
import { createZaloWebhook } from '../../webhooks/zalo.ts'

/** The stand-ins and, at the other end, our real webhook route that only collects what it understood. */
export interface Rehearsal {
  sandbox: Sandbox
  /** What arrived, proven and parsed, oldest first. */
  events: InboundEvent[]
  /** Resolves with the first event that fits, from those there or still to come. */
  event(fits: (event: InboundEvent) => boolean): Promise<InboundEvent>
  /** The stand-ins' clock; turned by assigning. */
  clock: { now: Millis }
  transport: PooledTransport['send']
  close(): Promise<void>
}

export async function openRehearsal(): Promise<Rehearsal> {
  const clock = { now: vietnamMoment('2026-11-23', 9 * 60) }
  const events: InboundEvent[] = []
  const waiting = new Set<(event: InboundEvent) => void>()
  const app = new Hono()
  let port = 0
  const sandbox = await startSandbox({ target: () => `http://127.0.0.1:${port}`, port: 0, now: () => clock.now, log: silentLog })
  const { zalo, facebook, telegram } = sandbox.settings
  app.route('/', webhookRoutes({
    webhooks: { zalo: createZaloWebhook(zalo), facebook: createFacebookWebhook(facebook), telegram: createTelegramWebhook(telegram) },
    async record(some) {
      events.push(...some)
      for (const event of some) for (const hear of waiting) hear(event)
    },
    async accountEvents() {},
    acknowledge() {},
    count() {},
    refused() {},
    now: () => clock.now,
  }))
  const server = await new Promise<ServerType>((resolve) => {
    const listening = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => {
      port = info.port
      resolve(listening)
    })
  })
  const transport = createNodeTransport()
  return {
    sandbox, events, clock,
    transport: transport.send,
    event(fits) {
      const known = events.find(fits)
      return known !== undefined ? Promise.resolve(known) : new Promise((resolve) => {
        const hear = (event: InboundEvent): void => {
          if (!fits(event)) return
          waiting.delete(hear)
          resolve(event)
        }
        waiting.add(hear)
      })
    },
    async close() {
      await transport.close()
      await sandbox.close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    },
  }
}

/** One call as any client would make it: status and JSON, whatever they are. */
export async function call(url: string, body: unknown, headers: Record<string, string> = {}): Promise<{ status: number; json: Record<string, any> }> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  return { status: response.status, json: await response.json() as Record<string, unknown> }
}
