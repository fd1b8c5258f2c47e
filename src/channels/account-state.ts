import type { AccountKey } from '../core/contact.ts'
import type { SendOutcome } from '../core/delivery.ts'
import type { Entries } from '../core/ports.ts'
import { HOUR, type Millis } from '../core/time.ts'

/** Whether an account may send. Anything but `ok` waits for a person. */
export interface AccountState {
  /**
   * `needs_consent`: the token is dead, an administrator must agree again. `revoked`: the platform told us that our rights
   * were taken away. `blocked`: a permission, package, money or policy matter; `code` says which.
   */
  status: 'ok' | 'needs_consent' | 'revoked' | 'blocked'
  /** When this status began. */
  since: Millis
  /** The platform's own code or event; null while `ok`. */
  code: string | null
  /** Sending still works until then (an access token that outlives its refresh token); null: it is over already. */
  worksUntil: Millis | null
}

/** What stands in the store for an account nobody has stopped. */
const untroubled: AccountState = { status: 'ok', since: 0, code: null, worksUntil: null }

const entryName = (account: AccountKey): string => `account:${account}`

export async function readAccountState(entries: Entries, account: AccountKey): Promise<AccountState> {
  const entry = await entries.readEntry(entryName(account))
  return entry === null ? untroubled : (JSON.parse(entry.value) as AccountState)
}

type Said = Pick<AccountState, 'status' | 'code'> & { worksUntil?: Millis | null }

/** True when the status changed, so that whoever is told is told once. The same status again keeps its `since`. */
export const setAccountState = (entries: Entries, account: AccountKey, next: Said, now: Millis): Promise<boolean> =>
  change(entries, account, () => next, now)

/**
 * As `setAccountState`, for what the platform itself says, and when it happened. It repeats what was not acknowledged, for hours and in
 * any order: an account that was let go after that is not stopped again, and one that was stopped after that is not let go. Its
 * letting go ends its own block; a token that is gone comes back by consent alone.
 */
export const hearAccountState = (entries: Entries, account: AccountKey, said: Pick<AccountState, 'status' | 'code'>, at: Millis): Promise<boolean> =>
  change(entries, account, ({ status, since }) => {
    const isOver = at < since && (status === 'ok') !== (said.status === 'ok')
    const isAnothers = said.status === 'ok' && status !== 'blocked'
    return isOver || isAnothers ? null : said
  }, at)

/** `decide` sees what stands there and may be asked again; null: it stays. */
async function change(entries: Entries, account: AccountKey, decide: (before: AccountState) => Said | null, now: Millis): Promise<boolean> {
  for (;;) {
    const entry = await entries.readEntry(entryName(account))
    const before = entry === null ? untroubled : (JSON.parse(entry.value) as AccountState)
    const next = decide(before)
    if (next === null) return false
    const worksUntil = next.worksUntil ?? null
    if (before.status === next.status && before.code === next.code && before.worksUntil === worksUntil) return false
    const changed = before.status !== next.status
    const value: AccountState = { status: next.status, code: next.code, since: changed ? now : before.since, worksUntil }
    if (await entries.writeEntry(entryName(account), JSON.stringify(value), entry?.version ?? 0)) return changed
  }
}

/** A blocked account is tried again so seldom: what blocked it is known only from a send. */
const blockedFor: Millis = 6 * HOUR

/**
 * The platform has just taken the account's token (a check, not a send): what waited for a new token is over, and an
 * account that has been blocked for long is tried again. True when it may send again.
 */
export async function recoverAccount(entries: Entries, account: AccountKey, now: Millis): Promise<boolean> {
  const state = await readAccountState(entries, account)
  const over = state.status === 'blocked' ? now - state.since >= blockedFor : state.status !== 'ok' && state.worksUntil === null
  return over && setAccountState(entries, account, { status: 'ok', code: null }, now)
}

/** Whether nothing of this account should be sent now. */
export const isStopped = (state: AccountState, now: Millis): boolean =>
  state.status !== 'ok' && (state.worksUntil === null || state.worksUntil <= now)

/** The status an account has after such an end of a send. */
export const statusAfter = (outcome: Extract<SendOutcome, { kind: 'bad_configuration' }>): AccountState['status'] =>
  outcome.needs === 'consent' ? 'needs_consent' : 'blocked'
