import * as z from 'zod'
import type { ChannelName } from './core/contact.ts'
import { MINUTE, type Millis } from './core/time.ts'

/** Everything that can be set, checked once at start. Secrets are here and nowhere else; never log this object. */
export interface Config {
  host: string
  port: number
  /** Where citizens and platforms reach us; null when not set. */
  publicUrl: string | null
  store: string
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'
  flowsDir: string
  contentDir: string
  zalo: ZaloSettings | null
  facebook: FacebookSettings | null
  telegram: TelegramSettings | null
  handoverPause: Millis
  lateAfter: Millis
  staleAfter: Millis
  /** 0: no limit. */
  floodPerMinute: number
  /** Working minutes without a person's answer after which staff and citizen are told. */
  staffAnswerWithin: Millis
  alertUrl: string | null
  metricsToken: string | null
  sandbox: boolean
  retention: { eventText: Millis; replyText: Millis; idleContact: Millis; campaignKey: Millis; dedupeKey: Millis; unanswered: Millis; backups: Millis }
}

export interface ZaloSettings {
  appId: string
  appSecret: string
  apiUrl: string
  oauthUrl: string
  verifyCode: string | null
  /** One app serves several OAs. */
  accounts: ZaloAccount[]
}
/** The two tokens only seed the store; null when `zalo connect` brings them. Secrets are lists: new first, then old while rotating. */
export interface ZaloAccount { oaId: string; secretKeys: string[]; accessToken: string | null; refreshToken: string | null }

export interface FacebookSettings {
  appId: string
  appSecrets: string[]
  verifyToken: string
  graphUrl: string
  graphVersion: string
  accounts: FacebookAccount[]
}
export interface FacebookAccount { pageId: string; pageToken: string }

export interface TelegramSettings {
  apiUrl: string
  accounts: TelegramAccount[]
}
/** `botId` is the number before the colon of the token. */
export interface TelegramAccount { botId: string; token: string; webhookSecrets: string[] }

/** Stops the start. The message names the setting and says what to do. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConfigError'
  }
}
