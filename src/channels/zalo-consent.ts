/** The parts of `zalo connect`: an administrator of the OA agrees in a browser, Zalo sends a code to our callback. */
import { createHash, randomBytes } from 'node:crypto'
import type { Axios } from 'axios'
import type { ZaloAccount } from '../config.ts'
import { accountKey } from '../core/contact.ts'
import type { Entries } from '../core/ports.ts'
import type { Millis } from '../core/time.ts'
import { setAccountState } from './account-state.ts'
import { requestTokens, type ZaloApp } from './zalo-oauth.ts'
import { storeConsentedPair } from './zalo-pair.ts'

const verifierEntry = 'secret:zalo-verifier'

/** 43 characters of base64url. */
export const newVerifier = (): string => randomBytes(32).toString('base64url')

/** What the verifier looks like to Zalo: base64url of its SHA-256, without padding. */
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

/**
 * The verifier of this installation, made once. One for all consents by default: Zalo's console stores a single challenge,
 * and whether it takes another one with each request is not settled. Safe to call twice, also from two processes.
 */
export async function storedVerifier(entries: Entries): Promise<string> {
  for (;;) {
    const found = await entries.readEntry(verifierEntry)
    if (found !== null) return found.value
    await entries.writeEntry(verifierEntry, newVerifier(), 0)
  }
}

/** Where the administrator goes. `redirectUri` must equal the callback in Zalo's console to the byte; `state` comes back. */
export function consentUrl({ appId, oauthUrl }: Pick<ZaloApp, 'appId' | 'oauthUrl'>, ask: { redirectUri: string; verifier: string; state: string }): string {
  const query = new URLSearchParams({ app_id: appId, redirect_uri: ask.redirectUri, code_challenge: challengeOf(ask.verifier), state: ask.state })
  return `${oauthUrl}/v4/oa/permission?${query}`
}

/** `unknown_oa`: the administrator agreed for an OA that is not ours. `failed`: Zalo's code and its name for it, or `no_answer`. */
export type ConsentResult = { kind: 'connected'; oaId: string } | { kind: 'unknown_oa' } | { kind: 'failed'; code: string; name: string | null }

export interface ConsentPorts {
  app: ZaloApp
  accounts: readonly ZaloAccount[]
  entries: Entries
  http: Axios
}

/**
 * Turns the callback's `code` (10 minutes, once) into a stored pair, and the account may send again. The caller has
 * compared `state` with the one it gave.
 */
export async function acceptConsent(
  { app, accounts, entries, http }: ConsentPorts,
  callback: { code: string; oaId: string; verifier: string },
  now: Millis,
): Promise<ConsentResult> {
  const account = accounts.find(({ oaId }) => oaId === callback.oaId)
  if (account === undefined) return { kind: 'unknown_oa' }
  const result = await requestTokens(http, app, { grant_type: 'authorization_code', code: callback.code, code_verifier: callback.verifier })
  if (result.kind === 'refused') return { kind: 'failed', code: result.code, name: result.name }
  if (result.kind !== 'granted') return { kind: 'failed', code: result.kind, name: null }
  await storeConsentedPair(entries, account, result.pair, now)
  await setAccountState(entries, accountKey({ channel: 'zalo', accountId: account.oaId }), { status: 'ok', code: null }, now)
  return { kind: 'connected', oaId: account.oaId }
}
