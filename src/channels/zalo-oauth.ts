import type { Axios } from 'axios'
import type { Millis } from '../core/time.ts'
import { readJson } from './outcome.ts'
import { TransportError } from './transport.ts'

/** One grant at Zalo's OAuth host: a code, or a refresh token that is spent by asking. */
export type Grant = { grant_type: 'authorization_code'; code: string; code_verifier: string } | { grant_type: 'refresh_token'; refresh_token: string }

export interface TokenPair {
  accessToken: string
  /** Lives three months, works once. */
  refreshToken: string
  /** Life of the access token, 25 hours as Zalo says. */
  lifetime: Millis
}

/**
 * `no_answer`: Zalo may have changed the pair, or not. `not_sent`: it surely has not. `name`: Zalo's own for the code, which means
 * several things (-14003: the callback's address, or the verifier); null where it gives none.
 */
export type GrantResult = { kind: 'granted'; pair: TokenPair } | { kind: 'refused'; code: string; name: string | null } | { kind: 'no_answer' | 'not_sent' }

/** How long one grant may take. */
export const GRANT_TIMEOUT: Millis = 15_000

/** What Zalo says when it says nothing: 25 hours. */
const usualLifetime = 90_000

export interface ZaloApp {
  appId: string
  appSecret: string
  oauthUrl: string
}

/**
 * Asks for a pair. Success is an access token that is a non-empty string and nothing else: failures come with HTTP 200,
 * sometimes with a quoted number, sometimes with empty tokens. Never throws for what the other side did.
 */
export async function requestTokens(http: Axios, { appId, appSecret, oauthUrl }: ZaloApp, grant: Grant): Promise<GrantResult> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', secret_key: appSecret }
  const form = new URLSearchParams({ app_id: appId, ...grant }).toString()
  try {
    const response = await http.post<string>(`${oauthUrl}/v4/oa/access_token`, form, { headers, timeout: GRANT_TIMEOUT })
    return readGrant(response.data)
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    return { kind: error.notSent ? 'not_sent' : 'no_answer' }
  }
}

function readGrant(body: string): GrantResult {
  const answer = readJson(body) as { access_token?: unknown; refresh_token?: unknown; expires_in?: unknown; error?: unknown; error_name?: unknown } | null | undefined
  const { access_token: accessToken, refresh_token: refreshToken } = answer ?? {}
  if (typeof accessToken === 'string' && accessToken !== '') {
    const seconds = Number(answer?.expires_in) || usualLifetime
    return { kind: 'granted', pair: { accessToken, refreshToken: typeof refreshToken === 'string' ? refreshToken : '', lifetime: seconds * 1_000 } }
  }
  return Number(answer?.error) < 0 ? { kind: 'refused', code: String(Number(answer?.error)), name: nameOf(answer?.error_name) } : { kind: 'no_answer' }
}

/** A few plain words. What else stands in a refusal is not taken: it may repeat what was sent. */
const nameOf = (said: unknown): string | null => (typeof said === 'string' && /^[a-z][ -~]{0,79}$/i.test(said) ? said : null)
