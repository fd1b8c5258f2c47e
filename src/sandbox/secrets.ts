import { randomBytes } from 'node:crypto'
import type { Config } from '../config.ts'

/** What our server and the stand-ins both know, and nobody else: made anew at every start. */
export interface SandboxSecrets {
  zalo: { appId: string; oaId: string; appSecret: string; secretKey: string; accessToken: string; refreshToken: string }
  facebook: { appId: string; pageId: string; appSecret: string; pageToken: string; verifyToken: string }
  /** `channel`: where the bot posts. */
  telegram: { botId: string; token: string; webhookSecret: string; channel: string }
}

/** The part of the settings that makes our server talk to the stand-ins. No channel is null in it. */
export type SandboxSettings = { [Channel in 'zalo' | 'facebook' | 'telegram']: NonNullable<Config[Channel]> }

/** Account ids begin with `sandbox`, so that what was rehearsed is told from what was real. `random` gives that many bytes. */
export function makeSandboxSecrets(random: (bytes: number) => Uint8Array = randomBytes): SandboxSecrets {
  const secret = (): string => Buffer.from(random(24)).toString('base64url')
  return {
    zalo: { appId: 'sandbox-zalo-app', oaId: 'sandbox-oa', appSecret: secret(), secretKey: secret(), accessToken: secret(), refreshToken: secret() },
    facebook: { appId: 'sandbox-facebook-app', pageId: 'sandbox-page', appSecret: secret(), pageToken: secret(), verifyToken: secret() },
    telegram: { botId: 'sandbox-bot', token: `sandbox-bot:${secret()}`, webhookSecret: secret(), channel: '@kenh_tap_duot' },
  }
}

/** All three platforms at one origin: their paths tell them apart. */
export function sandboxSettings({ zalo, facebook, telegram }: SandboxSecrets, origin: string): SandboxSettings {
  return {
    zalo: {
      appId: zalo.appId, appSecret: zalo.appSecret, apiUrl: origin, oauthUrl: origin, verifyCode: null,
      accounts: [{ oaId: zalo.oaId, secretKeys: [zalo.secretKey], accessToken: zalo.accessToken, refreshToken: zalo.refreshToken }],
    },
    facebook: {
      appId: facebook.appId, appSecrets: [facebook.appSecret], verifyToken: facebook.verifyToken, graphUrl: origin, graphVersion: 'v26.0',
      accounts: [{ pageId: facebook.pageId, pageToken: facebook.pageToken }],
    },
    telegram: { apiUrl: origin, accounts: [{ botId: telegram.botId, token: telegram.token, webhookSecrets: [telegram.webhookSecret], channel: telegram.channel }] },
  }
}
