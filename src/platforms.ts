import type { Axios } from 'axios'
import { recoverAccount } from './channels/account-state.ts'
import { createAxios } from './channels/axios.ts'
import type { Channel } from './channels/channel.ts'
import type { PostComments } from './channels/comments.ts'
import { createFacebookComments } from './channels/facebook-comments.ts'
import { facebookPages } from './channels/facebook-pages.ts'
import { appAccess, checkFacebookToken } from './channels/facebook-token.ts'
import { createFacebookPublisher } from './channels/facebook-publisher.ts'
import { createFacebookChannel } from './channels/facebook.ts'
import type { Finding } from './channels/finding.ts'
import type { AccountProfile } from './channels/profile.ts'
import { pushFacebookProfile, pushTelegramProfile } from './channels/profile-push.ts'
import { checkFacebook, checkTelegram, checkZalo } from './channels/subscriptions.ts'
import { createTelegramClient } from './channels/telegram-client.ts'
import { createBotNames } from './channels/telegram-name.ts'
import type { Publisher } from './channels/publisher.ts'
import { createTelegramPublisher } from './channels/telegram-publisher.ts'
import { createTelegramChannel } from './channels/telegram.ts'
import type { Transport } from './channels/transport.ts'
import { createZaloTokens, type ZaloTokens } from './channels/zalo-tokens.ts'
import type { ZaloApi } from './channels/zalo-call.ts'
import { createZaloHeaders } from './channels/zalo-headers.ts'
import { createZaloPublisher } from './channels/zalo-publisher.ts'
import { createZaloChannel } from './channels/zalo.ts'
import type { Config } from './config.ts'
import { accountFrom, accountKey, type AccountKey, type ChannelName } from './core/contact.ts'
import type { Log } from './core/ports.ts'
import { MINUTE, type Clock, type Millis } from './core/time.ts'
import type { Job } from './jobs/job.ts'
import type { Register } from './store/ports.ts'
import { createFacebookWebhook } from '../webhooks/facebook.ts'
import { createTelegramWebhook } from '../webhooks/telegram.ts'
import type { Webhook } from '../webhooks/webhook.ts'
import { createZaloWebhook } from '../webhooks/zalo.ts'

/** Everything that belongs to the platforms that are switched on, made from the settings. */
export interface Platforms {
  channels: Partial<Record<ChannelName, Channel>>
  publishers: Partial<Record<ChannelName, Publisher>>
  comments: Partial<Record<ChannelName, PostComments>>
  webhooks: Partial<Record<ChannelName, Webhook>>
  accounts: AccountKey[]
  /** A bot's name, without `@`; null for what has none, or while the platform does not answer. */
  nameOf(account: AccountKey): Promise<string | null>
  /** Token refresh and subscription checks. */
  jobs: Job[]
  /** Asks every platform whether it still delivers to us and takes our tokens; mends subscriptions where it can. */
  check(): Promise<Finding[]>
  /** Asks for how long tokens live and what they may do, where a platform tells. */
  checkTokens(now: Millis): Promise<Finding[]>
  /** Puts greeting, menus and commands where the platform has a call for it. */
  pushProfile(profile: AccountProfile): Promise<Finding[]>
  http: Axios
}

export interface PlatformPorts {
  config: Config
  store: Register
  transport: Transport
  now: Clock
  log: Log
}

export function createPlatforms(ports: PlatformPorts): Platforms {
  const { config, transport } = ports
  const http = createAxios(transport)
  const parts = [zalo(ports, http), facebook(ports, http), telegram(ports)].filter((part) => part !== null)
  return {
    http,
    channels: Object.fromEntries(parts.map(({ channel }) => [channel.name, channel])),
    publishers: Object.fromEntries(parts.map(({ publisher }) => [publisher.channel, publisher])),
    comments: Object.fromEntries(parts.flatMap(({ comments }) => (comments === undefined ? [] : [[comments.channel, comments]]))),
    webhooks: Object.fromEntries(parts.map(({ webhook }) => [webhook.channel, webhook])),
    accounts: parts.flatMap((part) => part.accounts),
    nameOf: async (account) => parts.find((part) => part.accounts.includes(account))?.nameOf?.(account) ?? null,
    jobs: parts.flatMap((part) => part.jobs),
    async check() {
      const findings = []
      for (const part of parts) findings.push(...(await part.check()))
      return findings
    },
    async checkTokens(at) {
      const findings = []
      if (config.publicUrl !== null) for (const part of parts) findings.push(...((await part.checkTokens?.(at)) ?? []))
      return findings
    },
    async pushProfile(profile) {
      const findings = []
      for (const part of parts) findings.push(...(await part.pushProfile(profile)))
      return findings
    },
  }

  /** Looks whether the platform still delivers to us, mends what it can, and lets an account send again whose token is taken. */
  function checkJob(channel: ChannelName, check: () => Promise<Finding[]>): Job {
    return {
      name: `check_${channel}`,
      every: 10 * MINUTE,
      async step(at) {
        if (config.publicUrl === null) return
        const findings = await check()
        for (const { account, level, what } of findings) if (level === 'error' || level === 'warning') ports.log.warn({ account, level, what }, 'platform check')
        for (const account of new Set(findings.map((finding) => finding.account))) {
          const sound = findings.every((finding) => finding.account !== account || finding.level === 'ok' || finding.level === 'warning')
          if (sound) await recoverAccount(ports.store, account, at)
        }
      },
    }
  }

  function zalo({ store, now, log }: PlatformPorts, http: Axios): Part | null {
    const settings = config.zalo
    if (settings === null) return null
    const tokens: ZaloTokens = createZaloTokens({ app: settings, accounts: settings.accounts, entries: store, http, clock: now })
    const api: ZaloApi = { apiUrl: settings.apiUrl, http, tokens, headers: createZaloHeaders(settings.appSecret), clock: now }
    const check = (): Promise<Finding[]> => each(settings.accounts, ({ oaId }) => checkZalo(api, oaId))
    return {
      channel: createZaloChannel(api),
      publisher: createZaloPublisher({ ...api, accounts: settings.accounts }),
      webhook: createZaloWebhook(settings),
      accounts: settings.accounts.map(({ oaId }) => accountKey({ channel: 'zalo', accountId: oaId })),
      jobs: [{
        name: 'zalo_tokens',
        every: 5 * MINUTE,
        async step(at) {
          for (const { oaId, code } of await tokens.refreshDue(at)) log.warn({ account: `zalo:${oaId}`, code }, 'token not refreshed')
        },
      }, checkJob('zalo', check)],
      check,
      pushProfile: async () => [],
    }
  }

  function facebook({ now }: PlatformPorts, http: Axios): Part | null {
    const settings = config.facebook
    if (settings === null) return null
    const { graph, all: pages } = facebookPages({ ...settings, http })
    const app = appAccess(settings.appId, settings.appSecrets[0] ?? '')
    const check = (): Promise<Finding[]> => each(pages, (page) => checkFacebook(graph, page, settings.appId))
    return {
      channel: createFacebookChannel({ ...settings, http, clock: now }),
      publisher: createFacebookPublisher({ ...settings, http }),
      comments: createFacebookComments({ ...settings, http }),
      webhook: createFacebookWebhook(settings),
      accounts: settings.accounts.map(({ pageId }) => accountKey({ channel: 'facebook', accountId: pageId })),
      jobs: [checkJob('facebook', check)],
      check,
      checkTokens: (at) => each(settings.accounts, (account) => checkFacebookToken(graph, app, account, at)),
      pushProfile: (profile) => each(pages, (page) => pushFacebookProfile(graph, page, profile)),
    }
  }

  function telegram({ now }: PlatformPorts): Part | null {
    const settings = config.telegram
    if (settings === null) return null
    const bots = settings.accounts.map((account) => ({ ...account, client: createTelegramClient(account.token, settings.apiUrl, transport) }))
    const check = (): Promise<Finding[]> => each(bots, ({ client, botId, webhookSecrets }) =>
      checkTelegram(client, botId, { url: `${config.publicUrl ?? ''}/webhooks/telegram`, secrets: webhookSecrets }, now()))
    const names = createBotNames(bots, now)
    return {
      nameOf: (account) => names(accountFrom(account).accountId),
      channel: createTelegramChannel({ ...settings, transport }),
      publisher: createTelegramPublisher({ apiUrl: settings.apiUrl, transport, accounts: settings.accounts.map(({ botId, token, channel = null }) => ({ botId, token, channel })) }),
      webhook: createTelegramWebhook(settings),
      accounts: settings.accounts.map(({ botId }) => accountKey({ channel: 'telegram', accountId: botId })),
      jobs: [checkJob('telegram', check)],
      check,
      pushProfile: (profile) => each(bots, ({ client, botId }) => pushTelegramProfile(client, botId, profile)),
    }
  }
}

interface Part extends Pick<Platforms, 'accounts' | 'jobs' | 'check' | 'pushProfile'> {
  channel: Channel
  publisher: Publisher
  comments?: PostComments
  checkTokens?: Platforms['checkTokens']
  nameOf?: Platforms['nameOf']
  webhook: Webhook
}

async function each<T>(items: readonly T[], ask: (item: T) => Promise<Finding[]>): Promise<Finding[]> {
  const findings = []
  for (const item of items) findings.push(...(await ask(item)))
  return findings
}
