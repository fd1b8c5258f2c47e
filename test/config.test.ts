import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Config, ConfigError, readConfig, settingsTable } from '../src/config.ts'
import { DAY, HOUR, MINUTE } from '../src/core/time.ts'

type Env = Record<string, string | undefined>
const zalo: Env = { ZALO_APP_ID: '1111222233334444555', ZALO_APP_SECRET: 'canary-app', ZALO_OA_ID: '4300112233445566778', ZALO_OA_SECRET_KEY: 'canary-key' }
const facebook: Env = { FACEBOOK_PAGE_ID: '1029384756', FACEBOOK_APP_ID: '4242', FACEBOOK_APP_SECRET: 'canary-fb', FACEBOOK_PAGE_TOKEN: 'canary-page', FACEBOOK_VERIFY_TOKEN: 'canary-verify' }
const telegram: Env = { TELEGRAM_BOT_TOKEN: '7000000001:canary-bot', TELEGRAM_WEBHOOK_SECRET: 'canary_hook' }

const read = (env: Env, files: Record<string, string> = {}): Config => readConfig(env, (path) => files[path] ?? null)
const refusal = (env: Env, file?: string): string => {
  try {
    readConfig(file === undefined ? env : { ...env, ACCOUNTS_FILE: 'a.yaml' }, () => file ?? null)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as ConfigError).message
  }
  return expect.unreachable('should be refused')
}

describe('settings', () => {
  it('need nothing: the sandbox alone on this machine', () => {
    expect(read({})).toEqual({
      host: '127.0.0.1', port: 3000, publicUrl: null, store: 'sqlite:./data/camnang.db', logLevel: 'info', flowsDir: 'flows', contentDir: 'content',
      zalo: null, facebook: null, telegram: null, model: null,
      handoverPause: 240 * MINUTE, staffAnswerWithin: 30 * MINUTE, lateAfter: 15 * MINUTE, staleAfter: 2 * HOUR, floodPerMinute: 60,
      campaigns: {
        announceBasis: 'consent', approveVia: 'any', quietHours: { from: 22 * 60, to: 6 * 60 }, dailyCap: 1, pause: { share: 0.05, shareFrom: 100, inRow: 50 },
      },
      alertUrl: null, metricsToken: null, sandbox: true,
      retention: { eventText: 7 * DAY, replyText: 30 * DAY, idleContact: 90 * DAY, campaignKey: 180 * DAY, dedupeKey: 30 * DAY, unanswered: 90 * DAY, audit: 1_826 * DAY, backups: 30 * DAY },
    })
  })

  it('make a model of OPENAI_*, in Viet Nam only where its host is listed', () => {
    const model = { OPENAI_MODEL: 'qwen', OPENAI_BASE_URL: 'http://10.0.0.7:8000/v1/', MODEL_TIMEOUT: '5', MODEL_PRICE_WRITTEN: '0.6' }
    expect(read(model).model).toEqual({
      baseUrl: 'http://10.0.0.7:8000/v1', host: '10.0.0.7', apiKey: '', model: 'qwen', inVietnam: false, timeout: 5_000, perContactADay: 20, perDay: 2_000, price: { read: 0, written: 0.6 },
    })
    expect(read({ ...model, MODEL_HOSTS_IN_VIETNAM: 'ai.gov.vn, 10.0.0.7' }).model).toMatchObject({ inVietnam: true })
    expect(read({ OPENAI_MODEL: 'gpt', OPENAI_API_KEY: 'canary' }).model).toMatchObject({ baseUrl: 'https://api.openai.com/v1', host: 'api.openai.com', inVietnam: false })
    expect(read({ MODEL_PER_DAY: '5', OPENAI_API_KEY: 'of another program', OPENAI_BASE_URL: 'x' }).model).toBeNull()
  })

  it.each<[Env, string]>([
    [{ OPENAI_MODEL: 'gpt' }, 'OPENAI_API_KEY'], [{ OPENAI_MODEL: 'm', OPENAI_BASE_URL: 'http://ai.example/v1' }, 'OPENAI_BASE_URL'],
    [{ OPENAI_MODEL: 'm', OPENAI_BASE_URL: 'https://u:canary@ai.example/v1' }, 'OPENAI_BASE_URL'], [{ MODEL_TIMEOUT: '31s' }, 'MODEL_TIMEOUT'], [{ MODEL_TIMEOUT: '0' }, 'MODEL_TIMEOUT'],
    [{ MODEL_PRICE_READ: '1 usd' }, 'MODEL_PRICE_READ'], [{ MODEL_PER_DAY: 'all' }, 'MODEL_PER_DAY'],
  ])('a model half set or wrong is told: %j', (env, named) => {
    expect(refusal(env)).toContain(named)
    expect(refusal(env)).not.toContain('canary')
  })

  it.each<[Env, RegExp]>([
    [{ ...zalo, ZALO_VERIFY_CODE: 'zalo_verifierAbc.html' }, /^ZALO_VERIFY_CODE sai dạng: phải là phần mã .*zalo_verifier<mã>\.html/],
    [{ ...zalo, ZALO_OA_ID: 'canary id' }, /^ZALO_OA_ID sai dạng: phải là mã số/], [{ ...zalo, ZALO_OA_SECRET_KEY: ' , ' }, /^ZALO_OA_SECRET_KEY sai dạng: phải có ít nhất một mã/],
    [{ ...facebook, FACEBOOK_APP_SECRET: ',' }, /^FACEBOOK_APP_SECRET sai dạng: phải có ít nhất một mã/], [{ ...telegram, TELEGRAM_BOT_TOKEN: 'canary' }, /^TELEGRAM_BOT_TOKEN sai dạng: phải có dạng <số>:<mã>/],
    [{ ...telegram, TELEGRAM_WEBHOOK_SECRET: 'canary canary' }, /^TELEGRAM_WEBHOOK_SECRET sai dạng: phải chỉ gồm/], [{ ...telegram, TELEGRAM_POST_TO: 'https://t.me/canary' }, /^TELEGRAM_POST_TO sai dạng: phải là @tên .* -100/],
    [{ METRICS_TOKEN: 'canary có dấu' }, /^METRICS_TOKEN chỉ được gồm/], [{ MODEL_HOSTS_IN_VIETNAM: 'https://canary.vn/v1' }, /^MODEL_HOSTS_IN_VIETNAM chỉ ghi tên máy/], [{ QUIET_HOURS: '06:00-06:00' }, /^QUIET_HOURS: hai giờ phải khác nhau.*off/],
  ])('say what form they must have: %j', (env, told) => {
    expect(refusal(env)).toMatch(told)
    expect(refusal(env)).not.toContain('canary')
  })

  it('treat blank as not set and trim', () => {
    expect(read({ PORT: ' ', HOST: '', ZALO_APP_ID: '', METRICS_TOKEN: ' t ' })).toMatchObject({ port: 3000, zalo: null, metricsToken: 't' })
  })

  it('tell everything that is wrong at once', () => {
    expect(refusal({ PORT: 'x', LOG_LEVEL: 'loud', FACEBOOK_PAGE_ID: '1' }).split('\n')).toHaveLength(3)
  })

  it.each<[string, string, (config: Config) => unknown, unknown]>([
    ['LATE_AFTER', '20', (config) => config.lateAfter, 20 * MINUTE],
    ['LATE_AFTER', '90m', (config) => config.lateAfter, 90 * MINUTE],
    ['STALE_AFTER', '1.5h', (config) => config.staleAfter, 90 * MINUTE],
    ['STALE_AFTER', '1d', (config) => config.staleAfter, DAY],
    ['HANDOVER_MINUTES', '60', (config) => config.handoverPause, HOUR],
    ['STAFF_ANSWER_MINUTES', '45', (config) => config.staffAnswerWithin, 45 * MINUTE],
    ['FLOOD_PER_MINUTE', '0', (config) => config.floodPerMinute, 0],
    ['PORT', '0', (config) => config.port, 0],
    ['RETAIN_EVENT_TEXT', '3', (config) => config.retention.eventText, 3 * DAY],
    ['RETAIN_BACKUPS', '48h', (config) => config.retention.backups, 2 * DAY],
    ['STORE', 'file:./data', (config) => config.store, 'file:./data'],
    ['ALERT_URL', 'https://alerts.gov.vn/hook?room=1', (config) => config.alertUrl, 'https://alerts.gov.vn/hook?room=1'],
  ])('%s=%s', (name, value, of, expected) => expect(of(read({ [name]: value }))).toBe(expected))

  it.each([
    ['PORT', '65536'], ['PORT', '3e3'], ['PORT', '-1'], ['FLOOD_PER_MINUTE', 'many'], ['HANDOVER_MINUTES', '0'], ['HANDOVER_MINUTES', '4h'],
    ['LATE_AFTER', 'soon'], ['LATE_AFTER', '10s'], ['LATE_AFTER', '3h'], ['STALE_AFTER', '15m'], ['RETAIN_DEDUPE_KEY', '1d'], ['LOG_LEVEL', 'loud'], ['SANDBOX', 'yes'],
    ['PUBLIC_URL', 'bot.gov.vn'], ['PUBLIC_URL', 'https://bot.gov.vn/path'], ['ZALO_API_URL', 'https://openapi.zalo.me/v3.0'], ['FACEBOOK_GRAPH_URL', 'https://graph.facebook.com?x'],
    ['TELEGRAM_API_URL', 'ftp://api.telegram.org'], ['ZALO_OAUTH_URL', 'https://user:canary@oauth.zaloapp.com'], ['FACEBOOK_GRAPH_VERSION', '26'], ['STORE', 'mysql://x'], ['STORE', 'env:NOWHERE'], ['ALERT_URL', 'mail'], ['ALERT_URL', 'https://'], ['ALERT_URL', 'https://alerts.gov.vn hook'],
    ['ACCOUNTS_FILE', 'missing.yaml'],
  ])('%s=%s is refused by name', (name, value) => {
    const message = refusal({ SANDBOX: '1', [name]: value })
    expect(message).toContain(name)
    expect(message).not.toContain('canary')
  })

  it('in quotes are refused: a secret that keeps them would refuse every webhook', () => {
    expect(refusal({ ...zalo, ZALO_OA_SECRET_KEY: '"canary"' })).toMatch(/^ZALO_OA_SECRET_KEY có dấu ngoặc(?!.*canary).*$/)
    expect(refusal({ SANDBOX: '1', METRICS_TOKEN: " 'canary' " })).toMatch(/^METRICS_TOKEN có dấu ngoặc(?!.*canary).*$/)
    expect(read({ SANDBOX: '1', METRICS_TOKEN: 'a"b"' }).metricsToken).toBe('a"b"')
  })

  it.each([['RETAIN_BACKUPS', '12h', '1 ngày'], ['RETAIN_DEDUPE_KEY', '36h', '2 ngày'], ['LATE_AFTER', '10s', '1 phút']])('%s=%s is too short, in the unit people set it in', (name, value, least) => {
    expect(refusal({ SANDBOX: '1', [name]: value })).toContain(`${name} quá ngắn: ít nhất ${least}.`)
  })

  it('read the store’s address from another variable', () => {
    expect(read({ STORE: 'env:DB_URL', DB_URL: 'postgres://u:p@127.0.0.1/camnang' }).store).toBe('postgres://u:p@127.0.0.1/camnang')
  })

  it('are all in the table, once, with a meaning, and nothing else is read', () => {
    const asked = new Set<string>()
    readConfig(new Proxy({ ...zalo, ...facebook, ...telegram } as Env, { get: (target, name: string) => { asked.add(name); return target[name] } }), () => null)
    const names = settingsTable.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(settingsTable.every(({ meaning }) => meaning.length > 10)).toBe(true)
    expect(names.filter((name) => !asked.has(name))).toEqual([])
    expect([...asked].filter((name) => !names.includes(name) && name !== 'NODE_ENV')).toEqual([])
  })
})

describe('channels', () => {
  it('are the first accounts when set by variables, with the platforms’ own addresses', () => {
    const config = read({ ...zalo, ...facebook, ...telegram, ZALO_ACCESS_TOKEN: 'a', ZALO_VERIFY_CODE: 'Abc1' })
    expect(config.zalo).toEqual({
      appId: '1111222233334444555', appSecret: 'canary-app', apiUrl: 'https://openapi.zalo.me', oauthUrl: 'https://oauth.zaloapp.com', verifyCode: 'Abc1',
      accounts: [{ oaId: '4300112233445566778', secretKeys: ['canary-key'], accessToken: 'a', refreshToken: null }],
    })
    expect(config.facebook).toEqual({
      appId: '4242', appSecrets: ['canary-fb'], verifyToken: 'canary-verify', graphUrl: 'https://graph.facebook.com', graphVersion: 'v26.0',
      accounts: [{ pageId: '1029384756', pageToken: 'canary-page' }],
    })
    expect(config.telegram).toEqual({ apiUrl: 'https://api.telegram.org', accounts: [{ botId: '7000000001', token: '7000000001:canary-bot', webhookSecrets: ['canary_hook'] }] })
    expect(config.sandbox).toBe(false)
  })

  it('take two secrets while one is being changed', () => {
    const config = read({ ...zalo, ...facebook, ...telegram, ZALO_OA_SECRET_KEY: 'new,old', FACEBOOK_APP_SECRET: 'new, old', TELEGRAM_WEBHOOK_SECRET: 'new,old' })
    expect([config.zalo?.accounts[0]?.secretKeys, config.facebook?.appSecrets, config.telegram?.accounts[0]?.webhookSecrets]).toEqual(Array(3).fill(['new', 'old']))
  })

  it('go to stand-ins by origin', () => {
    const config = read({ ...zalo, ZALO_API_URL: 'http://127.0.0.1:4001/', ZALO_OAUTH_URL: 'http://127.0.0.1:4002' })
    expect(config.zalo).toMatchObject({ apiUrl: 'http://127.0.0.1:4001', oauthUrl: 'http://127.0.0.1:4002' })
  })

  it('are not switched on by an address alone', () => {
    expect(read({ ZALO_API_URL: 'http://127.0.0.1:4001' })).toMatchObject({ zalo: null, sandbox: true })
  })

  it.each([...Object.keys(zalo).map((name) => [name, zalo] as const), ...Object.keys(facebook).map((name) => [name, facebook] as const), ...Object.keys(telegram).map((name) => [name, telegram] as const)])(
    'half set without %s are refused by that name', (name, channel) => {
      const message = refusal({ ...channel, [name]: undefined })
      expect(message).toContain(`Thiếu ${name}`)
      expect(message).not.toContain('canary')
    })

  it.each([['ZALO_OA_ID', 'my oa', zalo], ['FACEBOOK_PAGE_ID', 'fb.com/x', facebook], ['TELEGRAM_BOT_TOKEN', 'canary', telegram], ['TELEGRAM_WEBHOOK_SECRET', 'canary!', telegram]] as const)(
    '%s=%s is refused without showing it', (name, value, channel) => {
      const message = refusal({ ...channel, [name]: value })
      expect(message).toContain(name)
      expect(message).not.toContain('canary')
    })
})

describe('accounts file', () => {
  const example = readFileSync('docs/accounts.example.yaml', 'utf8')
  const secrets: Env = {
    ZALO_APP_SECRET: 's', OA_PROVINCE_SECRET_KEY: 'k1,k0', OA_PROVINCE_ACCESS_TOKEN: 'a', OA_PROVINCE_REFRESH_TOKEN: 'r', OA_HEALTH_SECRET_KEY: 'k2',
    FACEBOOK_APP_SECRET: 'fs', FACEBOOK_VERIFY_TOKEN: 'fv', PAGE_PROVINCE_TOKEN: 'pt', BOT_PROVINCE_TOKEN: '7:t', BOT_PROVINCE_WEBHOOK_SECRET: 'h',
  }

  it('brings any number of accounts: the example is a right one', () => {
    const config = read({ ...secrets, ACCOUNTS_FILE: 'a.yaml' }, { 'a.yaml': example })
    expect(config.zalo?.accounts).toEqual([
      { oaId: '4300112233445566778', secretKeys: ['k1', 'k0'], accessToken: 'a', refreshToken: 'r' },
      { oaId: '4300112233445566779', secretKeys: ['k2'], accessToken: null, refreshToken: null },
    ])
    expect(config.facebook).toMatchObject({ appId: '424242424242', appSecrets: ['fs'], verifyToken: 'fv', accounts: [{ pageId: '1029384756', pageToken: 'pt' }] })
    expect(config.telegram?.accounts).toEqual([{ botId: '7', token: '7:t', webhookSecrets: ['h'] }])
  })

  it('follows the account of the variables', () => {
    const config = read({ ...zalo, OA2: 'k', ACCOUNTS_FILE: 'a.yaml' }, { 'a.yaml': 'zalo:\n  accounts:\n    - { oa_id: "2", secret_key: env:OA2 }' })
    expect(config.zalo?.accounts.map(({ oaId }) => oaId)).toEqual(['4300112233445566778', '2'])
  })

  it.each([
    ['a secret written out', 'telegram:\n  accounts:\n    - { token: "7:canary", webhook_secret: env:H }', ['telegram.accounts[0].token', 'env:']],
    ['a variable that is not set', 'telegram:\n  accounts:\n    - { token: env:NO_TOKEN, webhook_secret: env:H }', ['NO_TOKEN']],
    ['an id that YAML reads as a number', 'zalo:\n  app_id: 1111222233334444555', ['zalo.app_id', 'dấu nháy']],
    ['a key nobody reads', 'zalo:\n  app_key: "1"', ['zalo', 'app_key']],
    ['a channel nobody knows', 'viber: {}', ['viber']],
    ['what is no YAML', 'zalo:\n  app_id: "1\n  secret: canary: canary', ['dòng']],
    ['an account without its key', 'zalo:\n  app_id: "1"\n  app_secret: env:S\n  accounts:\n    - { oa_id: "5" }', ['ZALO_OA_SECRET_KEY', 'tài khoản thứ 1']],
    ['nothing in it', '', ['không ghi tài khoản nào']],
    ['nothing but a note', '# zalo:\n', ['không ghi tài khoản nào']],
    ['no account at all', 'zalo:\n  app_id: "1"\n  app_secret: env:S', ['ZALO_OA_ID']],
    ['the same account twice', 'telegram:\n  accounts:\n    - { token: env:T, webhook_secret: env:H }\n    - { token: env:T, webhook_secret: env:H }', ['telegram', 'trùng']],
  ])('with %s is refused', (_label, file, told) => {
    const message = refusal({ S: 's', T: '7:t', H: 'h' }, file)
    for (const words of told) expect(message).toContain(words)
    expect(message).not.toContain('canary')
  })
})

describe('sandbox', () => {
  it.each<[string, Env, boolean]>([
    ['no channel', {}, true],
    ['no channel, IPv6 loopback', { HOST: '::1' }, true],
    ['a channel', zalo, false],
    ['a channel and asked for', { ...zalo, SANDBOX: '1' }, true],
    ['asked for on a public server', { SANDBOX: '1', HOST: '0.0.0.0', PUBLIC_URL: 'https://bot.gov.vn', NODE_ENV: 'production' }, true],
    ['refused', { SANDBOX: '0', HOST: '0.0.0.0' }, false],
  ])('%s', (_label, env, on) => expect(read(env).sandbox).toBe(on))

  it.each([['HOST', '0.0.0.0'], ['HOST', 'localhost.bot.gov.vn'], ['HOST', '127.0.0.1.bot.gov.vn'], ['PUBLIC_URL', 'https://bot.gov.vn'], ['NODE_ENV', 'production']])('without a channel and with %s=%s must be asked for', (name, value) => {
    expect(refusal({ [name]: value })).toMatch(new RegExp(`${name}.*SANDBOX=1`))
    expect(refusal({ ...zalo, SANDBOX: '1', [name]: value }), 'left over beside real channels').toMatch(/SANDBOX=1 cùng với kênh thật/)
  })
})

describe('names', () => {
  it.each([
    ['ZALO_OA_SECRET', 'ZALO_OA_SECRET_KEY'], ['ZALO_SECRET_KEY', 'ZALO_OA_SECRET_KEY'], ['ZALO_OA_ACCESS_TOKEN', 'ZALO_ACCESS_TOKEN'], ['FACEBOOK_PAGE_ACCESS_TOKEN', 'FACEBOOK_PAGE_TOKEN'],
    ['TELEGRAM_TOKEN', 'TELEGRAM_BOT_TOKEN'], ['FACEBOK_APP_ID', 'FACEBOOK_APP_ID'], ['HANDOVER_MINUTE', 'HANDOVER_MINUTES'], ['CONTENTS_DIR', 'CONTENT_DIR'], ['RETAIN_EVENTS_TEXT', 'RETAIN_EVENT_TEXT'],
    ['CAMPAIGN_CAP', 'CAMPAIGN_DAILY_CAP'], ['zalo_app_id', 'ZALO_APP_ID'], ['Content_Dir', 'CONTENT_DIR'],
  ])('%s is probably %s', (written, meant) => {
    const message = refusal({ [written]: 'canary' })
    expect(message).toMatch(new RegExp(`${written};.*${meant}\\?`))
    expect(message).not.toContain('canary')
  })

  it('of other programs are left alone', () => {
    expect(() => read({ LOGLEVEL: 'x', HOSTS: 'x', PATH: 'x', npm_config_port: '1', POSTGRES_PASSWORD: 'x', OPENAI_API_KEY: 'x', ZALO_OA2_KEY: 'x', TELEGRAM_CHANNEL: 'x' })).not.toThrow()
  })

  it('that the accounts file mentions are its own', () => {
    const file = 'telegram:\n  accounts:\n    - { token: env:TELEGRAM_TOKEN, webhook_secret: env:TELEGRAM_SECRET }'
    expect(read({ TELEGRAM_TOKEN: '7:t', TELEGRAM_SECRET: 'h', ACCOUNTS_FILE: 'a' }, { a: file }).telegram?.accounts).toHaveLength(1)
  })
})

it('two bots with one webhook secret are refused: the secret is all that tells them apart', () => {
  const file = 'telegram:\n  accounts:\n    - { token: "env:SECOND", webhook_secret: "env:SECOND_HOOK" }\n'
  const second = { SECOND: '7000000002:canary-second', SECOND_HOOK: 'canary_hook' }
  expect(refusal({ ...telegram, ...second }, file)).toContain('TELEGRAM_WEBHOOK_SECRET')
  expect(refusal({ ...telegram, ...second }, file)).not.toContain('canary')
  expect(read({ ...telegram, ...second, SECOND_HOOK: 'canary_other', ACCOUNTS_FILE: 'a.yaml' }, { 'a.yaml': file }).telegram!.accounts).toHaveLength(2)
})
