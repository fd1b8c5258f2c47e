import { accountFrom, type AccountKey, type Contact } from '../../core/contact.ts'
import type { ClaimedDelivery, DeliveryStatus } from '../../core/delivery.ts'
import type { Part } from '../../core/message.ts'
import type { Millis } from '../../core/time.ts'
import { origins } from '../origins.ts'
import type { NewDelivery } from '../ports.ts'
import type { Core } from './core.ts'
import { hotQuery } from './hot.ts'
import { lastInbound } from './schema.ts'
import { partColumn } from './shared-parts.ts'

interface DueDelivery {
  seq: number
  accountId: number
  origin: number
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

/** Takes deliveries to be sent. Runs inside a transaction. */
export interface DeliveryClaims {
  claimDue(account: AccountKey, limit: number, now: Millis, lease: Millis): ClaimedDelivery[]
  /** This one, where it is due; null where it waits for another or for its time. */
  claimOne(seq: number, now: Millis, lease: Millis): ClaimedDelivery | null
  /** A new one, claimed from the start, where nothing in its lane is before it. */
  claimNew(to: Recipient, delivery: NewDelivery, now: Millis, lease: Millis): ClaimedDelivery
}

/** A contact as far as a claimed delivery shows it. */
export interface Recipient {
  id: number
  accountId: number
  contactKey: string
  userId: string
  lastInboundAt: Millis | null
  optedOut: boolean
  blocked: boolean
}

const columns = `
  select d.seq, d.account_id, d.origin, d.id, d.status, ${partColumn('d')}, d.question_at, d.question_message_id, d.attempts, d.maybe_sent, d.claims,
    c.contact_key, c.user_id, ${lastInbound}, c.opted_out, c.blocked
  from deliveries d join contacts c on c.id = d.contact_id left join mailbox m on m.contact_id = d.contact_id`

const dueFrom = (
  seq: number, accountId: number, origin: number, id: string, status: DeliveryStatus, part: string, questionAt: number | null, questionMessageId: string | null,
  attempts: number, maybeSent: number, claims: number, contactKey: string, userId: string, lastInboundAt: number | null, optedOut: number, blocked: number,
): DueDelivery => ({
  seq, accountId, origin, id, status, part, questionAt, questionMessageId, attempts, maybeSent, claims, contactKey, userId, lastInboundAt, optedOut, blocked,
})

export function openDeliveryClaims({ db, counts, lanes, accounts, clock, holder }: Core): DeliveryClaims {
  // One statement per origin: SQLite would prepare one with `origin = ?` again at each call, because of the partial indexes.
  const selectDue = origins.map((_, origin) => hotQuery(
    db, `${columns} where d.account_id = ? and d.origin = ${origin} and d.line_id is null and d.due_at <= ? order by d.due_at, d.seq limit ?`, dueFrom))
  const selectOne = hotQuery(db, `${columns} where d.seq = ? and d.due_at <= ?`, dueFrom)
  const claim = db.prepare(`
    update deliveries set status = 'sending', due_at = ?, noted_at = ?, attempts = attempts + 1, maybe_sent = ?, claims = claims + 1, claimed_by = ? where seq = ?`)

  function claimed(row: DueDelivery, now: Millis, lease: Millis): ClaimedDelivery {
    const underWay = row.status === 'sending'
    const maybeSent = row.maybeSent === 1 || underWay
    claim.run(now + lease, now, maybeSent ? 1 : 0, holder, row.seq)
    if (!underWay) counts.moved(row.origin, 'queued', 'sending')
    const { account, contact } = placeOf(row.accountId, row.userId)
    return {
      id: row.id, contactKey: row.contactKey, account, origin: origins[row.origin]!, part: JSON.parse(row.part) as Part, questionAt: row.questionAt,
      ...(row.questionMessageId !== null && { questionMessageId: row.questionMessageId }),
      contact, claim: `${row.seq}.${row.claims + 1}`, attempt: row.attempts + 1, maybeSent,
      lastInboundAt: row.lastInboundAt, optedOut: row.optedOut === 1, blocked: row.blocked === 1,
    }
  }

  function placeOf(accountId: number, userId: string): { account: AccountKey; contact: Contact } {
    const account = accounts.keyOf(accountId)
    return { account, contact: { ...accountFrom(account), userId } }
  }

  return {
    claimNew(to, delivery, now, lease) {
      const seq = lanes.queueSending(to, delivery, now, now + lease, holder)
      const { contactKey, lastInboundAt, optedOut, blocked } = to
      return { ...delivery, contactKey, ...placeOf(to.accountId, to.userId), claim: `${seq}.1`, attempt: 1, maybeSent: false, lastInboundAt, optedOut, blocked }
    },
    claimDue(account, limit, now, lease) {
      if (clock.wentBack(now)) clock.settle(now)
      const accountId = accounts.find(account)
      if (accountId === null) return []
      const taken: ClaimedDelivery[] = []
      for (const select of selectDue) {
        if (taken.length === limit) break
        for (const row of select.all(accountId, now, limit - taken.length)) taken.push(claimed(row, now, lease))
      }
      return taken
    },
    claimOne(seq, now, lease) {
      const row = selectOne.get(seq, now)
      return row === undefined ? null : claimed(row, now, lease)
    },
  }
}
