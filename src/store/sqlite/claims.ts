import { accountFrom, type Contact } from '../../core/contact.ts'
import { isByCitizen, type InboundEvent } from '../../core/event.ts'
import { DAY, type Millis } from '../../core/time.ts'
import { json, rememberedFrom } from '../column-values.ts'
import type { ClaimedTurn, Inbox, Profile } from '../ports.ts'
import { SHOWN, eventFrom, type WaitingEvent } from '../stored-events.ts'
import { claimParts, type Core } from './core.ts'
import type { EventRecords } from './event-records.ts'
import { hotQuery } from './hot.ts'
import { openInLane } from './lanes.ts'
import { openMailboxes } from './mailboxes.ts'
import { lastInbound } from './schema.ts'

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
  remembered: rememberedFrom(row.remembered),
})

/** What of a contact's row and mailbox a claim shows. */
export interface ClaimableContact {
  id: number
  contactKey: string
  accountId: number
  userId: string
  profile: Profile
  version: number
  head: number | null
  attempts: number
  conversation: string | null
  /** Whether replies to them are not final, so that another must wait for those. Known only of somebody idle. */
  laneTaken: boolean | undefined
}

/** Counts attempts at a contact's first waiting event. Runs inside a transaction. */
export interface Attempts {
  /** The attempt that begins now, the first being 1. `counted`: what stands in the mailbox. */
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

const claimable = `c.id, c.contact_key, c.account_id, c.user_id, c.version`
const shown = `c.conversation, c.first_seen_at, ${lastInbound}, c.opted_out, c.blocked, c.remembered`
const columns = `
  select ${claimable}, m.head, m.attempts, ${shown} from mailbox m join contacts c on c.id = m.contact_id`

const dueFrom = (
  id: number, contactKey: string, accountId: number, userId: string, version: number, head: number | null, attempts: number, conversation: string | null,
  first_seen_at: number, last_inbound_at: number | null, opted_out: number, blocked: number, remembered: string, laneTaken?: number,
): ClaimableContact => ({
  id, contactKey, accountId, userId, version, head, attempts, conversation, profile: profileFrom({ first_seen_at, last_inbound_at, opted_out, blocked, remembered }),
  laneTaken: laneTaken === undefined ? undefined : laneTaken === 1,
})

/** Takes contacts whose events are to be handled. Runs inside a transaction. */
export interface TurnClaims {
  claimDue(limit: number, now: Millis, lease: Millis): ClaimedTurn[]
  /** This contact, where it is due; null where it is held, waits for a retry, or has no event. */
  claimOne(contactId: number, now: Millis, lease: Millis): ClaimedTurn | null
  /** A known contact for whom nothing waits, who wrote today already and is not blocked: what `claimIdle` may claim. */
  findIdle(contactKey: string, now: Millis): ClaimableContact | undefined
  /** As its row will be once this event is handled. */
  hearing(contact: ClaimableContact, event: InboundEvent): ClaimableContact
  /** What a claim on this event would show, without claiming: its token fits nothing. */
  shown(contact: ClaimableContact, event: InboundEvent): ClaimedTurn
  /** Claims it with the first event that waits now; `seq` is its row. */
  claimIdle(contact: ClaimableContact, first: { event: InboundEvent; seq: number }, now: Millis, lease: Millis): ClaimedTurn
}

export function openTurnClaims(core: Core): TurnClaims {
  const { db, clock, accounts } = core
  const attempts = openAttempts(core)
  const selectDue = hotQuery(db, `${columns} where m.due_at <= ? order by m.due_at, m.contact_id limit ?`, dueFrom)
  const selectOne = hotQuery(db, `${columns} where m.contact_id = ? and m.due_at <= ?`, dueFrom)
  const selectWaiting = hotQuery(
    db, `
    select seq, id, sent_at, received_at, order_at, attempts, body from events
    where contact_id = ? and status = 'waiting' order by order_at, seq limit ${SHOWN}`,
    (seq: number, id: string, sentAt: number, receivedAt: number, orderAt: number, attempts: number, body: string): WaitingEvent =>
      ({ seq, id, sentAt, receivedAt, orderAt, attempts, body }),
  )
  const claim = db.prepare(`
    update mailbox set due_at = ?, noted_at = ?, head = ?, attempts = ?, claims = ?, claimed_by = ? where contact_id = ?`)
  const selectIdle = hotQuery(
    db, `
    select ${claimable}, null, 0, c.conversation, c.first_seen_at, c.last_inbound_at, c.opted_out, c.blocked, c.remembered, exists (${openInLane('c.id', '0')}) from contacts c
    where c.contact_key = ? and c.farewell = 0 and c.blocked = 0 and c.last_event_day >= ? and not exists (select 1 from mailbox where contact_id = c.id)`,
    dueFrom,
  )
  const claimIdle = db.prepare(`
    insert into mailbox (contact_id, waiting, due_at, noted_at, head, attempts, claims, claimed_by, inbound_at, event_at)
    values (?7, 1, ?1, ?2, ?3, 1, ?4, ?5, ?6, ?2)`)
  const mailboxes = openMailboxes(db)

  function claimed(row: ClaimableContact, now: Millis, lease: Millis): ClaimedTurn | null {
    const waiting = selectWaiting.all(row.id)
    const first = waiting[0]
    if (first === undefined) {
      mailboxes.close(row.id)
      return null
    }
    const attempt = attempts.begin(row, first)
    const claims = core.nextNumber()
    claim.run(now + lease, now, first.seq, attempt, claims, core.holder, row.id)
    const contact = contactFrom(row)
    return turnOf(row, contact, claims, attempt, waiting.map((event) => eventFrom(event, contact)))
  }

  function turnOf(row: ClaimableContact, contact: Contact, claims: number, attempt: number, waiting: InboundEvent[]): ClaimedTurn {
    return {
      contact,
      contactKey: row.contactKey,
      claim: `${row.id}.${claims}`,
      version: row.version,
      attempt,
      conversation: json(row.conversation),
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
    hearing(row, event) {
      if (!isByCitizen(event.kind)) return row
      return { ...row, profile: { ...row.profile, lastInboundAt: Math.max(row.profile.lastInboundAt ?? 0, event.sentAt) } }
    },
    shown: (row, event) => turnOf(row, event.contact, NO_CLAIM, 1, [event]),
    claimIdle(row, { event, seq }, now, lease) {
      const claims = core.nextNumber()
      claimIdle.run(now + lease, now, seq, claims, core.holder, row.profile.lastInboundAt, row.id)
      return turnOf(row, event.contact, claims, 1, [event])
    },
  }
}

/** No claim has this number. */
const NO_CLAIM = -1

/** Claims of contacts: taking and prolonging. */
export function turnClaims(core: Core, records: EventRecords): Pick<Inbox, 'claimTurns' | 'renewTurns'> {
  const { db, writer } = core
  const claims = openTurnClaims(core)
  const renew = db.prepare('update mailbox set due_at = ?, noted_at = ? where contact_id = ? and claims = ? and claimed_by <> 0')
  return {
    claimTurns: (limit, now, lease) => writer.run(() => {
      records.takeUpArrivals(now)
      return claims.claimDue(limit, now, lease)
    }),
    async renewTurns(tokens, now, lease) {
      const held = await writer.each(tokens, (token) => {
        const { row, claims: nth } = claimParts(token)
        return renew.run(now + lease, now, row, nth).changes === 1
      })
      return tokens.filter((_, n) => !held[n])
    },
  }
}
