import type { Millis } from '../../core/time.ts'
import type { ClaimedDelivery } from '../../core/delivery.ts'
import { bitOrNull } from '../column-values.ts'
import type { ClaimedTurn, CommittedTurn, FailedTurn, Inbox, Turn } from '../ports.ts'
import { claimContact, contactColumns, type ContactColumns } from './claims.ts'
import { claimParts, type Core } from './core.ts'
import { guard, quiet, rowsOf, statement, together, type Statement, type Step } from './database.ts'
import { claimedNew } from './delivery-claims.ts'
import { isLost, isUnavailable } from './errors.ts'
import { cancelReplies, queue, queueSending } from './lanes.ts'
import { recordsOf } from './turn-records.ts'

const held = `
  from mailbox m join contacts c on c.id = m.contact_id join events e on e.contact_id = c.id
  where m.contact_id = ?1 and m.claims = ?2 and m.claimed_by <> 0 and c.version = ?3 and c.contact_key = ?4 and e.id = ?5 and e.status = 'waiting'`
const save = `
  update contacts set version = version + 1, conversation = ?2, opted_out = coalesce(?3, opted_out), blocked = coalesce(?4, blocked), remembered = coalesce(?5, remembered),
    last_inbound_at = nullif(max(coalesce(last_inbound_at, 0), coalesce((select inbound_at from mailbox where contact_id = ?1), 0)), 0),
    last_event_at = max(last_event_at, (select event_at from mailbox where contact_id = ?1)) where id = ?1`
const select = `select ${contactColumns} from contacts c left join mailbox m on m.contact_id = c.id where c.id = ?1`
const release = 'update mailbox set claimed_by = 0, due_at = ?2, noted_at = ?3 where contact_id = ?1'
const waits = `from events where id = ?1 and contact_id = ?2 and status = 'waiting'`
const countAttempt = `update events set attempts = attempts + 1 where seq = (select seq ${waits})`
const releaseUnlessWaiting = `update mailbox set claimed_by = 0, due_at = ?3, noted_at = ?3 where contact_id = ?2 and not exists (select 1 ${waits})`
/** The mailbox in which this was the last goes with it (`events_settled`). */
const settleEvent = `update events set status = 'handled', settled_at = ?2 where id = ?1`
const erase = `update contacts set erased_at = ?2, conversation = null, version = 0, opted_out = 0, remembered = '{}' where id = ?1`
const endFarewell = 'delete from contacts where id = ?1 and erased_at is not null and not exists (select 1 from deliveries where contact_id = ?1 and finished_at is null)'

const holding = 'from mailbox m join contacts c on c.id = m.contact_id where m.contact_id = ?1 and m.claims = ?2 and m.claimed_by <> 0 and c.contact_key = ?3'
const setAside = `update events set status = 'dead', cause = ?3, settled_at = ?2 where id = ?1 and contact_id = ?4 and status = 'waiting'`
const ifSetAside = `and exists (select 1 from events where id = ?8 and contact_id = ?3 and status = 'dead' and settled_at = ?2)`

const stale: CommittedTurn = { result: 'stale', next: null, delivery: null }

/** What a turn comes to: committed, or failed. Each is one batch, which its claim and version must let through. */
export function turnEnds(core: Core): Pick<Inbox, 'commitTurns' | 'commitAndClaim' | 'failTurn'> {
  const { database } = core

  async function commit(turn: Turn, now: Millis, claim: { lease: Millis; deliveries: boolean } | null): Promise<CommittedTurn> {
    const [id, claims] = claimParts(turn.claim)
    try {
      const buried = turn.erase === true ? await bury(id, claims, turn) : quiet()
      if (buried === null) return stale
      const [, , [contact], , delivery, , , next] = await database.run(
        guard(held, id, claims, turn.version, turn.contactKey, turn.eventId),
        quiet(saved(id, turn)),
        rowsOf<ContactColumns>(select, id),
        settled(id, turn, now),
        queued(id, turn, now, claim?.deliveries === true ? claim.lease : null),
        quiet(...(turn.erase === true ? [statement(endFarewell, id)] : [])),
        buried,
        claim === null || turn.keepClaim !== undefined || turn.erase === true ? nobody : claimContact(core, id, now, claim.lease),
      )
      return { result: 'committed', next: next[0] ?? null, delivery: delivery?.(turn.erase === true ? { ...contact!, optedOut: 0 } : contact!) ?? null }
    } catch (error) {
      if (isLost(error)) return stale
      if (isUnavailable(error)) throw error
      return { result: 'refused', next: null, delivery: null }
    }
  }

  /** Noted outside before the batch, with a time that a repetition shares: the line of a try that fails is that of the one that succeeds. Null: the claim is lost. */
  async function bury(id: number, claims: number, { contactKey, version, eventId }: Turn): Promise<Step<null> | null> {
    const [event] = await database.rows<{ receivedAt: Millis }>(`select e.received_at as receivedAt ${held}`, id, claims, version, contactKey, eventId)
    return event === undefined ? null : core.graves.bury(contactKey, event.receivedAt)
  }

  const saved = (id: number, { conversation, profile }: Turn): Statement => statement(
    save, id, JSON.stringify(conversation ?? null), bitOrNull(profile?.optedOut), bitOrNull(profile?.blocked), profile?.remembered === undefined ? null : JSON.stringify(profile.remembered))

  /** The event, the claim, and what the turn leaves beside the conversation and the deliveries. */
  const settled = (id: number, turn: Turn, now: Millis): Step<null> => quiet(
    ...(turn.keepClaim === undefined ? [statement(release, id, now, now)] : []),
    statement(settleEvent, turn.eventId, now),
    ...(turn.keepClaim === undefined ? [] : [statement(countAttempt, turn.keepClaim, id), statement(releaseUnlessWaiting, turn.keepClaim, id, now)]),
    ...recordsOf(id, turn, now),
    ...(turn.cancelReplies === undefined ? [] : [cancelReplies(id, turn.cancelReplies, now)]),
    ...(turn.erase === true ? [statement(erase, id, now)] : []),
  )

  /** With `lease`, the first reply is claimed where its lane is free: it is shown once the contact is known. */
  function queued(id: number, { deliveries }: Turn, now: Millis, lease: Millis | null): Step<((to: ContactColumns) => ClaimedDelivery) | null> {
    const first = lease === null ? undefined : deliveries.find(({ origin }) => origin === 'reply')
    const claims = core.nextClaim()
    return {
      statements: deliveries.map((delivery) => (delivery === first ? queueSending(id, delivery, now, { until: now + lease!, claims, holder: core.holder }) : queue(id, delivery, now))),
      read(answers) {
        const [row] = first === undefined ? [] : answers[deliveries.indexOf(first)]!
        return row?.status === 'sending' ? (to) => claimedNew(first!, Number(row.seq), claims, to) : null
      },
    }
  }

  async function fail({ contactKey, claim, eventId, cause, then }: FailedTurn, now: Millis): Promise<void> {
    const [id, claims] = claimParts(claim)
    const dead = 'dead' in then
    const steps = [
      guard(holding, id, claims, contactKey),
      quiet(statement(release, id, dead ? now : then.retryAt, now)),
      quiet(...(dead ? [statement(setAside, eventId, now, cause, id)] : [])),
      quiet(...(dead && then.apology !== undefined ? [queue(id, then.apology, now, { sql: ifSetAside, values: [eventId] })] : [])),
    ]
    await database.run(together(steps)).catch((error: unknown) => {
      if (!isLost(error)) throw error
    })
  }

  async function commitAll(turns: readonly Turn[], now: Millis, claim: { lease: Millis; deliveries: boolean } | null): Promise<CommittedTurn[]> {
    const committed: CommittedTurn[] = []
    for (const turn of turns) committed.push(await commit(turn, now, claim))
    return committed
  }

  return {
    commitTurns: async (turns, now) => (await commitAll(turns, now, null)).map(({ result }) => result),
    commitAndClaim: commitAll,
    failTurn: fail,
  }
}

const nobody: Step<ClaimedTurn[]> = { statements: [], read: () => [] }
