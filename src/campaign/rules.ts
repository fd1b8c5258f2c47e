import * as z from 'zod'
import type { QuietHours } from '../config.ts'
import { meansNames, type MeansName } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import type { Problem } from '../core/problem.ts'
import { DAY, HOUR, MINUTE, SECOND, dayAfter, daysBetween, type Millis } from '../core/time.ts'
import { dayText, keys, readYaml, someText } from '../core/yaml.ts'

/** What a platform allows, with how sure we are of it and who says so. */
export interface Fact<T> {
  value: T
  /** `sure`: official or two sources; `one_source`; `unsure`: sources disagree or it is inferred. */
  sure: 'sure' | 'one_source' | 'unsure'
  source: string
  /** For staff, beside the figure; null when there is nothing to add. */
  note: string | null
}

/** At most `most` in any stretch of `within`. */
export interface RateLimit { most: number; within: Millis }

/** The rules of one means; null: no such limit, or (price) not known. */
export interface MeansRules {
  /** How long after a citizen's own message it may be used, for nothing and for money. */
  window: Fact<Millis> | null
  paid_window: Fact<Millis> | null
  /** Đồng a message, before tax. */
  price: Fact<number> | null
  paid_price: Fact<number> | null
  /** Calls of one account, and to one person. */
  rate: Fact<RateLimit> | null
  chat_rate: Fact<RateLimit> | null
  /** How many messages or publications an account may send on a day and in a month of Viet Nam. */
  account_daily: Fact<number> | null
  account_monthly: Fact<number> | null
  /** How many a person gets at most on one day. */
  contact_daily: Fact<number> | null
  /** When the platform refuses. */
  night: Fact<QuietHours> | null
  /** How long something sent can be taken back. */
  delete_within: Fact<Millis> | null
  image_bytes: Fact<number> | null
  media_bytes: Fact<number> | null
}

/** `content/platform-rules.yaml`. */
export interface PlatformRules {
  /** The day somebody last looked (`YYYY-MM-DD`). */
  checked: string
  means: Readonly<Record<MeansName, MeansRules>>
  /** What single accounts may do otherwise. */
  accounts: Readonly<Record<AccountKey, Partial<Record<MeansName, Partial<MeansRules>>>>>
}

/** The rules of a means on one account: its own where it has any. */
export const rulesOf = ({ means: all, accounts }: PlatformRules, means: MeansName, account: AccountKey): MeansRules =>
  ({ ...all[means], ...accounts[account]?.[means] })

const units: Readonly<Record<string, Millis>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY }
const duration = z.string().trim().regex(/^\d+[smhd]$/, 'khoảng thời gian viết sai → viết 48h, 7d, 30m').transform((text) => Number(text.slice(0, -1)) * units[text.at(-1)!]!)
const whole = z.string().trim().regex(/^\d{1,9}$/, 'phải là số nguyên → viết số, ví dụ 40').transform(Number)
const rate = z.string().trim().regex(/^[1-9]\d*\/\d+[smh]$/, 'tốc độ viết sai → viết số-lượt/khoảng, ví dụ 30/1s').transform((text): RateLimit => {
  const [most = '', within = ''] = text.split('/')
  return { most: Number(most), within: Number(within.slice(0, -1)) * units[within.at(-1)!]! }
})
const clock = '([01]\\d|2[0-3]):[0-5]\\d'
const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
const hours = z.string().trim().regex(new RegExp(`^${clock}-${clock}$`), 'khung giờ viết sai → viết "22:00-06:00"').transform((text): QuietHours => ({ from: minuteOf(text.slice(0, 5)), to: minuteOf(text.slice(6)) }))
const bytes = z.string().trim().regex(/^\d+[KM]B$/, 'dung lượng viết sai → viết 1MB, 500KB').transform((text) => Number(text.slice(0, -2)) * (text.at(-2) === 'M' ? 1024 * 1024 : 1024))

const fact = <S extends z.ZodType>(value: S) => keys({
  value,
  sure: z.enum(['sure', 'one_source', 'unsure'], 'sure chỉ nhận sure, one_source, unsure → chọn một trong ba'),
  source: someText,
  note: someText.optional(),
}).transform(({ note, ...rest }) => ({ ...rest, note: note ?? null }) as Fact<z.output<S>>)

const rulesSchema = keys({
  window: fact(duration).optional(), paid_window: fact(duration).optional(),
  price: fact(whole).optional(), paid_price: fact(whole).optional(),
  rate: fact(rate).optional(), chat_rate: fact(rate).optional(),
  account_daily: fact(whole).optional(), account_monthly: fact(whole).optional(), contact_daily: fact(whole).optional(),
  night: fact(hours).optional(), delete_within: fact(duration).optional(),
  image_bytes: fact(bytes).optional(), media_bytes: fact(bytes).optional(),
})

const everyMeans = Object.fromEntries(meansNames.map((name) => [name, rulesSchema])) as Record<MeansName, typeof rulesSchema>
const someMeans = Object.fromEntries(meansNames.map((name) => [name, rulesSchema.optional()])) as Record<MeansName, z.ZodOptional<typeof rulesSchema>>

const schema = keys({
  checked: dayText,
  review_by: dayText,
  means: keys(everyMeans),
  accounts: z.record(z.string().regex(/^(zalo|facebook|telegram):[\w.-]+$/, 'tài khoản viết sai → viết "kênh:mã", ví dụ "zalo:4300112233445566778"'), keys(someMeans)).optional(),
})

const noRules: MeansRules = {
  window: null, paid_window: null, price: null, paid_price: null, rate: null, chat_rate: null, account_daily: null, account_monthly: null,
  contact_daily: null, night: null, delete_within: null, image_bytes: null, media_bytes: null,
}

/** Days between two looks at the rules, at most: as for the articles that seldom change. */
const longestCheck = 180

/** Null when the file cannot be used. `day`: today in Viet Nam; rules nobody has looked at for long, or means to, are worth a warning. */
export function parseRules({ file, text }: { file: string; text: string }, day: string): { rules: PlatformRules | null; problems: Problem[] } {
  const { value, problems, locate } = readYaml(file, text, schema)
  if (value === null) return { rules: null, problems }
  const means = Object.fromEntries(meansNames.map((name) => [name, { ...noRules, ...given(value.means[name]) }])) as Record<MeansName, MeansRules>
  const accounts = Object.fromEntries(Object.entries(value.accounts ?? {}).map(([account, own]) =>
    [account, Object.fromEntries(meansNames.flatMap((name) => (own[name] === undefined ? [] : [[name, given(own[name])]])))])) as PlatformRules['accounts']
  const warn = (what: string, todo: string): Problem => ({ file, ...locate(['review_by']), severity: 'warning', what, todo })
  const until = daysBetween(value.checked, value.review_by)
  const far = until <= longestCheck ? [] : [warn(`hạn kiểm tra cách ngày kiểm tra ${until} ngày, tối đa ${longestCheck} vì nền tảng hay đổi quy định`, `ghi review_by không muộn hơn ${dayAfter(value.checked, longestCheck)}`)]
  const stale = value.review_by >= day ? [] : [warn(`quy định của nền tảng quá hạn kiểm tra (${value.review_by})`, 'mở trang chính thức của Zalo, Meta, Telegram kiểm lại các số, rồi sửa checked và review_by')]
  return { rules: { checked: value.checked, means, accounts }, problems: [...far, ...stale] }
}

const given = <T extends object>(group: T): Partial<MeansRules> => Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined))
