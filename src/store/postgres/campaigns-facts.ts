import type { ContactFacts } from '../../core/campaign.ts'
import type { AccountKey } from '../../core/contact.ts'
import { vietnamDay, type Millis } from '../../core/time.ts'
import { profileColumns, profileFrom, type ProfileColumns } from './claims.ts'

import type { Transaction } from './database.ts'

interface FactColumns extends ProfileColumns { id: number; contactKey: string; account: AccountKey; consented: boolean | null; tags: string[] }
interface Reached { contactId: number; post: string; at: Millis }

const columns = `
  select c.id, c.contact_key as "contactKey", a.account, ${profileColumns},
    (select o.given from consents o where o.contact_id = c.id and o.purpose = 'announce' order by o.seq desc limit 1) as consented,
    array(select tag from contact_tags where contact_id = c.id order by tag) as tags
  from contacts c join accounts a on a.id = c.account_id left join mailbox m on m.contact_id = c.id`
const selectMany = `
  ${columns} where c.account_id = $1 and c.contact_key > $2 and not c.farewell and not starts_with(c.user_id, 'anon:') order by c.contact_key limit $3`
const selectThese = `${columns} where c.id = any($1::bigint[])`
/** Posts that went, may have gone or are going to them, the last first. */
const selectReached = `
  select u.id as "contactId", l.campaign || '/' || l.post as post, coalesce(d.finished_at, d.noted_at) as at
  from unnest($1::bigint[]) u(id) join deliveries d on d.contact_id = u.id and d.line_id is not null and d.status in ('sending', 'sent', 'uncertain')
  join campaign_lines l on l.id = d.line_id order by u.id, coalesce(d.finished_at, d.noted_at) desc`

/** What the deciders look at of a contact, as it stands at this moment, but for the post that is asked about. */
export type FactsOf = (exceptPost: string | null) => ContactFacts

/** Of an account, in the order of contact key. `after` null: from the first. */
export async function listFacts(transaction: Pick<Transaction, 'rows'>, accountId: number, after: string | null, limit: number, exceptPost: string | null): Promise<ContactFacts[]> {
  const rows = await transaction.rows<FactColumns>(selectMany, [accountId, after ?? '', limit])
  return (await withReached(transaction, rows)).map(({ facts }) => facts(exceptPost))
}

/** By the contact's row. */
export async function factsOf(transaction: Pick<Transaction, 'rows'>, contactIds: readonly number[]): Promise<Map<number, FactsOf>> {
  const rows = await transaction.rows<FactColumns>(selectThese, [contactIds])
  return new Map((await withReached(transaction, rows)).map(({ id, facts }) => [id, facts]))
}

async function withReached(transaction: Pick<Transaction, 'rows'>, rows: readonly FactColumns[]): Promise<{ id: number; facts: FactsOf }[]> {
  const reached = Map.groupBy(await transaction.rows<Reached>(selectReached, [rows.map(({ id }) => id)]), ({ contactId }) => contactId)
  return rows.map((row) => ({ id: row.id, facts: (exceptPost) => factsFrom(row, reached.get(row.id) ?? [], exceptPost) }))
}

function factsFrom(row: FactColumns, reached: readonly Reached[], exceptPost: string | null): ContactFacts {
  const { lastInboundAt, optedOut, blocked, remembered } = profileFrom(row)
  return {
    contactKey: row.contactKey, account: row.account, lastInboundAt, optedOut, blocked, consented: row.consented === true,
    commune: remembered.commune ?? null, role: remembered.role ?? null, language: remembered.language ?? null, tags: row.tags, ...lastDay(reached, exceptPost),
  }
}

/** The last day on which posts other than this one went or may have gone, and how many. */
function lastDay(reached: readonly Reached[], exceptPost: string | null): Pick<ContactFacts, 'campaignDay' | 'campaignsThatDay'> {
  const others = reached.filter(({ post }) => post !== exceptPost)
  const campaignDay = others[0] === undefined ? null : vietnamDay(others[0].at)
  return { campaignDay, campaignsThatDay: new Set(others.filter(({ at }) => vietnamDay(at) === campaignDay).map(({ post }) => post)).size }
}
