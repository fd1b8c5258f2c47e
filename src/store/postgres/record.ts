import { accountKey } from '../../core/contact.ts'
import { needsTurn, type InboundEvent } from '../../core/event.ts'
import type { Millis } from '../../core/time.ts'
import type { ClaimedTurn, Inbox, RecordResult } from '../ports.ts'
import { isSettling } from '../settling.ts'
import { SHOWN } from '../stored-events.ts'
import { claimContacts, claimedTurn } from './claims.ts'
import { byKey, columnsOf } from './columns.ts'
import type { Core } from './core.ts'
import { nameOf, Overtaken } from './errors.ts'
import { insertDeadEvent, insertEvents, knownEvents } from './event-rows.ts'
import { beginMeeting, findContacts, hear, meetContacts, writeMeetings, type Meeting } from './meetings.ts'
import { settle, type Settled } from './settlements.ts'
import type { Unit } from './unit.ts'
import type { Kind } from './writer.ts'

/** One event to be recorded. `lease`: its contact is claimed too, where nobody holds it; null: not asked for. */
interface Incoming {
  event: InboundEvent
  key: string
  now: Millis
  lease: Millis | null
}
interface Recorded {
  result: RecordResult
  claimed: ClaimedTurn | null
}

/** An event that is new, with its contact. */
interface Taken extends Incoming {
  place: number
  turn: boolean
  meeting: Meeting
}

const deliver = `
  insert into mailbox (contact_id, waiting, head, attempts, claims, claimed_by, due_at, noted_at, inbound_at, event_at)
  select id, waiting, head, attempts, claims, claimed_by, due_at, noted_at, inbound_at, event_at
  from unnest($1::bigint[], $2::integer[], $3::bigint[], $4::integer[], $5::bigint[], $6::integer[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[])
    u(id, waiting, head, attempts, claims, claimed_by, due_at, noted_at, inbound_at, event_at)
  on conflict (contact_id) do update set waiting = mailbox.waiting + excluded.waiting,
    event_at = greatest(mailbox.event_at, excluded.event_at), inbound_at = greatest(mailbox.inbound_at, excluded.inbound_at)`

/** The way in: what platforms tell us becomes rows. */
export function recording(core: Core): Pick<Inbox, 'recordEvents' | 'recordAndClaim'> {
  const { options, accounts, writer } = core

  async function record(unit: Unit, elements: readonly Incoming[]): Promise<Recorded[]> {
    const results: Recorded[] = elements.map(({ event, now }) => ({ result: event.sentAt < now - options.keysKept ? 'too_old' : 'recorded', claimed: null }))
    const current = elements.map((element, place) => ({ ...element, place })).filter(({ place }) => results[place]!.result === 'recorded')
    const said = current.filter(({ event }) => !isSettling(event))
    if (said.length > 0) {
      const taken = await take(unit, said, results)
      await write(unit, taken, results)
    }
    await settle(unit, current.flatMap(({ event, key, now }): Settled[] => (isSettling(event) ? [{ event, key, now }] : [])))
    return results
  }

  /** Decides which events are new, and for whom; notes the others in `results`. */
  async function take(unit: Unit, said: readonly (Incoming & { place: number })[], results: Recorded[]): Promise<Taken[]> {
    const keys = [...new Set(said.map(({ key }) => key))]
    const [found, known, accountIds] = await Promise.all([
      findContacts(unit, keys, said.some(({ lease }) => lease !== null)),
      knownEvents(unit, said.map(({ event }) => event.id)),
      accounts.idsOf(said.map(({ event }) => accountKey(event.contact))),
    ])
    const contacts = byKey(found, ({ contactKey }) => contactKey)
    const strangers = byKey(said.filter(({ event, key }) => !contacts.has(key) && !known.has(event.id)).toReversed(), ({ key }) => key)
    const met = await meetContacts(unit, [...strangers.values()].map(({ key, event, now }) => ({ key, contact: event.contact, now })), accountIds)
    unit.totals.contacts(met.length)
    for (const row of met) contacts.set(row.contactKey, row)
    const meetings = new Map([...contacts].map(([key, row]) => [key, beginMeeting(row)]))

    return said.flatMap((incoming): Taken[] => {
      const { event, key, now, place } = incoming
      const turn = needsTurn(event)
      const result = known.has(event.id) ? 'duplicate' : turn && (meetings.get(key)!.waiting ?? 0) >= options.waitingLimit ? 'flooded' : 'recorded'
      results[place] = { result, claimed: null }
      if (result !== 'recorded') return []
      known.add(event.id)
      const meeting = meetings.get(key)!
      hear(meeting, event, turn, now)
      unit.totals.heard(meeting.row.accountId, now)
      return [{ ...incoming, turn, meeting }]
    })
  }

  async function write(unit: Unit, taken: readonly Taken[], results: Recorded[]): Promise<void> {
    if (taken.length === 0) return
    const seqs = await insertEvents(unit, taken.map(({ event, meeting, turn, now }) =>
      ({ event, contactId: meeting.row.id, accountId: meeting.row.accountId, status: turn ? 'waiting' : 'handled', now })))
    // The same event came to another process at this moment, under another contact's lock.
    if (seqs.size < taken.length) throw new Overtaken()
    const perContact = [...Map.groupBy(taken, ({ meeting }) => meeting).values()]
    writeMeetings(unit, perContact.map(([first]) => first!.meeting))

    const deliveries = perContact.flatMap((events) => {
      const turns = events.filter(({ turn }) => turn).map((one) => ({ ...one, seq: seqs.get(one.event.id)! }))
      if (turns.length === 0) return []
      const asking = turns.find(({ lease }) => lease !== null)
      const idle = turns[0]!.meeting.row.waiting === null
      const ordered = turns.toSorted((a, b) => a.event.orderAt - b.event.orderAt || a.seq - b.seq)
      return [{ meeting: turns[0]!.meeting, turns: ordered, now: turns[0]!.now, asking, idle, claims: idle && asking !== undefined ? core.nextClaim() : 0 }]
    })
    if (deliveries.length === 0) return
    unit.send(deliver, columnsOf(
      deliveries, ({ meeting }) => meeting.row.id, ({ turns }) => turns.length, ({ claims, turns }) => (claims === 0 ? null : turns[0]!.seq), ({ claims }) => (claims === 0 ? 0 : 1),
      ({ claims }) => claims, ({ claims }) => (claims === 0 ? 0 : core.holder), ({ claims, asking, now }) => (claims === 0 ? now : asking!.now + asking!.lease!),
      ({ claims, asking, now }) => (claims === 0 ? now : asking!.now), ({ meeting }) => meeting.inboundAt, ({ meeting }) => meeting.eventAt))

    const others: { id: number; now: Millis; lease: Millis; place: number }[] = []
    for (const { meeting: { row }, turns, asking, idle, claims } of deliveries) {
      if (asking === undefined) unit.leavesWork()
      else if (idle) results[asking.place]!.claimed = claimedTurn(row, claims, 1, () => turns.slice(0, SHOWN).map(({ event }) => event))
      else if (!row.claimed) others.push({ id: row.id, now: asking.now, lease: asking.lease!, place: asking.place })
    }
    const claimed = await claimContacts(core, unit, others)
    for (const { id, place } of others) results[place]!.claimed = claimed.get(id) ?? null
  }

  const incoming: Kind<Incoming, Recorded> = {
    touches: ({ key }) => ({ key }),
    apply: record,
    /** The row cannot be kept as it is: its key and a dead row are, so that the platform need not come again and staff see it. */
    async refused(unit, { event, key, now }, cause) {
      const accountIds = await accounts.idsOf([accountKey(event.contact)])
      const [found] = await findContacts(unit, [key], false)
      const contact = found ?? (await meetContacts(unit, [{ key, contact: event.contact, now }], accountIds))[0]!
      if (found === undefined) unit.totals.contacts(1)
      const result = await insertDeadEvent(unit, event, contact, `refused: ${nameOf(cause)}`, now) ? 'recorded' : 'duplicate'
      return { result, claimed: null }
    },
  }

  const recordAll = (events: readonly InboundEvent[], now: Millis, lease: Millis | null): Promise<Recorded[]> =>
    writer.each(incoming, events.map((event) => ({ event, key: core.keyOf(event.contact), now, lease })))
  return {
    recordEvents: async (events, now) => (await recordAll(events, now, null)).map(({ result }) => result),
    async recordAndClaim(events, now, lease) {
      const recorded = await recordAll(events, now, lease)
      return { results: recorded.map(({ result }) => result), claimed: recorded.flatMap(({ claimed }) => claimed ?? []) }
    },
  }
}
