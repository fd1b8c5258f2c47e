import type { Millis } from '../../core/time.ts'
import type { Upkeep } from '../ports.ts'
import type { Core } from './core.ts'
import { firstDue } from './statistics.ts'
import { sweeping } from './sweeps.ts'
import type { Kind } from './writer.ts'

interface Reviving { id: string; contactId: number; now: Millis }

const selectFirst = `select least((select min(due_at) from mailbox), (${firstDue})) as at`
const selectDead = `
  select e.id, coalesce(c.contact_key, '') as "contactKey", e.kind, e.cause, e.settled_at as at
  from events e left join contacts c on c.id = e.contact_id where e.status = 'dead' order by e.settled_at limit $1`
const selectContact = `select contact_id as "contactId" from events where id = $1 and status = 'dead' and contact_id is not null`
const revive = `
  update events set status = 'waiting', cause = null, settled_at = null, attempts = 0
  where id = $1 and contact_id = $2 and status = 'dead' and body is not null returning 1`
const waitAgain = `
  insert into mailbox (contact_id, waiting, due_at, noted_at, event_at) values ($1, 1, $2, $2, 0)
  on conflict (contact_id) do update set waiting = mailbox.waiting + 1`

/** What must be done from time to time, and what says when. */
export function upkeep(core: Core): Omit<Upkeep, 'dumpRows' | 'loadRows'> {
  const { database, writer } = core
  const revivals: Kind<Reviving, boolean> = {
    touches: ({ contactId }) => ({ id: contactId }),
    async apply(unit, elements) {
      const revived: boolean[] = []
      for (const { id, contactId, now } of elements) {
        const [event] = await unit.rows(revive, [id, contactId])
        revived.push(event !== undefined)
        if (event === undefined) continue
        unit.send(waitAgain, [contactId, now])
        unit.leavesWork()
      }
      return revived
    },
  }
  return {
    nextDueAt: async () => (await database.rows<{ at: Millis | null }>(selectFirst))[0]?.at ?? null,
    sweep: sweeping(core),
    deadEvents: (limit) => database.rows(selectDead, [limit]),
    async reviveEvent(id, now) {
      const [event] = await database.rows<{ contactId: number }>(selectContact, [id])
      return event !== undefined && writer.one(revivals, { id, contactId: event.contactId, now })
    },
  }
}
