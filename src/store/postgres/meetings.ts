import { accountKey, type AccountKey, type Contact } from '../../core/contact.ts'
import { isByCitizen, type InboundEvent } from '../../core/event.ts'
import { DAY, type Millis } from '../../core/time.ts'
import type { ClaimableContact } from './claims.ts'
import { profileColumns } from './claims.ts'
import { columnsOf } from './columns.ts'
import type { Transaction } from './database.ts'
import { Overtaken } from './errors.ts'

/** A contact whose events are being recorded: what its row says, and what these events make of it. */
export interface Meeting {
  row: MetContact
  /** Changed by what needs no turn, by coming back: the row is written at once. */
  changed: boolean
  /** How many events wait for it; null: it has no mailbox. */
  waiting: number | null
  inboundAt: Millis | null
  eventAt: Millis
}

export interface MetContact extends ClaimableContact {
  accountId: number
  /** What the row itself knows; `lastInboundAt` also knows what its mailbox does. */
  ownInboundAt: Millis | null
  lastEventAt: Millis
  farewell: boolean
  waiting: number | null
  /** Somebody claimed it and has not let go of it, be it that the claim ran out. */
  claimed: boolean
}

const select = `
  select c.id, c.contact_key as "contactKey", a.account, c.account_id as "accountId", c.user_id as "userId", c.version, case when $2 then c.conversation end as conversation,
    ${profileColumns}, c.last_inbound_at as "ownInboundAt", c.last_event_at as "lastEventAt", c.farewell, m.waiting, coalesce(m.claimed_by, 0) <> 0 as claimed
  from contacts c join accounts a on a.id = c.account_id left join mailbox m on m.contact_id = c.id where c.contact_key = any($1::text[])`
const insert = `
  insert into contacts (contact_key, account_id, user_id, first_seen_at, last_event_at, last_event_day)
  select contact_key, account_id, user_id, seen_at, seen_at, seen_day
  from unnest($1::text[], $2::integer[], $3::text[], $4::bigint[], $5::integer[]) u(contact_key, account_id, user_id, seen_at, seen_day)
  order by contact_key on conflict (contact_key) do nothing returning id, contact_key as "contactKey"`
const update = `
  update contacts c set first_seen_at = u.first_seen_at, last_inbound_at = u.last_inbound_at, last_event_at = u.last_event_at,
    blocked = u.blocked, farewell = false
  from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::boolean[]) u(id, first_seen_at, last_inbound_at, last_event_at, blocked)
  where c.id = u.id`

/** Those of the keys that are known. `whole`: with the conversation, which may be large. */
export function findContacts(transaction: Transaction, keys: readonly string[], whole: boolean): Promise<MetContact[]> {
  return transaction.rows<MetContact>(select, [keys, whole])
}

/** Makes contacts that are new; throws `Overtaken` when another process made one of them meanwhile. */
export async function meetContacts(
  transaction: Transaction, strangers: readonly { key: string; contact: Contact; now: Millis }[], accountIds: ReadonlyMap<AccountKey, number>,
): Promise<MetContact[]> {
  if (strangers.length === 0) return []
  const inserted = await transaction.rows<{ id: number; contactKey: string }>(insert, columnsOf(
    strangers, ({ key }) => key, ({ contact }) => accountIds.get(accountKey(contact)), ({ contact }) => contact.userId, ({ now }) => now, ({ now }) => Math.floor(now / DAY)))
  if (inserted.length < strangers.length) throw new Overtaken()
  const ids = new Map(inserted.map(({ id, contactKey }) => [contactKey, id]))
  return strangers.map(({ key, contact, now }): MetContact => ({
    id: ids.get(key)!, contactKey: key, account: accountKey(contact), accountId: accountIds.get(accountKey(contact))!, userId: contact.userId, version: 0, conversation: null,
    firstSeenAt: now, lastInboundAt: null, optedOut: false, blocked: false, remembered: '{}',
    ownInboundAt: null, lastEventAt: now, farewell: false, waiting: null, claimed: false,
  }))
}

export function beginMeeting(row: MetContact): Meeting {
  return { row: { ...row }, changed: false, waiting: row.waiting, inboundAt: null, eventAt: 0 }
}

/** What one more recorded event makes of the contact. `turn`: it waits in the mailbox, which tells the row later. */
export function hear(meeting: Meeting, event: InboundEvent, turn: boolean, now: Millis): void {
  const { row } = meeting
  const byCitizen = isByCitizen(event.kind)
  if (row.farewell) change({ farewell: false, firstSeenAt: now, ownInboundAt: null, lastInboundAt: null })
  if (turn) {
    meeting.waiting = (meeting.waiting ?? 0) + 1
    meeting.eventAt = Math.max(meeting.eventAt, now)
    if (byCitizen) meeting.inboundAt = Math.max(meeting.inboundAt ?? 0, event.sentAt)
  } else {
    change({ lastEventAt: Math.max(row.lastEventAt, now), ...(byCitizen && { ownInboundAt: Math.max(row.ownInboundAt ?? 0, event.sentAt) }) })
  }
  if (byCitizen) row.lastInboundAt = Math.max(row.lastInboundAt ?? 0, event.sentAt)
  if (byCitizen && row.blocked) change({ blocked: false })

  function change(to: Partial<MetContact>): void {
    Object.assign(row, to)
    meeting.changed = true
  }
}

export function writeMeetings(transaction: Transaction, meetings: readonly Meeting[]): void {
  const rows = meetings.filter(({ changed }) => changed).map(({ row }) => row)
  if (rows.length === 0) return
  transaction.send(update, columnsOf(
    rows, ({ id }) => id, ({ firstSeenAt }) => firstSeenAt, ({ ownInboundAt }) => ownInboundAt, ({ lastEventAt }) => lastEventAt, ({ blocked }) => blocked))
}
