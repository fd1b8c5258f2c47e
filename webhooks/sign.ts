import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { glanceAtJson } from './json.ts'
import { objectOf } from './read.ts'

/** How each platform proves that a body is its own: used to check real ones, and to make them in the sandbox and in tests. */

export const zaloHeader = 'x-zevent-signature'
export const facebookHeader = 'x-hub-signature-256'
export const telegramHeader = 'x-telegram-bot-api-secret-token'

/**
 * Zalo: plain SHA-256 (no HMAC) of app id, body as received, the `timestamp` that stands inside the body, and the OA
 * secret key, which is not the app secret. https://developers.zalo.me/docs/official-account/webhook
 */
export function zaloMac(appId: string, rawBody: Uint8Array, timestamp: string, secretKey: string): Uint8Array {
  return createHash('sha256').update(appId).update(rawBody).update(timestamp).update(secretKey).digest()
}

/** The timestamp Zalo signs; empty where the body has none. */
export function zaloTimestamp(payload: unknown): string {
  const timestamp = objectOf(payload)?.timestamp
  return typeof timestamp === 'string' || typeof timestamp === 'number' ? String(timestamp) : ''
}

export function signZalo(rawBody: Uint8Array, appId: string, secretKey: string): Record<string, string> {
  return { [zaloHeader]: `mac=${hex(zaloMac(appId, rawBody, zaloTimestamp(glanceAtJson(rawBody)?.value), secretKey))}` }
}

/** Facebook: HMAC-SHA256 of the body as received, under the app secret. https://developers.facebook.com/docs/messenger-platform/webhooks */
export function facebookMac(rawBody: Uint8Array, appSecret: string): Uint8Array {
  return createHmac('sha256', appSecret).update(rawBody).digest()
}

export function signFacebook(rawBody: Uint8Array, appSecret: string): Record<string, string> {
  return { [facebookHeader]: `sha256=${hex(facebookMac(rawBody, appSecret))}` }
}

/** The bytes as Facebook writes them: letters outside ASCII as `\u1ea5`, slashes escaped. It signs these, not UTF-8. */
export function facebookBytes(payload: unknown): Uint8Array {
  const json = JSON.stringify(payload).replaceAll('/', String.raw`\/`)
  return new TextEncoder().encode(json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`))
}

/** Telegram signs nothing: it repeats the secret it was given. https://core.telegram.org/bots/api#setwebhook */
export function signTelegram(webhookSecret: string): Record<string, string> {
  return { [telegramHeader]: webhookSecret }
}

/** Whether a header holds this MAC in hex, with the platform's prefix or without, in either case of letters. Constant time. */
export function holdsMac(header: string, prefix: string, mac: Uint8Array): boolean {
  const sent = header.startsWith(prefix) ? header.slice(prefix.length) : header
  return /^[0-9a-f]{64}$/i.test(sent) && timingSafeEqual(Buffer.from(sent, 'hex'), mac)
}

/** What secrets are compared by: of equal length, so that the time a comparison takes tells nothing about them. */
export const digestOf = (secret: string): Uint8Array => createHash('sha256').update(secret).digest()

export const sameDigest = (a: Uint8Array, b: Uint8Array): boolean => timingSafeEqual(a, b)

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
