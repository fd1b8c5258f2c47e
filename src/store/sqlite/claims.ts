import { accountFrom, type Contact } from '../../core/contact.ts'
import { isByCitizen, type InboundEvent } from '../../core/event.ts'
import type { Remembered } from '../../core/remembered.ts'
import { DAY, type Millis } from '../../core/time.ts'
import type { ClaimedTurn, Inbox, Profile } from '../ports.ts'
import { claimParts, type Core } from './core.ts'
import { eventFrom, type WaitingEvent } from './events.ts'
import { hotQuery } from './hot.ts'

/** The columns a profile is put together from. */
export interface ProfileColumns {
  first_seen_at: number
  last_inbound_at: number | null
  opted_out: number
  blocked: number
  remembered: string
}
export const profileFrom = (row: ProfileColumns): Profile => ({
  firstSeenAt: row.first_seen_at,
  lastInboundAt: row.last_inbound_at,
  optedOut: row.opted_out === 1,
  blocked: row.blocked === 1,
  remembered: row.remembered === '{}' ? {} : JSON.parse(row.remembered) as Remembered,
})

/** What of a contact's row a claim shows. */
export interface ClaimableContact {
  id: number
  contactKey: string
  accountId: number
  userId: string
  profile: Profile
  version: number
  head: number | null
  attempts: number
  claims: number
  conversation: string | null
}

/** How many waiting events a claim shows. */
const SHOWN = 20

/** Counts attempts at a contact's first waiting event. Runs inside a transaction. */
export interface Attempts {
  /** The attempt that begins now, the first being 1. `counted`: what stands in the contact's row. */
  begin(counted: { head: number | null; attempts: number }, first: { seq: number; attempts: number }): number
}

export function openAttempts({ db }: Pick<Core, 'db'>): Attempts {
  const putAway = db.prepare(`update events set attempts = ? where seq = ? and status = 'waiting'`)
  return {
    begin(counted, first) {
      if (counted.head === first.seq) return counted.attempts + 1
      if (counted.head !== null) putAway.run(counted.attempts, counted.head)
      return first.attempts + 1
    },
  }
}

const columns = `
  select id, contact_key, account_id, user_id, version, head, attempts, claims, conversation, first_seen_at, last_inbound_at, opted_out, blocked, remembered
  from contacts`

const dueFrom = (
  id: number, contactKey: string, accountId: number, userId: string, version: number, head: number | null, attempts: number, claims: number, conversation: string | null,
  first_seen_at: number, last_inbound_at: number | null, opted_out: number, blocked: number, remembered: string,
): ClaimableContact => ({
  id, contactKey, accountId, userId, version, head, attempts, claims, conversation, profile: profileFrom({ first_seen_at, last_inbound_at, opted_out, blocked, remembered }),
})

/** Takes contacts whose events are to be handled. Runs inside a transaction. */
export interface TurnClaims {
  claimDue(limit: number, now: Millis, lease: Millis): ClaimedTurn[]
  /** This contact, where it is due; null where it is held, waits for a retry, or has no event. */
  claimOne(contactId: number, now: Millis, lease: Millis): ClaimedTurn | null
  /** A known contact for whom nothing waits, who wrote today already and is not blocked: what `claimIdle` may claim. */
  findIdle(contactKey: string, now: Millis): ClaimableContact | undefined
  /** Claims it with the first event that waits now; `seq` is its row. */
  claimIdle(contact: ClaimableContact, first: { event: InboundEvent; seq: number }, now: Millis, lease: Millis): ClaimedTurn
}

export function openTurnClaims(core: Core): TurnClaims {
  const { db, clock, accounts } = core
  const attempts = openAttempts(core)
  const selectDue = hotQuery(db, `${columns} where due_at <= ? order by due_at, id limit ?`, dueFrom)
  const selectOne = hotQuery(db, `${columns} where id = ? and due_at <= ?`, dueFrom)
  const selectWaiting = hotQuery(
    db, `
    select seq, id, sent_at, received_at, order_at, attempts, body from events
    where contact_id = ? and status = 'waiting' order by order_at, seq limit ${SHOWN}`,
    (seq: number, id: string, sentAt: number, receivedAt: number, orderAt: number, attempts: number, body: string): WaitingEvent =>
      ({ seq, id, sentAt, receivedAt, orderAt, attempts, body }),
  )
  const claim = db.prepare(`
    update contacts set due_at = ?, noted_at = ?, head = ?, attempts = ?, claims = ?, claimed_by = ? where id = ?`)
  const selectIdle = hotQuery(db, `${columns} where contact_key = ? and waiting = 0 and farewell = 0 and blocked = 0 and last_event_day >= ?`, dueFrom)
  const claimIdle = db.prepare(`
    update contacts set waiting = 1, due_at = ?1, noted_at = ?2, head = ?3, attempts = 1, claims = ?4, claimed_by = ?5,
      last_event_at = max(last_event_at, ?2), last_inbound_at = ?6 where id = ?7`)
  const noneWaits = db.prepare('update contacts set waiting = 0, due_at = null where id = ?')

  function claimed(row: ClaimableContact, now: Millis, lease: Millis): ClaimedTurn | null {
    const waiting = selectWaiting.all(row.id)
    const first = waiting[0]
    if (first === undefined) {
      noneWaits.run(row.id)
      return null
    }
    const attempt = attempts.begin(row, first)
    const claims = row.claims + 1
    claim.run(now + lease, now, first.seq, attempt, claims, core.holder, row.id)
    const contact = contactFrom(row)
    return turnOf(row, claims, attempt, waiting.map((event) => eventFrom(event, contact)))
  }

  function turnOf(row: ClaimableContact, claims: number, attempt: number, waiting: InboundEvent[]): ClaimedTurn {
    return {
      contact: contactFrom(row),
      contactKey: row.contactKey,
      claim: `${row.id}.${claims}`,
      version: row.version,
      attempt,
      conversation: row.conversation === null ? null : JSON.parse(row.conversation),
      profile: row.profile,
      waiting,
    }
  }

  function contactFrom(row: ClaimableContact): Contact {
    return { ...accountFrom(accounts.keyOf(row.accountId)), userId: row.userId }
  }

  return {
    claimDue(limit, now, lease) {
      if (clock.wentBack(now)) clock.settle(now)
      return selectDue.all(now, limit).map((row) => claimed(row, now, lease)).filter((turn) => turn !== null)
    },
    claimOne(contactId, now, lease) {
      const row = selectOne.get(contactId, now)
      return row === undefined ? null : claimed(row, now, lease)
    },
    findIdle: (contactKey, now) => selectIdle.get(contactKey, Math.floor(now / DAY)),
    claimIdle(row, { event, seq }, now, lease) {
      const claims = row.claims + 1
      const { lastInboundAt } = row.profile
      const inboundAt = isByCitizen(event.kind) ? Math.max(lastInboundAt ?? 0, event.sentAt) : lastInboundAt
      claimIdle.run(now + lease, now, seq, claims, core.holder, inboundAt, row.id)
      return turnOf({ ...row, profile: { ...row.profile, lastInboundAt: inboundAt } }, claims, 1, [event])
    },
  }
}

/** Claims of contacts: taking and prolonging. */
export function turnClaims(core: Core): Pick<Inbox, 'claimTurns' | 'renewTurns'> {
  const { db, writer } = core
  const claims = openTurnClaims(core)
  const renew = db.prepare('update contacts set due_at = ?, noted_at = ? where id = ? and claims = ? and claimed_by <> 0')
  return {
    claimTurns: (limit, now, lease) => writer.run(() => claims.claimDue(limit, now, lease)),
    async renewTurns(tokens, now, lease) {
      const held = await writer.each(tokens, (token) => {
        const { row, claims: nth } = claimParts(token)
        return renew.run(now + lease, now, row, nth).changes === 1
      })
      return tokens.filter((_, n) => !held[n])
    },
  }
}
