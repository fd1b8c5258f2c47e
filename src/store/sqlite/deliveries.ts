import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import { CAMPAIGN, origins } from '../origins.ts'
import type { Deliveries, FinishedDelivery } from '../ports.ts'
import { claimParts, read, type Core } from './core.ts'
import { openDeliveryClaims } from './delivery-claims.ts'
import { openParts, type PlannedPart } from './campaigns-parts.ts'
import { openEraser } from './eraser.ts'
import { hotQuery } from './hot.ts'
import { inLedger } from './schema.ts'

/** A delivery whose claim is good. */
interface HeldDelivery {
  contactId: number
  origin: number
  farewell: boolean
  /** Something else to this contact is not final. */
  others: boolean
  /** Null: it was not planned. */
  planned: PlannedPart | null
}

/** The way out: what is to be sent, by whom it is claimed and how it ended. */
export function deliveries(core: Core): Deliveries {
  const { db, writer, counts, lanes, accounts, clock } = core
  const eraser = openEraser(core)
  const claims = openDeliveryClaims(core)
  const parts = openParts(db, counts)
  // One statement per origin: SQLite would prepare one with `origin = ?` again at each call, because of the partial indexes.
  const selectAnyDue = origins.map((_, origin) => db.prepare(`select 1 from deliveries where account_id = ? and origin = ${origin} and line_id is null and due_at <= ? limit 1`))
  const selectHeld = hotQuery(
    db, `
    select d.contact_id, d.origin, c.farewell,
      exists (select 1 from deliveries n where n.contact_id = d.contact_id and n.finished_at is null and n.seq <> d.seq) as others,
      d.line_id, d.part_no
    from deliveries d join contacts c on c.id = d.contact_id where d.seq = ? and d.claims = ? and d.id = ? and d.status = 'sending'`,
    (contactId: number, origin: number, farewell: number, others: number, lineId: number | null, n: number): HeldDelivery =>
      ({ contactId, origin, farewell: farewell === 1, others: others === 1, planned: lineId === null ? null : { contactId, lineId, n } }),
  )
  // What it quoted is of no more use, and makes room for the platform's id: a row that grows where it stands splits its page.
  const endings = (ledger: string) => ({
    finish: db.prepare(`
      update deliveries set ${ledger} status = ?, reason = ?, platform_message_id = ?, question_message_id = null, due_at = null, finished_at = ? where seq = ?`),
    putBack: db.prepare(`update deliveries set ${ledger} status = 'queued', due_at = ?, noted_at = ?, maybe_sent = ? where seq = ?`),
  })
  const [ofPlanned, ofOthers] = [endings(`${inLedger},`), endings('')]
  const learn = db.prepare(`
    update contacts set blocked = max(blocked, ?1), opted_out = max(opted_out, ?2), last_inbound_at = iif(?3, null, last_inbound_at) where id = ?4`)
  const closeWindow = db.prepare('update mailbox set inbound_at = null where contact_id = ?')

  /** `next`: the one of the same lane that is due now because of it. */
  function note({ id, claim: token, end, contact }: FinishedDelivery, now: Millis): { noted: boolean; next: number | null } {
    const { row: seq, claims: nth } = claimParts(token)
    const held = selectHeld.get(seq, nth, id)
    if (held === undefined) return { noted: false, next: null }
    counts.moved(held.origin, 'sending', end.status)
    if (contact !== undefined) learn.run(contact.blocked ? 1 : 0, contact.optedOut ? 1 : 0, contact.windowClosed ? 1 : 0, held.contactId)
    if (contact?.windowClosed === true) closeWindow.run(held.contactId)
    const { finish, putBack } = held.planned === null ? ofOthers : ofPlanned
    if (end.status === 'queued') {
      putBack.run(end.dueAt, now, end.maybeSent ? 1 : 0, seq)
      return { noted: true, next: null }
    }
    const [reason, platformMessageId] = end.status === 'sent' ? [null, end.platformMessageId] : [end.reason, null]
    finish.run(end.status, reason, platformMessageId, now, seq)
    if (held.planned !== null) {
      parts.goOn(held.planned, end.status, reason, now)
      return { noted: true, next: null }
    }
    if (held.others) return { noted: true, next: lanes.advance(held.contactId, held.origin === CAMPAIGN, now) }
    if (held.farewell) eraser.endFarewell(held.contactId, now)
    return { noted: true, next: null }
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
    claimDeliveries: (account, limit, now, lease) => writer.run(() => claims.claimDue(account, limit, now, lease)),
    finishDeliveries: (results, now) => writer.each(results, (result) => note(result, now).noted),
    finishAndClaim: (results, now, lease) => writer.each(results, (result) => {
      const { noted, next } = note(result, now)
      return { noted, next: next === null ? null : claims.claimOne(next, now, lease) }
    }),
    countDeliveries: () => read(() => counts.all()),
  }
}
