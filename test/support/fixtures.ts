import { readdirSync, readFileSync } from 'node:fs'
import { channelNames, type ChannelName } from '../../src/core/contact.ts'
import type { AccountEvent } from '../../src/core/event.ts'
import { payloadIn } from './payload.ts'
import { bytesOf } from './sign.ts'

/** One situation: what a platform sends, with invented data, and what should come out. */
export interface WebhookFixture {
  channel: ChannelName
  label: string
  bytes: Uint8Array<ArrayBuffer>
  payload: unknown
  expected: {
    /** Account, user and event without the times of arrival. */
    events: Record<string, unknown>[]
    accountEvents?: AccountEvent[]
    ignored?: Record<string, number>
  }
}

/** When the fixtures arrive: after everything in them, but for times from the future. */
export const receivedAt = 1795400000000

const folder = new URL('../fixtures/webhooks/', import.meta.url)

export const webhookFixtures: WebhookFixture[] = channelNames.flatMap((channel) =>
  readdirSync(new URL(channel, folder)).sort().map((file): WebhookFixture => {
    const { situation, body, raw, expected } = JSON.parse(readFileSync(new URL(`${channel}/${file}`, folder), 'utf8')) as
      { situation: string; body?: unknown; raw?: string; expected: WebhookFixture['expected'] }
    const bytes = raw === undefined ? bytesOf(channel, body) : new TextEncoder().encode(raw)
    return { channel, label: `${channel}/${file}: ${situation}`, bytes, payload: payloadIn(bytes), expected }
  }))
