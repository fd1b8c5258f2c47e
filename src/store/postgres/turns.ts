import type { Millis } from '../../core/time.ts'
import type { CommittedTurn, Inbox, Turn } from '../ports.ts'
import { beginAttempt, claimContacts, putAttemptsAway } from './claims.ts'
import { byKey, columnsOf } from './columns.ts'
import { claimParts, type Core } from './core.ts'
import type { Recipient } from './delivery-claims.ts'
import { endFarewells, forgetButFarewell } from './eraser.ts'
import { turnFailures } from './failures.ts'
import type { Committing, HeldTurn } from './held-turn.ts'
import { cancelReplies } from './lanes.ts'
import { inWaves } from './locks.ts'
import { removeMailboxes } from './mailboxes.ts'
import { queueDeliveries } from './queue.ts'
import { lastEvent, lastInbound } from './schema.ts'
import { writeRecords } from './turn-records.ts'
import type { Unit } from './unit.ts'
import type { Kind } from './writer.ts'

const stale: CommittedTurn = { result: 'stale', next: null, delivery: null }

const selectHeld = `
  select u.place::integer - 1 as place, e.seq, e.received_at as "receivedAt", a.account, c.account_id as "accountId", c.user_id as "userId", m.waiting, m.head, m.attempts,
    ${lastInbound} as "lastInboundAt", ${lastEvent} as "lastEventAt", c.opted_out as "optedOut", c.blocked
  from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[]) with ordinality u(contact_id, claims, version, contact_key, event_id, place)
  join mailbox m on m.contact_id = u.contact_id and m.claims = u.claims and m.claimed_by <> 0
  join contacts c on c.id = u.contact_id and c.version = u.version and c.contact_key = u.contact_key
  join events e on e.id = u.event_id and e.contact_id = u.contact_id and e.status = 'waiting'
  join accounts a on a.id = c.account_id order by u.place`
const settleEvents = `update events e set status = 'handled', settled_at = u.now from unnest($1::bigint[], $2::bigint[]) u(seq, now) where e.seq = u.seq`
const save = `
  update contacts c set version = c.version + 1, conversation = u.conversation, last_inbound_at = u.last_inbound_at, last_event_at = u.last_event_at,
    opted_out = coalesce(u.opted_out, c.opted_out), blocked = coalesce(u.blocked, c.blocked), remembered = coalesce(u.remembered, c.remembered)
  from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::boolean[], $6::boolean[], $7::text[])
    u(id, conversation, last_inbound_at, last_event_at, opted_out, blocked, remembered) where c.id = u.id`
const leave = `
  update mailbox m set waiting = m.waiting - 1, head = u.head, attempts = u.attempts,
    claimed_by = case when u.kept then m.claimed_by else 0 end, due_at = case when u.kept then m.due_at else u.now end, noted_at = case when u.kept then m.noted_at else u.now end
  from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::boolean[], $5::bigint[]) u(id, head, attempts, kept, now) where m.contact_id = u.id`
const selectNext = `
  select u.contact_id as "contactId", e.seq, e.attempts from unnest($1::bigint[], $2::text[]) u(contact_id, id)
  join events e on e.id = u.id and e.contact_id = u.contact_id and e.status = 'waiting'`

/** What a turn comes to: committed, or failed. */
export function turnEnds(core: Core): Pick<Inbox, 'commitTurns' | 'commitAndClaim' | 'failTurn'> {
  async function commitWave(unit: Unit, wave: readonly Committing[]): Promise<CommittedTurn[]> {
    const found = await unit.rows<Omit<HeldTurn, keyof Committing>>(selectHeld, columnsOf(
      wave, ({ contactId }) => contactId, ({ claims }) => claims, ({ turn }) => turn.version, ({ turn }) => turn.contactKey, ({ turn }) => turn.eventId))
    const held = found.map((row): HeldTurn => ({ ...row, ...wave[row.place]! }))
    const results: CommittedTurn[] = wave.map(() => stale)
    if (held.length === 0) return results

    saveStates(unit, held)
    await leaveMailboxes(unit, held)
    writeRecords(unit, held)
    await cancelReplies(unit, held.flatMap(({ turn, contactId, now }) => (turn.cancelReplies === undefined ? [] : [{ contactId, reason: turn.cancelReplies, now }])))
    const erasing = held.filter(({ turn }) => turn.erase === true)
    // A time that a repetition shares: the line written before a try that failed is then that of the try that succeeds.
    for (const { turn, receivedAt } of erasing) unit.erased(turn.contactKey, receivedAt)
    await forgetButFarewell(unit, erasing)
    const deliveries = await queueDeliveries(unit, core.holder, held.map((one) =>
      ({ to: recipientOf(one), deliveries: one.turn.deliveries, now: one.now, lease: one.claim?.deliveries === true ? one.claim.lease : null })))
    await endFarewells(unit, erasing)
    const next = await claimContacts(core, unit, held.filter(wantsNext).map(({ contactId, now, claim }) => ({ id: contactId, now, lease: claim!.lease })))
    for (const { place, contactId } of held) results[place] = { result: 'committed', next: next.get(contactId) ?? null, delivery: deliveries.get(contactId) ?? null }
    return results
  }

  const commits: Kind<Committing, CommittedTurn> = {
    touches: ({ contactId }) => ({ id: contactId }),
    apply: (unit, elements) => inWaves(elements, ({ contactId }) => contactId, (wave) => commitWave(unit, wave)),
    refused: async () => ({ result: 'refused', next: null, delivery: null }),
  }
  const commitAll = (turns: readonly Turn[], now: Millis, claim: Committing['claim']): Promise<CommittedTurn[]> => core.writer.each(commits, turns.map((turn) => {
    const [contactId, claims] = claimParts(turn.claim, 2)
    return { turn, contactId, claims, now, claim }
  }))
  return {
    commitTurns: async (turns, now) => (await commitAll(turns, now, null)).map(({ result }) => result),
    commitAndClaim: commitAll,
    ...turnFailures(core),
  }
}

const wantsNext = ({ turn, waiting, claim }: HeldTurn): boolean => claim !== null && waiting > 1 && turn.keepClaim === undefined && turn.erase !== true

/** The person as this turn leaves them. */
const recipientOf = ({ turn, contactId, account, accountId, userId, lastInboundAt, optedOut, blocked }: HeldTurn): Recipient => ({
  id: contactId, contactKey: turn.contactKey, account, accountId, userId, lastInboundAt,
  optedOut: turn.erase === true ? false : turn.profile?.optedOut ?? optedOut,
  blocked: turn.profile?.blocked ?? blocked,
})

function saveStates(unit: Unit, held: readonly HeldTurn[]): void {
  unit.send(settleEvents, columnsOf(held, ({ seq }) => seq, ({ now }) => now))
  unit.send(save, columnsOf(
    held, ({ contactId }) => contactId, ({ turn }) => JSON.stringify(turn.conversation ?? null), ({ lastInboundAt }) => lastInboundAt, ({ lastEventAt }) => lastEventAt,
    ({ turn }) => turn.profile?.optedOut ?? null, ({ turn }) => turn.profile?.blocked ?? null,
    ({ turn }) => (turn.profile?.remembered === undefined ? null : JSON.stringify(turn.profile.remembered))))
}

/** The claims end, or are kept for the next event with its attempt counted; a mailbox in which nothing waits goes. */
async function leaveMailboxes(unit: Unit, held: readonly HeldTurn[]): Promise<void> {
  const [last, more] = [held.filter(({ waiting }) => waiting === 1), held.filter(({ waiting }) => waiting > 1)]
  if (last.length > 0) removeMailboxes(unit, last.map(({ contactId }) => contactId))
  if (more.length === 0) return
  const kept = more.filter(({ turn }) => turn.keepClaim !== undefined)
  const nexts = kept.length === 0 ? [] : await unit.rows<{ contactId: number; seq: number; attempts: number }>(
    selectNext, columnsOf(kept, ({ contactId }) => contactId, ({ turn }) => turn.keepClaim))
  const nextOf = byKey(nexts, ({ contactId }) => contactId)
  const left = more.map((one) => {
    const counted = one.head === one.seq ? { head: null, attempts: 0 } : one
    const next = nextOf.get(one.contactId)
    if (next === undefined) return { ...one, head: counted.head, attempts: counted.attempts, kept: false, away: [] }
    const { attempt, away } = beginAttempt(counted, next)
    return { ...one, head: next.seq, attempts: attempt, kept: true, away }
  })
  unit.send(leave, columnsOf(left, ({ contactId }) => contactId, ({ head }) => head, ({ attempts }) => attempts, ({ kept }) => kept, ({ now }) => now))
  putAttemptsAway(unit, left.flatMap(({ away }) => away))
  if (left.some((one) => !one.kept && !wantsNext(one))) unit.leavesWork()
}
