import type { AccountKey, ChannelName } from '../../core/contact.ts'
import type { ClaimedDelivery, DeliveryStatus, Origin } from '../../core/delivery.ts'
import type { Part } from '../../core/message.ts'
import type { Millis } from '../../core/time.ts'
import type { Deliveries, FinishedDelivery } from '../ports.ts'
import { claimParts, read, type Core } from './core.ts'
import { openEraser } from './eraser.ts'
import { hotQuery } from './hot.ts'
import { CAMPAIGN, origins } from './lanes.ts'

interface DueDelivery {
  seq: number
  id: string
  status: DeliveryStatus
  part: string
  questionAt: number | null
  questionMessageId: string | null
  attempts: number
  maybeSent: number
  claims: number
  contactKey: string
  userId: string
  lastInboundAt: number | null
  optedOut: number
  blocked: number
}

/** A delivery whose claim is good. */
interface HeldDelivery {
  contactId: number
  origin: number
  farewell: boolean
  /** Something else to this contact is not final. */
  others: boolean
}

/** The way out: what is to be sent, by whom it is claimed and how it ended. */
export function deliveries(core: Core): Deliveries {
  const { db, writer, counts, lanes, accounts, clock } = core
  const eraser = openEraser(core)
  // One statement per origin: SQLite would prepare one with `origin = ?` again at each call, because of the partial indexes.
  const selectAnyDue = origins.map((_, origin) => db.prepare(`select 1 from deliveries where account_id = ? and origin = ${origin} and due_at <= ? limit 1`))
  const selectDue = origins.map((_, origin) => hotQuery(
    db, `
    select d.seq, d.id, d.status, d.part, d.question_at, d.question_message_id, d.attempts, d.maybe_sent, d.claims,
      c.contact_key, c.user_id, c.last_inbound_at, c.opted_out, c.blocked
    from deliveries d join contacts c on c.id = d.contact_id
    where d.account_id = ? and d.origin = ${origin} and d.due_at <= ? order by d.due_at, d.seq limit ?`,
    (
      seq: number, id: string, status: DeliveryStatus, part: string, questionAt: number | null, questionMessageId: string | null, attempts: number, maybeSent: number, claims: number,
      contactKey: string, userId: string, lastInboundAt: number | null, optedOut: number, blocked: number,
    ): DueDelivery => ({ seq, id, status, part, questionAt, questionMessageId, attempts, maybeSent, claims, contactKey, userId, lastInboundAt, optedOut, blocked }),
  ))
  const claim = db.prepare(`
    update deliveries set status = 'sending', due_at = ?, noted_at = ?, attempts = attempts + 1, maybe_sent = ?, claims = claims + 1, claimed_by = ? where seq = ?`)
  const selectHeld = hotQuery(
    db, `
    select d.contact_id, d.origin, c.farewell,
      exists (select 1 from deliveries n where n.contact_id = d.contact_id and n.finished_at is null and n.seq <> d.seq) as others
    from deliveries d join contacts c on c.id = d.contact_id where d.seq = ? and d.claims = ? and d.id = ? and d.status = 'sending'`,
    (contactId: number, origin: number, farewell: number, others: number): HeldDelivery => ({ contactId, origin, farewell: farewell === 1, others: others === 1 }),
  )
  const finish = db.prepare(`
    update deliveries set status = ?, reason = ?, platform_message_id = ?, due_at = null, finished_at = ? where seq = ?`)
  const putBack = db.prepare(`update deliveries set status = 'queued', due_at = ?, noted_at = ?, maybe_sent = ? where seq = ?`)
  const learn = db.prepare(`
    update contacts set blocked = max(blocked, ?1), opted_out = max(opted_out, ?2), last_inbound_at = iif(?3, null, last_inbound_at) where id = ?4`)

  const origin = (name: Origin): number => origins.indexOf(name)

  function claimed(row: DueDelivery, account: AccountKey, from: number, now: Millis, lease: Millis): ClaimedDelivery {
    const underWay = row.status === 'sending'
    const maybeSent = row.maybeSent === 1 || underWay
    claim.run(now + lease, now, maybeSent ? 1 : 0, core.holder, row.seq)
    if (!underWay) counts.moved(from, 'queued', 'sending')
    const colon = account.indexOf(':')
    return {
      id: row.id, contactKey: row.contactKey, account, origin: origins[from]!, part: JSON.parse(row.part) as Part, questionAt: row.questionAt,
      ...(row.questionMessageId !== null && { questionMessageId: row.questionMessageId }),
      contact: { channel: account.slice(0, colon) as ChannelName, accountId: account.slice(colon + 1), userId: row.userId },
      claim: `${row.seq}.${row.claims + 1}`, attempt: row.attempts + 1, maybeSent,
      lastInboundAt: row.lastInboundAt, optedOut: row.optedOut === 1, blocked: row.blocked === 1,
    }
  }

  function claimDue(account: AccountKey, limit: number, now: Millis, lease: Millis, wanted: readonly Origin[]): ClaimedDelivery[] {
    if (clock.wentBack(now)) clock.settle(now)
    const accountId = accounts.find(account)
    if (accountId === null) return []
    const taken: ClaimedDelivery[] = []
    for (const from of wanted.map(origin).toSorted()) {
      if (taken.length === limit) break
      const due = selectDue[from]!.all(accountId, now, limit - taken.length)
      for (const row of due) taken.push(claimed(row, account, from, now, lease))
    }
    return taken
  }

  function note({ id, claim: token, end, contact }: FinishedDelivery, now: Millis): boolean {
    const { row: seq, claims } = claimParts(token)
    const held = selectHeld.get(seq, claims, id)
    if (held === undefined) return false
    counts.moved(held.origin, 'sending', end.status)
    if (contact !== undefined) learn.run(contact.blocked ? 1 : 0, contact.optedOut ? 1 : 0, contact.windowClosed ? 1 : 0, held.contactId)
    if (end.status === 'queued') {
      putBack.run(end.dueAt, now, end.maybeSent ? 1 : 0, seq)
      return true
    }
    const [reason, platformMessageId] = end.status === 'sent' ? [null, end.platformMessageId] : [end.reason, null]
    finish.run(end.status, reason, platformMessageId, now, seq)
    if (held.others) lanes.advance(held.contactId, held.origin === CAMPAIGN, now)
    else if (held.farewell) eraser.endFarewell(held.contactId, now)
    return true
  }

  return {
    async dueAccounts(now) {
      if (clock.wentBack(now)) await writer.run(() => clock.settle(now))
      return read(() => {
        const due: { account: AccountKey; first: number }[] = []
        for (const { id, account } of accounts.all()) {
          const first = selectAnyDue.findIndex((any) => any.get(id, now) !== undefined)
          if (first >= 0) due.push({ account, first })
        }
        return due.toSorted((a, b) => a.first - b.first).map(({ account }) => account)
      })
    },
    claimDeliveries: (account, limit, now, lease, wanted = origins) => writer.run(() => claimDue(account, limit, now, lease, wanted)),
    finishDeliveries: (results, now) => writer.each(results, (result) => note(result, now)),
    countDeliveries: () => read(() => counts.all()),
  }
}
