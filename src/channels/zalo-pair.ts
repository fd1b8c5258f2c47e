import { createHash } from 'node:crypto'
import type { ZaloAccount } from '../config.ts'
import type { Entries } from '../core/ports.ts'
import { DAY, HOUR, type Millis } from '../core/time.ts'
import type { TokenPair } from './zalo-oauth.ts'

/** What stands in the store for one OA, as JSON under `secret:zalo:<oaId>`. */
export interface StoredPair {
  accessToken: string
  /** Empty: there is none, a person must agree when the access token ends. */
  refreshToken: string
  obtainedAt: Millis
  expiresAt: Millis
  /** Kept for looking into what went wrong; null at first. */
  previous: { accessToken: string; refreshToken: string; obtainedAt: Millis } | null
  /** A hash of the tokens in the settings that were taken over last, so that they are taken over once. */
  seed: string | null
  /** One process is spending the refresh token; nobody else may until then. */
  refreshing: { by: string; until: Millis } | null
  /** Zalo refused the refresh token with this code: it is not tried again. Null while it is good. */
  dead: string | null
}

export interface FoundPair { pair: StoredPair; version: number }

const entryName = (oaId: string): string => `secret:zalo:${oaId}`

export async function readPair(entries: Entries, oaId: string): Promise<FoundPair | null> {
  const entry = await entries.readEntry(entryName(oaId))
  return entry === null ? null : { pair: JSON.parse(entry.value) as StoredPair, version: entry.version }
}

/** False when somebody else wrote in between. */
export const writePair = (entries: Entries, oaId: string, pair: StoredPair, expected: number): Promise<boolean> =>
  entries.writeEntry(entryName(oaId), JSON.stringify(pair), expected)

/** The stored pair after Zalo gave a new one; the old one becomes `previous`. */
export const nextPair = (before: StoredPair | null, { accessToken, refreshToken, lifetime }: TokenPair, now: Millis): StoredPair => ({
  accessToken,
  refreshToken,
  obtainedAt: now,
  expiresAt: now + lifetime,
  previous: before && { accessToken: before.accessToken, refreshToken: before.refreshToken, obtainedAt: before.obtainedAt },
  seed: before?.seed ?? null,
  refreshing: null,
  dead: null,
})

/** Stores a pair that a person's consent has just brought, over whatever stands there and is set: it is the newest. */
export async function storeConsentedPair(entries: Entries, account: ZaloAccount, granted: TokenPair, now: Millis): Promise<void> {
  for (;;) {
    const found = await readPair(entries, account.oaId)
    const pair = { ...nextPair(found?.pair ?? null, granted, now), seed: seedOf(account) }
    if (await writePair(entries, account.oaId, pair, found?.version ?? 0)) return
  }
}

/** Null without tokens in the settings. */
const seedOf = ({ accessToken, refreshToken }: ZaloAccount): string | null =>
  accessToken === null && refreshToken === null ? null : createHash('sha256').update(`${accessToken ?? ''}\0${refreshToken ?? ''}`).digest('base64url')

/**
 * Takes over the tokens of the settings, once: the same seed again changes nothing, since the pair in the store has moved
 * on. They are taken as just made, as they are when somebody sets them; older ones Zalo refuses, and they are refreshed
 * then. True when taken.
 */
export async function seedPair(entries: Entries, account: ZaloAccount, now: Millis): Promise<boolean> {
  const { oaId, accessToken, refreshToken } = account
  const seed = seedOf(account)
  if (seed === null) return false
  for (;;) {
    const found = await readPair(entries, oaId)
    if (found?.pair.seed === seed) return false
    const lifetime = accessToken === null ? 0 : DAY + HOUR
    const pair = nextPair(found?.pair ?? null, { accessToken: accessToken ?? '', refreshToken: refreshToken ?? '', lifetime }, now)
    if (await writePair(entries, oaId, { ...pair, seed }, found?.version ?? 0)) return true
  }
}

/** From 12 hours of age, or with less than 4 hours left, a pair is refreshed ahead of time. */
export const isRefreshDue = ({ refreshToken, dead, obtainedAt, expiresAt }: StoredPair, now: Millis): boolean =>
  refreshToken !== '' && dead === null && (now - obtainedAt >= 12 * HOUR || expiresAt - now < 4 * HOUR)
