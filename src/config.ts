import { readAccounts, type Section, type Values } from './config/accounts.ts'
import { campaignSettings, type CampaignSettings } from './config/campaigns.ts'
import { ConfigError } from './config/error.ts'
import { modelSettings, type ModelSettings } from './config/model.ts'
import { misspelt } from './config/names.ts'
import { type Setting, settingsTable } from './config/table.ts'
import { createReader, type Env, type Reader } from './config/values.ts'
import { DAY, MINUTE, type Millis } from './core/time.ts'

export type { CampaignSettings, PauseRule, QuietHours } from './config/campaigns.ts'
export { ConfigError } from './config/error.ts'
export type { ModelSettings } from './config/model.ts'
export { type Setting, settingsTable }

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
  /** Null: no model; answers come from the articles alone. */
  model: ModelSettings | null
  handoverPause: Millis
  lateAfter: Millis
  staleAfter: Millis
  /** 0: no limit. */
  floodPerMinute: number
  /** Working minutes without a person's answer after which staff and citizen are told. */
  staffAnswerWithin: Millis
  campaigns: CampaignSettings
  alertUrl: string | null
  metricsToken: string | null
  sandbox: boolean
  retention: { eventText: Millis; replyText: Millis; idleContact: Millis; campaignKey: Millis; dedupeKey: Millis; unanswered: Millis; audit: Millis; backups: Millis }
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
export interface TelegramAccount { botId: string; token: string; webhookSecrets: string[]; /** Where it posts; null: nowhere. */ channel?: string | null }

/** Only the rehearsal page can be talked to. */
export const hasNoChannel = ({ zalo, facebook, telegram }: Pick<Config, 'zalo' | 'facebook' | 'telegram'>): boolean =>
  zalo === null && facebook === null && telegram === null

/**
 * Reads and checks everything that can be set. `readFile` gives null for a file that is not there. Throws `ConfigError`,
 * which tells all that is wrong at once.
 */
export function readConfig(env: Env, readFile: (path: string) => string | null): Config {
  const read = createReader(env)
  const { problems } = read
  const { sections, names } = readAccounts(env, accountsFile(read, readFile), problems)
  for (const { written, meant } of misspelt(Object.keys(env).filter((name) => env[name]?.trim() && !names.includes(name)))) {
    problems.push(`Không có biến ${written}; có phải ý là ${meant}?`)
  }
  for (const name of [...settingsTable.map((setting) => setting.name), ...names].filter((each) => inQuotes.test(env[each]?.trim() ?? ''))) {
    problems.push(`${name} có dấu ngoặc kép hoặc nháy ở hai đầu: hãy bỏ đi (docker --env-file coi chúng là một phần của giá trị).`)
  }
  const config: Config = {
    host: read.words('HOST'),
    port: read.whole('PORT', 0, 65_535),
    publicUrl: read.origin('PUBLIC_URL'),
    store: storeOf(read, env),
    logLevel: read.oneOf('LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'silent']),
    flowsDir: read.words('FLOWS_DIR'),
    contentDir: read.words('CONTENT_DIR'),
    zalo: zaloSettings(sections.zalo, read),
    facebook: facebookSettings(sections.facebook, read),
    telegram: telegramSettings(sections.telegram, read),
    model: modelSettings(read),
    handoverPause: read.whole('HANDOVER_MINUTES', 1, 14 * 24 * 60) * MINUTE,
    staffAnswerWithin: read.whole('STAFF_ANSWER_MINUTES', 1, 14 * 24 * 60) * MINUTE,
    lateAfter: read.duration('LATE_AFTER', MINUTE, MINUTE),
    staleAfter: read.duration('STALE_AFTER', MINUTE, MINUTE),
    floodPerMinute: read.whole('FLOOD_PER_MINUTE', 0, 100_000),
    campaigns: campaignSettings(read),
    alertUrl: alertUrl(read),
    metricsToken: metricsToken(read),
    sandbox: false,
    retention: {
      eventText: read.duration('RETAIN_EVENT_TEXT', DAY, DAY),
      replyText: read.duration('RETAIN_REPLY_TEXT', DAY, DAY),
      idleContact: read.duration('RETAIN_IDLE_CONTACT', DAY, DAY),
      campaignKey: read.duration('RETAIN_CAMPAIGN_KEY', DAY, DAY),
      dedupeKey: read.duration('RETAIN_DEDUPE_KEY', DAY, 2 * DAY),
      unanswered: read.duration('RETAIN_UNANSWERED', DAY, DAY),
      audit: read.duration('RETAIN_AUDIT', DAY, 365 * DAY),
      backups: read.duration('RETAIN_BACKUPS', DAY, DAY),
    },
  }
  if (config.lateAfter >= config.staleAfter) problems.push('LATE_AFTER phải ngắn hơn STALE_AFTER.')
  config.sandbox = wantsSandbox(config, read, env)
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return config
}

const inQuotes = /^(["']).*\1$/s

function accountsFile(read: Reader, readFile: (path: string) => string | null): string | null {
  const path = read.text('ACCOUNTS_FILE')
  if (path === null) return null
  const text = readFile(path)
  if (text === null) read.problems.push('Không đọc được tệp ghi trong ACCOUNTS_FILE.')
  return text
}

/** `env:NAME`: a database address with its password stays in a variable of its own. */
function storeOf(read: Reader, env: Env): string {
  const store = read.words('STORE')
  const name = /^env:(\w+)$/.exec(store)?.[1]
  const found = name === undefined ? store : (env[name]?.trim() ?? '')
  if (found === '') read.problems.push(`STORE: chưa đặt biến ${name}.`)
  else if (!/^(sqlite:|file:|postgres(ql)?:\/\/)./.test(found)) read.problems.push('STORE phải bắt đầu bằng sqlite:, file: hoặc postgres://.')
  return found
}

function alertUrl(read: Reader): string | null {
  const url = read.text('ALERT_URL')
  if (url !== null && !(URL.canParse(url) && /^https?:\/\/\S+$/.test(url))) read.problems.push('ALERT_URL phải là địa chỉ https, ví dụ https://canhbao.tinh.vn/nhan.')
  return url
}

/** It comes back in a header, which carries nothing else. */
function metricsToken(read: Reader): string | null {
  const token = read.text('METRICS_TOKEN')
  if (token !== null && !/^[!-~]+$/.test(token)) read.problems.push('METRICS_TOKEN chỉ được gồm chữ không dấu, số và dấu câu, không có khoảng trắng.')
  return token
}

const list = (value = ''): string[] => value.split(',').map((each) => each.trim()).filter((each) => each !== '')
/** Checked before: absence is a problem already told. */
const given = (values: Values, key: string): string => values[key] ?? ''

function zaloSettings(section: Section | null, read: Reader): ZaloSettings | null {
  const [apiUrl, oauthUrl] = [read.origin('ZALO_API_URL') ?? '', read.origin('ZALO_OAUTH_URL') ?? '']
  return section && {
    appId: given(section.app, 'app_id'),
    appSecret: given(section.app, 'app_secret'),
    apiUrl,
    oauthUrl,
    verifyCode: section.app.verify_code ?? null,
    accounts: section.accounts.map((account) => ({
      oaId: given(account, 'oa_id'),
      secretKeys: list(account.secret_key),
      accessToken: account.access_token ?? null,
      refreshToken: account.refresh_token ?? null,
    })),
  }
}

function facebookSettings(section: Section | null, read: Reader): FacebookSettings | null {
  const graphUrl = read.origin('FACEBOOK_GRAPH_URL') ?? ''
  const graphVersion = read.words('FACEBOOK_GRAPH_VERSION')
  if (!/^v\d+\.\d+$/.test(graphVersion)) read.problems.push('FACEBOOK_GRAPH_VERSION phải có dạng v26.0.')
  return section && {
    appId: given(section.app, 'app_id'),
    appSecrets: list(section.app.app_secret),
    verifyToken: given(section.app, 'verify_token'),
    graphUrl,
    graphVersion,
    accounts: section.accounts.map((account) => ({ pageId: given(account, 'page_id'), pageToken: given(account, 'page_token') })),
  }
}

function telegramSettings(section: Section | null, read: Reader): TelegramSettings | null {
  const apiUrl = read.origin('TELEGRAM_API_URL') ?? ''
  if (section === null) return null
  const accounts = section.accounts.map((account) => {
    const token = given(account, 'token')
    return { botId: token.split(':')[0]!, token, webhookSecrets: list(account.webhook_secret), ...(account.channel !== undefined && { channel: account.channel }) }
  })
  // The secret is all that tells which bot an update is for.
  const secrets = accounts.flatMap(({ webhookSecrets }) => webhookSecrets)
  if (new Set(secrets).size < secrets.length) read.problems.push('TELEGRAM_WEBHOOK_SECRET: mỗi bot phải có mã riêng, không dùng chung.')
  return { apiUrl, accounts }
}

const isLoopback = (host: string): boolean => /^(127\.\d+\.\d+\.\d+|localhost|::1|\[::1\])$/.test(host)

/** On by itself only where nobody can mistake it for the real thing: no channel, this machine alone. Where asked for it takes the place of real channels, which then hear nothing. */
function wantsSandbox(config: Config, read: Reader, env: Env): boolean {
  const asked = read.text('SANDBOX')
  const open = [
    ...(isLoopback(config.host) ? [] : ['HOST công khai']),
    ...(config.publicUrl === null ? [] : ['PUBLIC_URL']),
    ...(env.NODE_ENV === 'production' ? ['NODE_ENV=production'] : []),
  ].join(', ')
  if (asked !== null && asked !== '0' && asked !== '1') read.problems.push('SANDBOX phải là 0 hoặc 1.')
  if (asked === '1' && !hasNoChannel(config) && open !== '') {
    read.problems.push(`SANDBOX=1 cùng với kênh thật (ZALO_…, FACEBOOK_…, TELEGRAM_… hoặc ACCOUNTS_FILE), mà có ${open}: kênh thật sẽ không nhận được tin nào. Bỏ SANDBOX=1 để chạy thật, hoặc bỏ các kênh để chạy thử.`)
  }
  if (asked !== null) return asked === '1'
  if (!hasNoChannel(config)) return false
  if (open !== '') {
    read.problems.push(`Chưa đặt kênh nào (ZALO_…, FACEBOOK_…, TELEGRAM_… hoặc ACCOUNTS_FILE), mà có ${open}. Đặt một kênh, hoặc SANDBOX=1 để chạy thử bằng kênh giả lập.`)
  }
  return true
}
