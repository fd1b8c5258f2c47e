import type { ContactFacts } from '../../core/campaign.ts'
import type { AccountKey } from '../../core/contact.ts'
import { vietnamDay, type Millis } from '../../core/time.ts'
import { rememberedFrom } from '../column-values.ts'
import { lastInbound } from './schema.ts'

/** The columns that facts are put together from. */
export interface FactColumns {
  contactId: number
  contactKey: string
  account: AccountKey
  lastInboundAt: Millis | null
  optedOut: number
  blocked: number
  remembered: string
  consented: number | null
  tags: string
}
export const factColumns = `
  c.id as contactId, c.contact_key as contactKey, c.account, ${lastInbound} as lastInboundAt, c.opted_out as optedOut, c.blocked, c.remembered,
  (select o.given from consents o where o.contact_id = c.id and o.purpose = 'announce' order by o.seq desc limit 1) as consented,
  (select json_group_array(tag order by tag) from contact_tags where contact_id = c.id) as tags`

/** A planned delivery that went, goes or may have gone to a contact. */
export interface Reached { contactId: number; post: string; at: Millis }
/** Of the contacts that `contactIds` (a select) names, the last first. */
export const selectReached = (contactIds: string): string => `
  select d.contact_id as contactId, l.campaign || '/' || l.post as post, coalesce(d.finished_at, d.noted_at) as at
  from deliveries d join campaign_lines l on l.id = d.line_id
  where d.contact_id in (${contactIds}) and d.line_id is not null and d.status in ('sending', 'sent', 'uncertain') order by coalesce(d.finished_at, d.noted_at) desc`

/** The last day on which posts other than this one went or may have gone, and how many. */
function lastDay(reached: readonly Reached[], exceptPost: string | null): Pick<ContactFacts, 'campaignDay' | 'campaignsThatDay'> {
  const others = reached.filter(({ post }) => post !== exceptPost)
  const day = others[0] === undefined ? null : vietnamDay(others[0].at)
  return { campaignDay: day, campaignsThatDay: new Set(others.filter(({ at }) => vietnamDay(at) === day).map(({ post }) => post)).size }
}

/** `reached`: of this contact, the last first. */
export function factsFrom(row: FactColumns, reached: readonly Reached[], exceptPost: string | null): ContactFacts {
  const { commune = null, role = null, language = null } = rememberedFrom(row.remembered)
  return {
    contactKey: row.contactKey, account: row.account, lastInboundAt: row.lastInboundAt, optedOut: row.optedOut === 1, blocked: row.blocked === 1, consented: row.consented === 1,
    commune, role, language, tags: JSON.parse(row.tags) as string[], ...lastDay(reached, exceptPost),
  }
}
