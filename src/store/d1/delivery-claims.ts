import { accountFrom, type AccountKey } from '../../core/contact.ts'
import type { ClaimedDelivery } from '../../core/delivery.ts'
import type { Part } from '../../core/message.ts'
import type { Millis } from '../../core/time.ts'
import { origins } from '../origins.ts'
import type { NewDelivery } from '../ports.ts'
import { contactFrom, type ContactColumns } from './claims.ts'
import type { Core } from './core.ts'
import { statement, type Step } from './database.ts'
import { lastInbound } from './schema.ts'

/** What a claimed delivery's row and contact say. */
export interface TakenDelivery {
  seq: number
  account: AccountKey
  origin: number
  id: string
  part: string
  questionAt: number | null
  questionMessageId: string | null
  attempts: number
  maybeSent: number
  contactKey: string
  userId: string
  lastInboundAt: number | null
  optedOut: number
  blocked: number
}

const columns = `
  select d.seq, d.account, d.origin, d.id, d.part, d.question_at as questionAt, d.question_message_id as questionMessageId, d.attempts, d.maybe_sent as maybeSent,
    c.contact_key as contactKey, c.user_id as userId, ${lastInbound} as lastInboundAt, c.opted_out as optedOut, c.blocked
  from deliveries d join contacts c on c.id = d.contact_id left join mailbox m on m.contact_id = d.contact_id`

/** Claims the rows that a select of their `seq` names. What was under way before may have been sent. Values: until, now, claims, holder, and the select's own from `?5` on. */
export const takeDeliveries = (seqs: string): string => `
  update deliveries set status = 'sending', due_at = ?1, noted_at = ?2, attempts = attempts + 1, maybe_sent = max(maybe_sent, status = 'sending'), claims = ?3, claimed_by = ?4
  where seq in (${seqs})`

export function claimedFrom(row: TakenDelivery, claims: number): ClaimedDelivery {
  return {
    id: row.id, contactKey: row.contactKey, account: row.account, origin: origins[row.origin]!, part: JSON.parse(row.part) as Part, questionAt: row.questionAt,
    ...(row.questionMessageId !== null && { questionMessageId: row.questionMessageId }),
    contact: { ...accountFrom(row.account), userId: row.userId }, claim: `${row.seq}.${claims}`, attempt: row.attempts, maybeSent: row.maybeSent === 1,
    lastInboundAt: row.lastInboundAt, optedOut: row.optedOut === 1, blocked: row.blocked === 1,
  }
}

/** A delivery that was under way from the start, to its contact as the turn leaves them. */
export const claimedNew = (delivery: NewDelivery, seq: number, claims: number, to: ContactColumns): ClaimedDelivery => ({
  ...delivery, contactKey: to.contactKey, account: to.account, contact: contactFrom(to), claim: `${seq}.${claims}`, attempt: 1, maybeSent: false,
  lastInboundAt: to.lastInboundAt, optedOut: to.optedOut === 1, blocked: to.blocked === 1,
})

/** Each of them is named, so that each is one walk along the index of what is due. */
const anyOrigin = `origin in (${[...origins.keys()].join(', ')})`
const due = (now: string, account: string, limit: string): string => `
  select seq from deliveries where account = ${account} and ${anyOrigin} and line_id is null and due_at <= ${now}
  order by origin, due_at, seq limit ${limit}`
const selectDue = due('?1', '?2', '?3')
const takeDue = takeDeliveries(due('?2', '?5', '?6'))
const selectTaken = `${columns} where d.account = ?1 and d.${anyOrigin} and d.line_id is null and d.due_at = ?2 and d.claims = ?3`

/** Due deliveries of one account, the most urgent first. */
export function claimDue(core: Core, account: AccountKey, limit: number, now: Millis, lease: Millis): Step<ClaimedDelivery[]> {
  const [claims, until] = [core.nextClaim(), now + lease]
  return {
    statements: [
      statement(selectDue, now, account, limit), statement(takeDue, until, now, claims, core.holder, account, limit), statement(selectTaken, account, until, claims),
    ],
    read([order, , taken]) {
      const place = new Map(order!.map(({ seq }, n) => [seq, n]))
      const rows = taken as unknown as TakenDelivery[]
      return rows.toSorted((a, b) => place.get(a.seq)! - place.get(b.seq)!).map((row) => claimedFrom(row, claims))
    },
  }
}

/** The first of the lane in which the delivery `?5` stood, where that one has just ended (`?6`: the number it then got) and was not planned. */
const takeNext = takeDeliveries(`
  select seq from (
    select n.seq, n.due_at from deliveries ended join deliveries n on n.contact_id = ended.contact_id and n.finished_at is null and n.line_id is null and (n.origin = 2) = (ended.origin = 2)
    where ended.seq = ?5 and ended.claims = ?6 and ended.finished_at is not null and ended.line_id is null order by n.seq limit 1)
  where due_at <= ?2`)
const selectNext = `${columns} where d.contact_id = (select contact_id from deliveries where seq = ?1) and d.finished_at is null and d.claims = ?2`

/** The next of the same lane, after a delivery whose end was noted under the number `ended.claims`. */
export function claimNext(core: Core, ended: { seq: number; claims: number }, now: Millis, lease: Millis): Step<ClaimedDelivery | null> {
  const claims = core.nextClaim()
  return {
    statements: [statement(takeNext, now + lease, now, claims, core.holder, ended.seq, ended.claims), statement(selectNext, ended.seq, claims)],
    read: ([, taken = []]) => (taken[0] === undefined ? null : claimedFrom(taken[0] as unknown as TakenDelivery, claims)),
  }
}
