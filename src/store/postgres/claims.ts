import { accountFrom, type AccountKey, type Contact } from '../../core/contact.ts'
import type { InboundEvent } from '../../core/event.ts'
import type { Millis } from '../../core/time.ts'
import { json, rememberedFrom } from '../column-values.ts'
import type { ClaimedTurn, Inbox, Profile } from '../ports.ts'
import { SHOWN, eventFrom, type WaitingEvent } from '../stored-events.ts'
import { byKey, columnsOf } from './columns.ts'
import { claimParts, type Core } from './core.ts'
import type { Transaction } from './database.ts'
import { closeMailboxes } from './mailboxes.ts'
import { lastInbound } from './schema.ts'
import type { Unit } from './unit.ts'
import type { Kind } from './writer.ts'

/** The columns a profile is put together from. */
export interface ProfileColumns {
  firstSeenAt: Millis
  lastInboundAt: Millis | null
  optedOut: boolean
  blocked: boolean
  remembered: string
}
export const profileColumns = `
  c.first_seen_at as "firstSeenAt", ${lastInbound} as "lastInboundAt", c.opted_out as "optedOut", c.blocked, c.remembered`
export const profileFrom = ({ firstSeenAt, lastInboundAt, optedOut, blocked, remembered }: ProfileColumns): Profile => ({
  firstSeenAt, lastInboundAt, optedOut, blocked, remembered: rememberedFrom(remembered),
})

/** What of a contact's row a claim shows. */
export interface ClaimableContact extends ProfileColumns {
  id: number
  contactKey: string
  account: AccountKey
  userId: string
  version: number
  conversation: string | null
}

interface DueContact extends ClaimableContact {
  now: Millis
  lease: Millis
  head: number | null
  attempts: number
}

/** A contact that is to be claimed, if it is due. */
export interface Wanted { id: number; now: Millis; lease: Millis }

const due = (which = ''): string => `
  select c.id, m.due_at as "dueAt" from mailbox m join contacts c on c.id = m.contact_id where m.due_at <= $1${which}
  order by m.due_at, m.contact_id limit $2 for no key update of m, c skip locked`
const selectDue = { all: due(), letGo: due(' and m.claimed_by = 0'), ranOut: due(' and m.claimed_by <> 0') }
const selectWanted = `
  select c.id, c.contact_key as "contactKey", a.account, c.user_id as "userId", c.version, c.conversation, ${profileColumns}, m.head, m.attempts, u.now, u.lease
  from unnest($1::bigint[], $2::bigint[], $3::bigint[]) with ordinality u(id, now, lease, place)
  join mailbox m on m.contact_id = u.id join contacts c on c.id = u.id join accounts a on a.id = c.account_id
  where m.due_at <= u.now order by u.place`
const selectWaiting = `
  select e.contact_id as "contactId", e.seq, e.id, e.sent_at as "sentAt", e.received_at as "receivedAt", e.order_at as "orderAt", e.attempts, e.body
  from unnest($1::bigint[]) u(id) cross join lateral (
    select * from events where contact_id = u.id and status = 'waiting' order by order_at, seq limit ${SHOWN}) e order by e.order_at, e.seq`
const claim = `
  update mailbox m set due_at = u.until, noted_at = u.now, head = u.head, attempts = u.attempts, claims = u.claims, claimed_by = $1
  from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::integer[], $7::bigint[]) u(id, until, now, head, attempts, claims)
  where m.contact_id = u.id`
const putAway = `
  update events e set attempts = u.attempts from unnest($1::bigint[], $2::integer[]) u(seq, attempts) where e.seq = u.seq and e.status = 'waiting'`

/** Attempts that stood in a mailbox for an event that is no longer the first. */
export interface PutAway { seq: number; attempts: number }

/** The attempt that begins now, the first being 1, and what of the mailbox must be put away for it. */
export function beginAttempt(counted: { head: number | null; attempts: number }, first: { seq: number; attempts: number }): { attempt: number; away: PutAway[] } {
  if (counted.head === first.seq) return { attempt: counted.attempts + 1, away: [] }
  return { attempt: first.attempts + 1, away: counted.head === null ? [] : [{ seq: counted.head, attempts: counted.attempts }] }
}
export function putAttemptsAway(transaction: Transaction, away: readonly PutAway[]): void {
  if (away.length > 0) transaction.send(putAway, columnsOf(away, ({ seq }) => seq, ({ attempts }) => attempts))
}

export function claimedTurn(row: ClaimableContact, claims: number, attempt: number, waiting: (contact: Contact) => InboundEvent[]): ClaimedTurn {
  const contact: Contact = { ...accountFrom(row.account), userId: row.userId }
  return {
    contact, contactKey: row.contactKey, claim: `${row.id}.${claims}`, version: row.version, attempt,
    conversation: json(row.conversation),
    profile: profileFrom(row), waiting: waiting(contact),
  }
}

/** Claims those that are due, whose rows are locked; by their contact, in the order they were named. */
export async function claimContacts(core: Core, transaction: Transaction, wanted: readonly Wanted[]): Promise<Map<number, ClaimedTurn>> {
  if (wanted.length === 0) return new Map()
  const [due, waiting] = await Promise.all([
    transaction.rows<DueContact>(selectWanted, columnsOf(wanted, ({ id }) => id, ({ now }) => now, ({ lease }) => lease)),
    transaction.rows<WaitingEvent & { contactId: number }>(selectWaiting, [wanted.map(({ id }) => id)]),
  ])
  const eventsOf = Map.groupBy(waiting, ({ contactId }) => contactId)
  const empty = due.filter(({ id }) => !eventsOf.has(id))
  if (empty.length > 0) closeMailboxes(transaction, empty.map(({ id }) => id))

  const taken = due.flatMap((row) => {
    const events = eventsOf.get(row.id)
    if (events === undefined) return []
    return [{ row, events, claims: core.nextClaim(), ...beginAttempt(row, events[0]!) }]
  })
  if (taken.length > 0) {
    transaction.send(claim, [core.holder, ...columnsOf(
      taken, ({ row }) => row.id, ({ row }) => row.now + row.lease, ({ row }) => row.now, ({ events }) => events[0]!.seq, ({ attempt }) => attempt, ({ claims }) => claims)])
    putAttemptsAway(transaction, taken.flatMap(({ away }) => away))
  }
  return new Map(taken.map(({ row, events, claims, attempt }) =>
    [row.id, claimedTurn(row, claims, attempt, (contact) => events.map((event) => eventFrom(event, contact)))]))
}

interface DueMailbox { id: number; dueAt: Millis }
interface DueClaim { limit: number; now: Millis; lease: Millis; ranOut: number | undefined }
interface Renewal { contactId: number; claims: number; now: Millis; lease: Millis }

const renew = `
  update mailbox m set due_at = u.until, noted_at = u.now from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) u(id, claims, until, now)
  where m.contact_id = u.id and m.claims = u.claims and m.claimed_by <> 0 returning m.contact_id as "contactId", m.claims`

async function lockDue(unit: Unit, { limit, now, ranOut }: DueClaim): Promise<DueMailbox[]> {
  if (ranOut === undefined) return unit.rows<DueMailbox>(selectDue.all, [now, limit])
  const [tried, others] = await Promise.all([
    unit.rows<DueMailbox>(selectDue.ranOut, [now, Math.min(ranOut, limit)]),
    unit.rows<DueMailbox>(selectDue.letGo, [now, limit]),
  ])
  return [...tried, ...others].toSorted((a, b) => a.dueAt - b.dueAt).slice(0, limit)
}

/** Claims of contacts: taking and prolonging. */
export function turnClaims(core: Core): Pick<Inbox, 'claimTurns' | 'renewTurns'> {
  const dueClaims: Kind<DueClaim, ClaimedTurn[]> = {
    touches: () => ({}),
    async apply(unit, elements) {
      const claimed: ClaimedTurn[][] = []
      for (const element of elements) {
        const due = await lockDue(unit, element)
        claimed.push([...(await claimContacts(core, unit, due.map(({ id }) => ({ ...element, id })))).values()])
      }
      return claimed
    },
  }
  const renewals: Kind<Renewal, boolean> = {
    touches: ({ contactId }) => ({ id: contactId }),
    async apply(unit, elements) {
      const held = await unit.rows<{ contactId: number; claims: number }>(
        renew, columnsOf(elements, ({ contactId }) => contactId, ({ claims }) => claims, ({ now, lease }) => now + lease, ({ now }) => now))
      const claims = byKey(held, ({ contactId }) => contactId)
      return elements.map((element) => claims.get(element.contactId)?.claims === element.claims)
    },
  }
  return {
    async claimTurns(limit, now, lease, ranOut) {
      await core.clock.settle(now)
      return core.writer.one(dueClaims, { limit, now, lease, ranOut })
    },
    async renewTurns(tokens, now, lease) {
      const held = await core.writer.each(renewals, tokens.map((token) => {
        const [contactId, claims] = claimParts(token, 2)
        return { contactId, claims, now, lease }
      }))
      return tokens.filter((_, n) => !held[n])
    },
  }
}
