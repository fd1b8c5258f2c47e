import { createHmac } from 'node:crypto'

/** The headers of calls with a token. */
export interface ZaloHeaders {
  /** The same object for the same token, until `prove`. */
  of(token: string): Record<string, string>
  /** From now on with the proof that the app itself is calling. Safe to call twice. */
  prove(): void
}

/** More than there are OAs; a token is replaced every day. */
const mostTokens = 64

/**
 * Zalo's console can be set to require `appsecret_proof`, and no call tells whether it is. Until Zalo asks for it it is left
 * out, since where nobody wants it an app secret that has just been changed would stop replies that the token still allows.
 */
export function createZaloHeaders(appSecret: string): ZaloHeaders {
  const known = new Map<string, Record<string, string>>()
  let proves = false

  function make(token: string): Record<string, string> {
    const headers = { 'content-type': 'application/json', access_token: token }
    return proves ? { ...headers, appsecret_proof: createHmac('sha256', appSecret).update(token).digest('hex') } : headers
  }

  return {
    of(token) {
      let headers = known.get(token)
      if (headers === undefined) {
        if (known.size >= mostTokens) known.clear()
        headers = make(token)
        known.set(token, headers)
      }
      return headers
    },
    prove() {
      if (!proves) known.clear()
      proves = true
    },
  }
}

/** Whether a call with these headers carried the proof. */
export const isProven = (headers: Record<string, string>): boolean => headers['appsecret_proof'] !== undefined
