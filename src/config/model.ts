import { SECOND, type Millis } from '../core/time.ts'
import { defaultOf } from './table.ts'
import type { Reader } from './values.ts'

/** The language model behind unsure questions. */
export interface ModelSettings {
  /** With its path, without a slash at the end. */
  baseUrl: string
  /** As consent names it: without port. */
  host: string
  /** Empty where the server wants none. */
  apiKey: string
  model: string
  /** False: a citizen's questions go there only with consent. */
  inVietnam: boolean
  timeout: Millis
  perContactADay: number
  perDay: number
  /** Price of a million tokens, read and written. */
  price: { read: number; written: number }
}

const longestTimeout: Millis = 30 * SECOND

/**
 * Null without `OPENAI_MODEL`: a key or an address alone may well be another program's. Without a key only a server of
 * the province's own can be meant.
 */
export function modelSettings(read: Reader): ModelSettings | null {
  const model = read.text('OPENAI_MODEL')
  const apiKey = read.text('OPENAI_API_KEY') ?? ''
  const inVietnam = (read.text('MODEL_HOSTS_IN_VIETNAM') ?? '').toLowerCase().split(',').map((host) => host.trim())
  if (inVietnam.some((host) => /[\s/@]/.test(host))) read.problems.push('MODEL_HOSTS_IN_VIETNAM chỉ ghi tên máy, cách nhau bằng dấu phẩy, ví dụ mohinh.tinh.vn (không có https://).')
  const timeout = read.duration('MODEL_TIMEOUT', SECOND, 0)
  if (timeout < SECOND || timeout > longestTimeout) read.problems.push('MODEL_TIMEOUT phải từ 1s đến 30s.')
  const limits = { perContactADay: read.whole('MODEL_PER_CONTACT_A_DAY', 0, 10_000), perDay: read.whole('MODEL_PER_DAY', 0, 10_000_000) }
  const price = { read: priceOf(read, 'MODEL_PRICE_READ'), written: priceOf(read, 'MODEL_PRICE_WRITTEN') }
  const url = addressOf(read, model !== null)
  if (model === null) return null
  if (apiKey === '' && url.href === defaultOf('OPENAI_BASE_URL')) read.problems.push('Thiếu OPENAI_API_KEY, hoặc OPENAI_BASE_URL nếu mô hình chạy ở máy chủ riêng.')
  return { baseUrl: url.href.replace(/\/$/, ''), host: url.hostname, apiKey, model, inVietnam: inVietnam.includes(url.hostname), timeout, ...limits, price }
}

function addressOf(read: Reader, isUsed: boolean): URL {
  const written = read.words('OPENAI_BASE_URL')
  const url = URL.canParse(written) ? new URL(written) : null
  const sound = url !== null && url.username === '' && url.search === '' && url.hash === '' && (url.protocol === 'https:' || (url.protocol === 'http:' && isNear(url.hostname)))
  if (!sound && isUsed) read.problems.push('OPENAI_BASE_URL phải là địa chỉ https, ví dụ https://mohinh.tinh.vn/v1 (http chỉ được dùng trong máy này hoặc mạng nội bộ).')
  return sound ? url : new URL(defaultOf('OPENAI_BASE_URL')!)
}

/** This machine, a private network, or a name without dots, which only an inner network knows. */
const isNear = (host: string): boolean =>
  /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|[^.:]+)$/.test(host)

function priceOf(read: Reader, name: string): number {
  const value = Number(read.words(name))
  if (/^\d+(?:\.\d+)?$/.test(read.words(name))) return value
  read.problems.push(`${name} phải là một số, ví dụ 0.15.`)
  return 0
}
