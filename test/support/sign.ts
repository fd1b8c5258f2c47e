import type { FacebookSettings, TelegramSettings, ZaloSettings } from '../../src/config.ts'
import type { ChannelName } from '../../src/core/contact.ts'
import { createFacebookWebhook } from '../../webhooks/facebook.ts'
import { facebookBytes, signFacebook, signTelegram, signZalo } from '../../webhooks/sign.ts'
import { createTelegramWebhook } from '../../webhooks/telegram.ts'
import type { Webhook } from '../../webhooks/webhook.ts'
import { createZaloWebhook } from '../../webhooks/zalo.ts'

/** Two accounts a channel, with invented ids and secrets, as the fixtures name them. */

export const zaloSettings: ZaloSettings = {
  appId: '1111222233334444555', appSecret: 'test-app-secret', apiUrl: 'http://127.0.0.1:1', oauthUrl: 'http://127.0.0.1:1', verifyCode: null,
  accounts: [
    { oaId: '4300112233445566778', secretKeys: ['test-oa-secret', 'test-oa-secret-before'], accessToken: null, refreshToken: null },
    { oaId: '4300112233445566779', secretKeys: ['test-second-oa-secret'], accessToken: null, refreshToken: null },
  ],
}

export const facebookSettings: FacebookSettings = {
  appId: '424242424242', appSecrets: ['test-fb-secret', 'test-fb-secret-before'], verifyToken: 'test-verify-token',
  graphUrl: 'http://127.0.0.1:1', graphVersion: 'v26.0',
  accounts: [{ pageId: '1029384756', pageToken: 'test-page-token' }, { pageId: '1029384757', pageToken: 'test-second-page-token' }],
}

export const telegramSettings: TelegramSettings = {
  apiUrl: 'http://127.0.0.1:1',
  accounts: [
    { botId: '7000000001', token: '7000000001:test-token', webhookSecrets: ['test-bot-secret', 'test-bot-secret-before'] },
    { botId: '7000000002', token: '7000000002:test-token', webhookSecrets: ['test-second-bot-secret'] },
  ],
}

export const testWebhooks: Record<ChannelName, Webhook> = {
  zalo: createZaloWebhook(zaloSettings),
  facebook: createFacebookWebhook(facebookSettings),
  telegram: createTelegramWebhook(telegramSettings),
}

/** A body as the platform would put it on the wire. */
export function bytesOf(channel: ChannelName, payload: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(channel === 'facebook' ? facebookBytes(payload) : new TextEncoder().encode(JSON.stringify(payload)))
}

/** The headers with which the first test account's platform proves these bytes. */
export function signed(channel: ChannelName, bytes: Uint8Array): Record<string, string> {
  switch (channel) {
    case 'zalo': return signZalo(bytes, zaloSettings.appId, 'test-oa-secret')
    case 'facebook': return signFacebook(bytes, 'test-fb-secret')
    case 'telegram': return signTelegram('test-bot-secret')
  }
}
