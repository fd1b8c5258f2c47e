import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import type { FailedTurn, Inbox } from '../ports.ts'
import { claimParts, type Core } from './core.ts'
import type { Recipient } from './delivery-claims.ts'
import { closeMailboxes } from './mailboxes.ts'
import { queueDeliveries } from './queue.ts'
import type { Unit } from './unit.ts'
import type { Kind } from './writer.ts'

interface Failing { failure: FailedTurn; contactId: number; claims: number; now: Millis }

const selectHeld = `
  select m.waiting, a.account, c.account_id as "accountId", c.user_id as "userId" from mailbox m join contacts c on c.id = m.contact_id join accounts a on a.id = c.account_id
  where m.contact_id = $1 and m.claims = $2 and m.claimed_by <> 0 and c.contact_key = $3`
const release = 'update mailbox set claimed_by = 0, due_at = $2, noted_at = $3 where contact_id = $1'
const setAside = `
  update events set status = 'dead', cause = $1, settled_at = $2 where id = $3 and contact_id = $4 and status = 'waiting' returning seq`
const dropWaiting = `
  update mailbox set waiting = waiting - 1, claimed_by = 0, due_at = $2, noted_at = $2,
    attempts = case when head = $3 then 0 else attempts end, head = case when head = $3 then null else head end
  where contact_id = $1`

/** Turns that could not be handled. Rare, so one after another. */
export function turnFailures(core: Core): Pick<Inbox, 'failTurn'> {
  async function fail(unit: Unit, { failure, contactId, claims, now }: Failing): Promise<void> {
    const [held] = await unit.rows<{ waiting: number; account: AccountKey; accountId: number; userId: string }>(selectHeld, [contactId, claims, failure.contactKey])
    if (held === undefined) return
    const { then } = failure
    if ('retryAt' in then) return unit.send(release, [contactId, then.retryAt, now])
    const [event] = await unit.rows<{ seq: number }>(setAside, [failure.cause, now, failure.eventId, contactId])
    if (event === undefined) return unit.send(release, [contactId, now, now])
    if (held.waiting === 1) closeMailboxes(unit, [contactId])
    else {
      unit.send(dropWaiting, [contactId, now, event.seq])
      unit.leavesWork()
    }
    if (then.apology === undefined) return
    const to: Recipient = { ...held, id: contactId, contactKey: failure.contactKey, lastInboundAt: null, optedOut: false, blocked: false }
    await queueDeliveries(unit, core.holder, [{ to, deliveries: [then.apology], now, lease: null }])
  }

  const failures: Kind<Failing, null> = {
    touches: ({ contactId }) => ({ id: contactId }),
    async apply(unit, elements) {
      for (const element of elements) await fail(unit, element)
      return elements.map(() => null)
    },
  }
  return {
    async failTurn(failure, now) {
      const [contactId, claims] = claimParts(failure.claim, 2)
      await core.writer.one(failures, { failure, contactId, claims, now })
    },
  }
}
