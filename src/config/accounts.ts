import { LineCounter, parseDocument } from 'yaml'
import * as z from 'zod'
import type { Env } from './values.ts'

/** One value of a channel: its variable, its key in the accounts file, and what it must be. */
interface Field {
  key: string
  variable: string
  required?: boolean
  /** In the file only as `env:NAME`. */
  secret?: boolean
  pattern?: RegExp
  /** What `pattern` asks for, after "phải". */
  form?: string
}

const anId = { pattern: /^[\w.-]+$/, form: 'là mã số, không có khoảng trắng' }
/** `new,old` while rotating. */
const someSecret = { pattern: /[^\s,]/, form: 'có ít nhất một mã' }

/** What is said once per channel, and once per account. The first account field tells accounts apart. */
const channelFields = {
  zalo: {
    app: [
      { key: 'app_id', variable: 'ZALO_APP_ID', required: true, ...anId },
      { key: 'app_secret', variable: 'ZALO_APP_SECRET', required: true, secret: true },
      { key: 'verify_code', variable: 'ZALO_VERIFY_CODE', pattern: /^[\w-]+$/, form: 'là phần mã trong tên tệp zalo_verifier<mã>.html, không phải cả tên tệp' },
    ],
    account: [
      { key: 'oa_id', variable: 'ZALO_OA_ID', required: true, ...anId },
      { key: 'secret_key', variable: 'ZALO_OA_SECRET_KEY', required: true, secret: true, ...someSecret },
      { key: 'access_token', variable: 'ZALO_ACCESS_TOKEN', secret: true },
      { key: 'refresh_token', variable: 'ZALO_REFRESH_TOKEN', secret: true },
    ],
  },
  facebook: {
    app: [
      { key: 'app_id', variable: 'FACEBOOK_APP_ID', required: true, ...anId },
      { key: 'app_secret', variable: 'FACEBOOK_APP_SECRET', required: true, secret: true, ...someSecret },
      { key: 'verify_token', variable: 'FACEBOOK_VERIFY_TOKEN', required: true, secret: true },
    ],
    account: [
      { key: 'page_id', variable: 'FACEBOOK_PAGE_ID', required: true, ...anId },
      { key: 'page_token', variable: 'FACEBOOK_PAGE_TOKEN', required: true, secret: true },
    ],
  },
  telegram: {
    app: [],
    account: [
      { key: 'token', variable: 'TELEGRAM_BOT_TOKEN', required: true, secret: true, pattern: /^[\w.-]+:\S+$/, form: 'có dạng <số>:<mã>, như @BotFather đã cấp' },
      { key: 'webhook_secret', variable: 'TELEGRAM_WEBHOOK_SECRET', required: true, secret: true, pattern: /^[\w-]{1,256}(\s*,\s*[\w-]{1,256})*$/, form: 'chỉ gồm chữ không dấu, số, gạch dưới và gạch ngang, tối đa 256 ký tự' },
      { key: 'channel', variable: 'TELEGRAM_POST_TO', pattern: /^(@\w{4,64}|-100\d{5,20})$/, form: 'là @tên của kênh, hoặc số của kênh bắt đầu bằng -100' },
    ],
  },
} satisfies Record<string, { app: Field[]; account: Field[] }>

type ChannelSection = keyof typeof channelFields

/** Values by file key; absent ones are missing. */
export type Values = Record<string, string>
export interface Section { app: Values; accounts: Values[] }
type AccountsFile = Partial<Record<ChannelSection, Values & { accounts?: Values[] }>>

/**
 * The channels that are set, from the variables (the first account) and the accounts file (`docs/accounts.example.yaml`):
 *
 * ```yaml
 * zalo:
 *   app_id: "1111222233334444555"      # ids in quotes: they are longer than numbers can be
 *   app_secret: env:ZALO_APP_SECRET    # secrets only by the name of a variable
 *   accounts:
 *     - { oa_id: "4300112233445566778", secret_key: env:OA1_SECRET_KEY }
 * ```
 *
 * What is said once per channel may stand in either place. `names` are the variables the file mentions.
 */
export function readAccounts(env: Env, file: string | null, problems: string[]): { sections: Record<ChannelSection, Section | null>; names: string[] } {
  const names: string[] = []
  const written = file === null ? {} : parseFile(file, problems)
  const section = (channel: ChannelSection): Section | null => {
    const { app, account } = channelFields[channel]
    const fromFile = written[channel]
    const single = fromEnv(env, account)
    if (fromFile === undefined && Object.keys(single).length === 0 && Object.keys(fromEnv(env, app)).length === 0) return null

    const resolve = (values: Values, fields: readonly Field[], where: string): Values => resolved(values, fields, where, env, names, problems)
    const accounts = (fromFile?.accounts ?? []).map((values, i) => resolve(values, account, `${channel}.accounts[${i}]`))
    const wanted = Object.keys(single).length > 0 || accounts.length === 0 ? [single, ...accounts] : accounts
    const common = { ...resolve(fromFile ?? {}, app, channel), ...fromEnv(env, app) }
    if (wanted[0] === single) check({ ...common, ...single }, [...app, ...account], '', problems)
    else check(common, app, '', problems)
    accounts.forEach((values, i) => check(values, account, ` (ACCOUNTS_FILE, ${channel}, tài khoản thứ ${i + 1})`, problems))
    const ids = wanted.map((values) => idOf(values, account[0]!.key))
    if (new Set(ids).size < ids.length) problems.push(`Có hai tài khoản ${channel} trùng mã.`)
    return { app: common, accounts: wanted }
  }
  return { sections: { zalo: section('zalo'), facebook: section('facebook'), telegram: section('telegram') }, names }
}

/** A bot is known by the number before the colon of its token. */
const idOf = (values: Values, key: string): string => (values[key] ?? '').split(':')[0]!

function fromEnv(env: Env, fields: readonly Field[]): Values {
  return Object.fromEntries(fields.flatMap(({ key, variable }) => {
    const value = env[variable]?.trim()
    return value ? [[key, value]] : []
  }))
}

/** `env:NAME` replaced by what is set; a secret written out is refused. */
function resolved(values: Values, fields: readonly Field[], where: string, env: Env, names: string[], problems: string[]): Values {
  return Object.fromEntries(fields.flatMap(({ key, secret }) => {
    const written = values[key]
    if (written === undefined) return []
    const name = /^env:(\w+)$/.exec(written)?.[1]
    if (name === undefined) {
      if (secret) problems.push(`ACCOUNTS_FILE, ${where}.${key}: không ghi bí mật vào tệp, hãy ghi env:TÊN_BIẾN.`)
      return [[key, written]]
    }
    names.push(name)
    const value = env[name]?.trim()
    if (!value) problems.push(`ACCOUNTS_FILE, ${where}.${key}: chưa đặt biến ${name}.`)
    return [[key, value ?? '']]
  }))
}

function check(values: Values, fields: readonly Field[], place: string, problems: string[]): void {
  const missing = fields.filter(({ key, required }) => required && values[key] === undefined).map(({ variable }) => variable)
  if (missing.length > 0) problems.push(`Thiếu ${missing.join(', ')}${place}. Đặt đủ, hoặc bỏ hết các biến của kênh này để tắt kênh.`)
  for (const { key, variable, pattern, form } of fields) {
    if (values[key] && pattern && !pattern.test(values[key])) problems.push(`${variable}${place} sai dạng: phải ${form}.`)
  }
}

/** YAML's own error texts show the line, where a secret may stand: only its number is told. */
function parseFile(text: string, problems: string[]): AccountsFile {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined) {
    problems.push(`ACCOUNTS_FILE sai cú pháp YAML ở dòng ${lineCounter.linePos(error.pos[0]).line}.`)
    return {}
  }
  const written = document.toJS() as unknown
  if (written === null) problems.push('ACCOUNTS_FILE: tệp không ghi tài khoản nào. Ghi các tài khoản như docs/accounts.example.yaml, hoặc bỏ ACCOUNTS_FILE.')
  const result = fileShape.safeParse(written ?? {})
  if (result.success) return result.data as AccountsFile
  for (const issue of result.error.issues) problems.push(`ACCOUNTS_FILE, ${placeOf(issue)}.`)
  return {}
}

function placeOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') return `${path === '' ? 'đầu tệp' : path}: không có mục tên ${issue.keys.join(', ')}`
  return `${path}: sai dạng (mã số phải đặt trong dấu nháy; accounts là danh sách)`
}

const keys = (fields: readonly Field[]): Record<string, z.ZodOptional<z.ZodString>> =>
  Object.fromEntries(fields.map(({ key }) => [key, z.string().optional()]))

const fileShape = z.strictObject(Object.fromEntries(Object.entries(channelFields).map(([channel, { app, account }]) =>
  [channel, z.strictObject({ ...keys(app), accounts: z.array(z.strictObject(keys(account))).optional() }).optional()])))
