import { accountFrom, type AccountKey, type Contact } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import { json, rememberedFrom } from '../column-values.ts'
import type { ClaimedTurn, Inbox, Profile } from '../ports.ts'
import { SHOWN, eventFrom, type WaitingEvent } from '../stored-events.ts'
import type { Value } from './binding.ts'
import { claimParts, type Core } from './core.ts'
import { rowsOf, statement, type Step } from './database.ts'
import { lastInbound } from './schema.ts'

/** The columns a profile is put together from; booleans as SQLite knows them. */
export interface ProfileColumns {
  firstSeenAt: Millis
  lastInboundAt: Millis | null
  optedOut: number
  blocked: number
  remembered: string
}
export const profileColumns = `
  c.first_seen_at as firstSeenAt, ${lastInbound} as lastInboundAt, c.opted_out as optedOut, c.blocked, c.remembered`
export const profileFrom = ({ firstSeenAt, lastInboundAt, optedOut, blocked, remembered }: ProfileColumns): Profile => ({
  firstSeenAt, lastInboundAt, optedOut: optedOut === 1, blocked: blocked === 1, remembered: rememberedFrom(remembered),
})

/** What of a contact's row a claim shows. */
export interface ContactColumns extends ProfileColumns {
  id: number
  contactKey: string
  account: AccountKey
  userId: string
  version: number
  conversation: string | null
}
export const contactColumns = `c.id, c.contact_key as contactKey, c.account, c.user_id as userId, c.version, c.conversation, ${profileColumns}`
export const contactFrom = ({ account, userId }: Pick<ContactColumns, 'account' | 'userId'>): Contact => ({ ...accountFrom(account), userId })

const firstWaiting = (contactId: string): string =>
  `select e.seq from events e where e.contact_id = ${contactId} and e.status = 'waiting' order by e.order_at, e.seq limit 1`

const take = (contactIds: string): string => `update mailbox set due_at = ?1, noted_at = ?2, claims = ?3, claimed_by = ?4 where contact_id in (${contactIds})`
const taken = 'm.due_at = ?1 and m.claims = ?2'
const countAttempts = `update events set attempts = attempts + 1 where seq in (select (${firstWaiting('m.contact_id')}) from mailbox m where ${taken})`
const selectTaken = `select ${contactColumns} from mailbox m join contacts c on c.id = m.contact_id where ${taken}`
const selectWaiting = `
  select m.contact_id as contactId, e.seq, e.id, e.sent_at as sentAt, e.received_at as receivedAt, e.order_at as orderAt, e.attempts, e.body
  from mailbox m join events e on e.seq in (
    select x.seq from events x where x.contact_id = m.contact_id and x.status = 'waiting' order by x.order_at, x.seq limit ${SHOWN})
  where ${taken} order by e.order_at, e.seq`

/** Claims the contacts that `contactIds` (a select; `?2` is now, its own values from `?5` on) names and that are due. */
export function claimContacts(core: Core, contactIds: string, values: readonly Value[], now: Millis, lease: Millis): Step<ClaimedTurn[]> {
  const [claims, until] = [core.nextClaim(), now + lease]
  return {
    statements: [
      statement(take(contactIds), until, now, claims, core.holder, ...values), statement(countAttempts, until, claims), statement(selectTaken, until, claims),
      statement(selectWaiting, until, claims),
    ],
    read([, , contacts, waiting]) {
      const eventsOf = Map.groupBy(waiting as unknown as (WaitingEvent & { contactId: number })[], ({ contactId }) => contactId)
      return (contacts as unknown as ContactColumns[]).flatMap((row) => {
        const events = eventsOf.get(row.id)
        return events === undefined ? [] : [claimedTurn(row, claims, events)]
      })
    },
  }
}

/** Claims this contact, where it is due. */
export const claimContact = (core: Core, contactId: number, now: Millis, lease: Millis): Step<ClaimedTurn[]> =>
  claimContacts(core, 'select contact_id from mailbox where contact_id = ?5 and due_at <= ?2', [contactId], now, lease)

function claimedTurn(row: ContactColumns, claims: number, events: readonly WaitingEvent[]): ClaimedTurn {
  const contact = contactFrom(row)
  return {
    contact, contactKey: row.contactKey, claim: `${row.id}.${claims}`, version: row.version, attempt: events[0]!.attempts,
    conversation: json(row.conversation),
    profile: profileFrom(row), waiting: events.map((event) => eventFrom(event, contact)),
  }
}

const inOrder = (rows: string, limit: string): string => `${rows} order by due_at, contact_id limit ${limit}`
const dueOnes = (now: string, which = ''): string => `select contact_id, due_at from mailbox where due_at <= ${now}${which}`
const tried = (now: string, limit: string): string => inOrder(dueOnes(now, ' and claimed_by <> 0'), limit)
const letGo = (now: string, limit: string): string => inOrder(dueOnes(now, ' and claimed_by = 0'), limit)
/** Whose last claim ran out is among them at most `ranOut` times. */
const longestDue = (now: string, limit: string, ranOut: string): string =>
  `select contact_id from (${inOrder(`select * from (${tried(now, ranOut)}) union all select * from (${letGo(now, limit)})`, limit)})`
const renew = 'update mailbox set due_at = ?1, noted_at = ?2 where contact_id = ?3 and claims = ?4 and claimed_by <> 0 returning contact_id'

/** Claims of contacts: taking and prolonging. */
export function turnClaims(core: Core): Pick<Inbox, 'claimTurns' | 'renewTurns'> {
  const { database } = core
  return {
    async claimTurns(limit, now, lease, ranOut = limit) {
      const [, order, claimed] = await database.run(
        core.settleClock(now), rowsOf<{ contact_id: number }>(longestDue('?1', '?2', '?3'), now, limit, ranOut),
        claimContacts(core, longestDue('?2', '?5', '?6'), [limit, ranOut], now, lease))
      const place = new Map(order.map(({ contact_id: id }, n) => [`${id}`, n]))
      const placeOf = ({ claim }: ClaimedTurn): number => place.get(claim.slice(0, claim.indexOf('.')))!
      return claimed.toSorted((a, b) => placeOf(a) - placeOf(b))
    },
    async renewTurns(tokens, now, lease) {
      const held = await database.run(...tokens.map((token) => rowsOf(renew, now + lease, now, ...claimParts(token))))
      return tokens.filter((_, n) => held[n]!.length === 0)
    },
  }
}
