import { accountFrom, type AccountKey } from '../../core/contact.ts'
import type { ClaimedDelivery, DeliveryStatus } from '../../core/delivery.ts'
import type { Part } from '../../core/message.ts'
import type { Millis } from '../../core/time.ts'
import { origins } from '../origins.ts'
import type { NewDelivery } from '../ports.ts'
import { columnsOf } from './columns.ts'
import type { Core } from './core.ts'
import { lastInbound } from './schema.ts'
import type { Unit } from './unit.ts'

interface DueDelivery {
  seq: number
  id: string
  contactId: number
  account: AccountKey
  origin: number
  status: DeliveryStatus
  part: string
  questionAt: Millis | null
  questionMessageId: string | null
  attempts: number
  maybeSent: boolean
  claims: number
  contactKey: string
  userId: string
  lastInboundAt: Millis | null
  optedOut: boolean
  blocked: boolean
}

/** A contact as far as a claimed delivery shows it. */
export interface Recipient {
  id: number
  account: AccountKey
  accountId: number
  contactKey: string
  userId: string
  lastInboundAt: Millis | null
  optedOut: boolean
  blocked: boolean
}

/** A delivery that is to be claimed, if it is due. */
export interface WantedDelivery { seq: number; now: Millis; lease: Millis }

// One statement per origin, so that each is one walk along the index of what is due.
const selectDue = origins.map((_, origin) => `
  select d.seq from deliveries d join contacts c on c.id = d.contact_id where d.account_id = $1 and d.origin = ${origin} and d.line_id is null and d.due_at <= $2
  order by d.due_at, d.seq limit $3 for no key update of d, c skip locked`)
const selectWanted = `
  select d.seq, d.id, d.contact_id as "contactId", a.account, d.origin, d.status, d.part, d.question_at as "questionAt", d.question_message_id as "questionMessageId",
    d.attempts, d.maybe_sent as "maybeSent", d.claims, c.contact_key as "contactKey", c.user_id as "userId", ${lastInbound} as "lastInboundAt", c.opted_out as "optedOut", c.blocked
  from unnest($1::bigint[], $2::bigint[]) with ordinality u(seq, now, place) join deliveries d on d.seq = u.seq join contacts c on c.id = d.contact_id
    join accounts a on a.id = d.account_id left join mailbox m on m.contact_id = d.contact_id
  where d.due_at <= u.now order by u.place`
const claim = `
  update deliveries d set status = 'sending', due_at = u.until, noted_at = u.now, attempts = attempts + 1, maybe_sent = maybe_sent or status = 'sending', claims = claims + 1, claimed_by = $1
  from unnest($2::bigint[], $3::bigint[], $4::bigint[]) u(seq, until, now) where d.seq = u.seq`

export const deliveryClaim = (contactId: number, seq: number, claims: number): string => `${contactId}.${seq}.${claims}`

/** A new delivery as it is handed out, under way from the start. */
export function claimedNew(to: Recipient, delivery: NewDelivery, seq: number): ClaimedDelivery {
  const { contactKey, account, lastInboundAt, optedOut, blocked } = to
  return {
    ...delivery, contactKey, account, contact: { ...accountFrom(account), userId: to.userId }, claim: deliveryClaim(to.id, seq, 1), attempt: 1, maybeSent: false,
    lastInboundAt, optedOut, blocked,
  }
}

/** Takes the account's due deliveries, passing over contacts that are locked. */
export async function claimDue(
  core: Core, unit: Unit, accountId: number, { limit, now, lease }: { limit: number; now: Millis; lease: Millis },
): Promise<ClaimedDelivery[]> {
  const due: { seq: number }[] = []
  for (const select of selectDue) {
    if (due.length === limit) break
    due.push(...await unit.rows<{ seq: number }>(select, [accountId, now, limit - due.length]))
  }
  return [...(await claimDeliveries(core, unit, due.map(({ seq }) => ({ seq, now, lease })))).values()]
}

/** Claims those that are due, whose contacts are locked; by their row, in the order they were named. */
export async function claimDeliveries(core: Core, unit: Unit, wanted: readonly WantedDelivery[]): Promise<Map<number, ClaimedDelivery>> {
  if (wanted.length === 0) return new Map()
  const terms = new Map(wanted.map((each) => [each.seq, each]))
  const rows = await unit.rows<DueDelivery>(selectWanted, columnsOf(wanted, ({ seq }) => seq, ({ now }) => now))
  if (rows.length === 0) return new Map()
  unit.send(claim, [core.holder, ...columnsOf(rows, ({ seq }) => seq, ({ seq }) => terms.get(seq)!.now + terms.get(seq)!.lease, ({ seq }) => terms.get(seq)!.now)])
  for (const { origin, status } of rows) if (status !== 'sending') unit.totals.moved(origin, status, 'sending')
  return new Map(rows.map((row) => [row.seq, claimedFrom(row)]))
}

function claimedFrom(row: DueDelivery): ClaimedDelivery {
  return {
    id: row.id, contactKey: row.contactKey, account: row.account, origin: origins[row.origin]!, part: JSON.parse(row.part) as Part, questionAt: row.questionAt,
    ...(row.questionMessageId !== null && { questionMessageId: row.questionMessageId }),
    contact: { ...accountFrom(row.account), userId: row.userId }, claim: deliveryClaim(row.contactId, row.seq, row.claims + 1), attempt: row.attempts + 1,
    maybeSent: row.maybeSent || row.status === 'sending', lastInboundAt: row.lastInboundAt, optedOut: row.optedOut, blocked: row.blocked,
  }
}
