import { randomUUID } from 'node:crypto'
import type { Axios } from 'axios'
import type { ZaloAccount } from '../config.ts'
import { type AccountKey, accountKey } from '../core/contact.ts'
import { SendError } from '../core/delivery.ts'
import type { Entries } from '../core/ports.ts'
import { type Clock, MINUTE, type Millis, SECOND } from '../core/time.ts'
import { setAccountState } from './account-state.ts'
import { zaloConsentErrors, zaloGrantNeeds } from './zalo-errors.ts'
import { GRANT_TIMEOUT, type GrantResult, requestTokens, type TokenPair, type ZaloApp } from './zalo-oauth.ts'
import { type FoundPair, isRefreshDue, nextPair, readPair, seedPair, type StoredPair, writePair } from './zalo-pair.ts'

/** Access tokens for sending. Whatever fails is a `SendError` that says what to do with the message. */
export interface ZaloTokens {
  /** The token to send with; from memory, so that a send costs no store read. */
  current(oaId: string): Promise<string>
  /** Zalo refused this token: another one, that somebody else stored meanwhile or that is fetched now. */
  replace(oaId: string, refused: string): Promise<string>
  /**
   * Zalo refused the replacement too: nothing goes out until a person agrees again. False: somebody has agreed meanwhile,
   * and there is another token.
   */
  giveUp(oaId: string, refused: string, code: string): Promise<boolean>
  /** One step of the token job: takes over new seeds and refreshes what is due. Returns the OAs it could not refresh. */
  refreshDue(now: Millis): Promise<{ oaId: string; code: string }[]>
}

export interface ZaloTokensOptions {
  app: ZaloApp
  accounts: readonly ZaloAccount[]
  entries: Entries
  http: Axios
  clock: Clock
}

/** Longer than two grants take, so that nobody spends a refresh token that is being spent. */
export const REFRESH_LEASE: Millis = 2 * GRANT_TIMEOUT + 15 * SECOND
/** A token this near its end is replaced before it is used. */
const nearlyOver: Millis = MINUTE
/** While another process refreshes, look again after so long. */
const soon: Millis = 2 * SECOND

/**
 * Keeps one token pair per OA alive. The refresh token works once, so one process at a time may spend it: it first marks
 * the stored pair (compare-and-set), then asks Zalo, then stores the new pair, and only then uses it. Dying at any of
 * these points costs at most the lease and one more try.
 */
export function createZaloTokens({ app, accounts, entries, http, clock }: ZaloTokensOptions): ZaloTokens {
  const cache = new Map<string, { accessToken: string; expiresAt: Millis }>()
  const underWay = new Map<string, Promise<string>>()
  /** Pairs Zalo gave that the store has not taken yet, by the refresh token they cost: not used before it has. */
  const unsaved = new Map<string, { granted: TokenPair; at: Millis; spent: string }>()

  const keyOf = (oaId: string): AccountKey => accountKey({ channel: 'zalo', accountId: oaId })
  const use = (oaId: string, { accessToken, expiresAt }: StoredPair): string => {
    cache.set(oaId, { accessToken, expiresAt })
    return accessToken
  }

  /** The stored pair, after settling what this process may still owe the store and taking over a new seed. */
  async function load(oaId: string): Promise<FoundPair> {
    const account = accounts.find((each) => each.oaId === oaId)
    if (account === undefined) throw new SendError({ kind: 'bad_configuration', needs: 'permission' }, 'unknown_oa')
    const owed = unsaved.get(oaId)
    if (owed !== undefined) await save(oaId, owed)
    if (await seedPair(entries, account, clock())) await setAccountState(entries, keyOf(oaId), { status: 'ok', code: null }, clock())
    const found = await readPair(entries, oaId)
    if (found !== null) return found
    await needConsent(oaId, null, 'no_token', null)
    return load(oaId)
  }

  async function current(oaId: string): Promise<string> {
    const cached = cache.get(oaId)
    return cached !== undefined && cached.expiresAt - nearlyOver > clock() ? cached.accessToken : await orUnavailable(renewed(oaId))
  }

  async function renewed(oaId: string): Promise<string> {
    const { pair } = await load(oaId)
    return pair.accessToken !== '' && pair.expiresAt - nearlyOver > clock() ? use(oaId, pair) : refresh(oaId, pair.accessToken, null)
  }

  /** One refresh at a time in this process; the others wait for it. `worksUntil`: while the old token still works, its end. */
  function refresh(oaId: string, old: string, worksUntil: Millis | null): Promise<string> {
    let refreshing = underWay.get(oaId)
    if (refreshing === undefined) {
      refreshing = refreshOnce(oaId, old, worksUntil).finally(() => underWay.delete(oaId))
      underWay.set(oaId, refreshing)
    }
    return refreshing
  }

  async function refreshOnce(oaId: string, old: string, worksUntil: Millis | null): Promise<string> {
    const by = randomUUID()
    for (;;) {
      const { pair, version } = await load(oaId)
      if (pair.accessToken !== old) return use(oaId, pair)
      if (pair.dead !== null || pair.refreshToken === '') {
        await needConsent(oaId, pair.accessToken, pair.dead ?? 'no_refresh_token', worksUntil)
        continue
      }
      if (pair.refreshing !== null && pair.refreshing.until > clock()) throw new SendError({ kind: 'throttled', retryAfter: soon }, 'refreshing')
      const marked: StoredPair = { ...pair, refreshing: { by, until: clock() + REFRESH_LEASE } }
      if (await writePair(entries, oaId, marked, version)) return spend(oaId, marked, worksUntil)
    }
  }

  /** The mark is ours. A silent Zalo may have changed the pair or not: the same token once more tells. */
  async function spend(oaId: string, pair: StoredPair, worksUntil: Millis | null): Promise<string> {
    const ask = (): Promise<GrantResult> => requestTokens(http, app, { grant_type: 'refresh_token', refresh_token: pair.refreshToken })
    let result = await ask()
    if (result.kind === 'no_answer') result = await ask()
    switch (result.kind) {
      case 'granted': return save(oaId, { granted: result.pair, at: clock(), spent: pair.refreshToken })
      case 'refused': return refused(oaId, pair, result.code, worksUntil)
      case 'no_answer':
      case 'not_sent':
        await unmark(oaId, pair, {})
        throw new SendError({ kind: 'unavailable' }, `refresh_${result.kind}`)
    }
  }

  /** Stores what Zalo gave. When a person's consent came in between, that pair stays and is used. */
  async function save(oaId: string, owed: { granted: TokenPair; at: Millis; spent: string }): Promise<string> {
    unsaved.set(oaId, owed)
    for (;;) {
      const found = await readPair(entries, oaId)
      const overtaken = found !== null && found.pair.refreshToken !== owed.spent
      const pair = overtaken ? found.pair : nextPair(found?.pair ?? null, owed.granted, owed.at)
      if (!overtaken && !(await writePair(entries, oaId, pair, found?.version ?? 0))) continue
      unsaved.delete(oaId)
      await setAccountState(entries, keyOf(oaId), { status: 'ok', code: null }, clock())
      return use(oaId, pair)
    }
  }

  /** Only a code that says so ends the refresh token; with any other the job and the checks go on trying, however long a person takes. */
  async function refused(oaId: string, pair: StoredPair, code: string, worksUntil: Millis | null): Promise<string> {
    const needs = zaloGrantNeeds(code)
    const stillOurs = await unmark(oaId, pair, zaloConsentErrors[code] === 'consent' ? { dead: code } : {})
    if (!stillOurs) return refreshOnce(oaId, pair.accessToken, worksUntil)
    if (needs === 'consent') {
      await needConsent(oaId, pair.accessToken, code, worksUntil)
      return refreshOnce(oaId, pair.accessToken, worksUntil)
    }
    if (needs === null) throw new SendError({ kind: 'unavailable' }, code)
    throw new SendError({ kind: 'bad_configuration', needs }, code)
  }

  /** Ends our mark without a new pair. False when the stored pair is another one by now. */
  async function unmark(oaId: string, pair: StoredPair, change: Partial<StoredPair>): Promise<boolean> {
    for (;;) {
      const found = await readPair(entries, oaId)
      if (found === null || found.pair.refreshToken !== pair.refreshToken || found.pair.refreshing?.by !== pair.refreshing?.by) return false
      if (await writePair(entries, oaId, { ...found.pair, ...change, refreshing: null }, found.version)) return true
    }
  }

  /**
   * The refresh token is gone; the access token may still work for some hours, and is used until it ends. Throws, but where
   * a person has agreed meanwhile: then there is another pair to use.
   */
  async function needConsent(oaId: string, refused: string | null, code: string, worksUntil: Millis | null): Promise<void> {
    if (await stopFor(oaId, refused, code, worksUntil)) throw new SendError({ kind: 'bad_configuration', needs: 'consent' }, code)
  }

  async function giveUp(oaId: string, refused: string, code: string): Promise<boolean> {
    if (cache.get(oaId)?.accessToken === refused) cache.delete(oaId)
    return stopFor(oaId, refused, code, null)
  }

  /**
   * Stops the account for what Zalo said about this token (null: for want of one), unless another one is stored by now: a
   * call that was begun before a person agreed says nothing about what they agreed to. Consent stores its pair before it
   * lets the account go, so looking again after the stop misses none.
   */
  async function stopFor(oaId: string, refused: string | null, code: string, worksUntil: Millis | null): Promise<boolean> {
    const isOvertaken = async (): Promise<boolean> => ((await readPair(entries, oaId))?.pair.accessToken ?? null) !== refused
    if (await isOvertaken()) return false
    await setAccountState(entries, keyOf(oaId), { status: 'needs_consent', code, worksUntil }, clock())
    if (!(await isOvertaken())) return true
    await setAccountState(entries, keyOf(oaId), { status: 'ok', code: null }, clock())
    return false
  }

  async function refreshDue(now: Millis): Promise<{ oaId: string; code: string }[]> {
    const failures: { oaId: string; code: string }[] = []
    for (const { oaId } of accounts) {
      try {
        const { pair } = await load(oaId)
        if (isRefreshDue(pair, now)) await refresh(oaId, pair.accessToken, pair.expiresAt > now ? pair.expiresAt : null)
        else use(oaId, pair)
      } catch (error) {
        if (!(error instanceof SendError)) throw error
        if (error.code !== 'refreshing') failures.push({ oaId, code: error.code })
      }
    }
    return failures
  }

  return {
    current,
    replace: (oaId, refused) => orUnavailable(refresh(oaId, refused, null)),
    giveUp: (oaId, refused, code) => orUnavailable(giveUp(oaId, refused, code)),
    refreshDue,
  }
}

/** Without the store there is no token, and nothing has been sent. */
const orUnavailable = <Value>(work: Promise<Value>): Promise<Value> =>
  work.catch((error: unknown) => {
    throw error instanceof SendError ? error : new SendError({ kind: 'unavailable' }, error instanceof Error ? error.name : 'unknown')
  })
