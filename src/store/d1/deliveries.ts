import type { AccountKey } from '../../core/contact.ts'
import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { origins } from '../origins.ts'
import type { Deliveries, FinishedDelivery } from '../ports.ts'
import { claimParts, type Core } from './core.ts'
import { both, rowsOf, statement, together, type Step } from './database.ts'
import { claimDue, claimNext } from './delivery-claims.ts'

const held = 'seq = ?1 and claims = ?2 and id = ?3'
const his = `(select contact_id from deliveries where ${held} and status = 'sending')`
const learn = `update contacts set blocked = max(blocked, ?4), opted_out = max(opted_out, ?5), last_inbound_at = iif(?6, null, last_inbound_at) where id = ${his}`
const closeWindow = `update mailbox set inbound_at = null where contact_id = ${his}`
/** The claim is good for nothing from then on: its number is another. */
const end = `
  update deliveries set status = ?4, reason = ?5, platform_message_id = ?6, due_at = null, finished_at = ?7, claims = ?8, claimed_by = 0
  where ${held} and status = 'sending' and contact_id is not null returning seq`
const putBack = `
  update deliveries set status = 'queued', due_at = ?4, noted_at = ?5, maybe_sent = ?6, claimed_by = 0
  where ${held} and status = 'sending' and contact_id is not null returning seq`
const selectDueAccounts = `
  select account from deliveries where due_at is not null and line_id is null and due_at <= ?1 group by account order by min(origin), account`
const selectCounts = `select name, count from counts where count <> 0 and name <> 'contacts' order by name`

/** The way out: what is to be sent, by whom it is claimed and how it ended. What follows from an end the triggers say. */
export function deliveries(core: Core): Deliveries {
  const { database } = core

  /** `claims`: the number the row gets when it has ended. */
  function note({ id, claim, end: ended, contact }: FinishedDelivery, now: Millis, claims: number): Step<boolean> {
    const [seq, nth] = claimParts(claim)
    const bit = (value: unknown): number => (value === true ? 1 : 0)
    const learnt = contact === undefined ? [] : [statement(learn, seq, nth, id, bit(contact.blocked), bit(contact.optedOut), bit(contact.windowClosed))]
    const closed = contact?.windowClosed === true ? [statement(closeWindow, seq, nth, id)] : []
    const noted = ended.status === 'queued'
      ? statement(putBack, seq, nth, id, ended.dueAt, now, bit(ended.maybeSent))
      : statement(end, seq, nth, id, ended.status, ended.status === 'sent' ? null : ended.reason, ended.status === 'sent' ? ended.platformMessageId : null, now, claims)
    return { statements: [...learnt, ...closed, noted], read: (answers) => answers.at(-1)!.length === 1 }
  }

  return {
    async dueAccounts(now) {
      const [, rows] = await database.run(core.settleClock(now), rowsOf<{ account: AccountKey }>(selectDueAccounts, now))
      return rows.map(({ account }) => account)
    },
    async claimDeliveries(account, limit, now, lease) {
      const [, claimed] = await database.run(core.settleClock(now), claimDue(core, account, limit, now, lease))
      return claimed
    },
    async finishDeliveries(results, now) {
      const [noted] = await database.run(together(results.map((result) => note(result, now, core.nextClaim()))))
      return noted
    },
    async finishAndClaim(results, now, lease) {
      const [ended] = await database.run(together(results.map((result) => {
        const [claims, [seq]] = [core.nextClaim(), claimParts(result.claim)]
        return both(note(result, now, claims), claimNext(core, { seq, claims }, now, lease))
      })))
      return ended.map(([noted, next]) => ({ noted, next }))
    },
    async countDeliveries() {
      return (await database.rows<{ name: string; count: number }>(selectCounts)).map(({ name, count }) => {
        const [origin, status] = name.split(' ')
        return { origin: origins[Number(origin)]!, status: status as DeliveryStatus, count }
      })
    },
  }
}
