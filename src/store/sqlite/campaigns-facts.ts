import type { ContactFacts } from '../../core/campaign.ts'
import type { AccountKey } from '../../core/contact.ts'
import { vietnamDay, type Millis } from '../../core/time.ts'
import { rememberedFrom } from '../column-values.ts'
import type { Core } from './core.ts'
import { hotQuery } from './hot.ts'
import type { Lines } from './campaigns-lines.ts'
import { lastInbound } from './schema.ts'

/** What the deciders look at of a contact, as it stands at this moment. */
export interface Facts {
  /** Of an account, in the order of contact key. `after` null: from the first. */
  list(account: AccountKey, after: string | null, limit: number, exceptPost: string | null): ContactFacts[]
  /** Of one contact; null when there is none. */
  of(contactId: number, account: AccountKey, exceptPost: string): ContactFacts | null
}

interface FactColumns { id: number; contactKey: string; lastInboundAt: Millis | null; optedOut: number; blocked: number; remembered: string; consented: number | null; tags: string | null }

const columns = `
  select c.id, c.contact_key, ${lastInbound}, c.opted_out, c.blocked, c.remembered,
    (select o.given from consents o where o.contact_id = c.id and o.purpose = 'announce' order by o.seq desc limit 1),
    iif(exists (select 1 from contact_tags where contact_id = c.id), (select json_group_array(tag order by tag) from contact_tags where contact_id = c.id), null)
  from contacts c left join mailbox m on m.contact_id = c.id`

const columnsFrom = (
  id: number, contactKey: string, lastInboundAt: number | null, optedOut: number, blocked: number, remembered: string, consented: number | null, tags: string | null,
): FactColumns => ({ id, contactKey, lastInboundAt, optedOut, blocked, remembered, consented, tags })

export function openFacts({ db, accounts }: Pick<Core, 'db' | 'accounts'>, lines: Lines): Facts {
  const selectMany = hotQuery(db, `
    ${columns} where c.account_id = ? and c.contact_key > ? and c.farewell = 0 and c.user_id not glob 'anon:*' order by c.contact_key limit ?`, columnsFrom)
  const selectOne = hotQuery(db, `${columns} where c.id = ?`, columnsFrom)
  const selectReached = hotQuery(
    db, `
    select line_id, coalesce(finished_at, noted_at) from deliveries
    where contact_id = ? and line_id is not null and status in ('sending', 'sent', 'uncertain') order by coalesce(finished_at, noted_at) desc`,
    (lineId: number, at: number) => ({ lineId, at }),
  )

  /** The last day on which posts other than this one went or may have gone, and how many. */
  function lastDay(contactId: number, exceptPost: string | null): Pick<ContactFacts, 'campaignDay' | 'campaignsThatDay'> {
    let day: string | null = null
    const posts = new Set<string>()
    for (const { lineId, at } of selectReached.all(contactId)) {
      const line = lines.of(lineId)
      const post = `${line.campaign}/${line.post}`
      if (post === exceptPost) continue
      day ??= vietnamDay(at)
      if (vietnamDay(at) !== day) break
      posts.add(post)
    }
    return { campaignDay: day, campaignsThatDay: posts.size }
  }

  function factsFrom(row: FactColumns, account: AccountKey, exceptPost: string | null): ContactFacts {
    const remembered = rememberedFrom(row.remembered)
    return {
      contactKey: row.contactKey, account, lastInboundAt: row.lastInboundAt, optedOut: row.optedOut === 1, blocked: row.blocked === 1, consented: row.consented === 1,
      commune: remembered.commune ?? null, role: remembered.role ?? null, language: remembered.language ?? null,
      tags: row.tags === null ? [] : JSON.parse(row.tags) as string[], ...lastDay(row.id, exceptPost),
    }
  }

  return {
    list(account, after, limit, exceptPost) {
      const accountId = accounts.find(account)
      return accountId === null ? [] : selectMany.all(accountId, after ?? '', limit).map((row) => factsFrom(row, account, exceptPost))
    },
    of(contactId, account, exceptPost) {
      const row = selectOne.get(contactId)
      return row === undefined ? null : factsFrom(row, account, exceptPost)
    },
  }
}
