import { campaignDeliveryId } from '../../core/campaign.ts'
import type { Part } from '../../core/message.ts'
import type { CampaignStore, PlannedBatch } from '../campaign-ports.ts'
import { CAMPAIGN } from '../origins.ts'
import { factColumns, factsFrom, selectReached, type FactColumns, type Reached } from './campaigns-facts.ts'
import type { Core } from './core.ts'
import { guard, quiet, rowsOf, statement } from './database.ts'
import { isLost } from './errors.ts'
import { queueTrial } from './lanes.ts'

const ofAccount = `
  select c.id from contacts c where c.account = ?1 and c.contact_key > ?2 and c.erased_at is null and c.user_id not glob 'anon:*' order by c.contact_key limit ?3`
const selectFacts = `
  select ${factColumns} from contacts c left join mailbox m on m.contact_id = c.id where c.id in (${ofAccount}) order by c.contact_key`

const running = `exists (select 1 from campaigns where id = ?1 and status = 'running')`
const begin = `
  insert into campaign_lines (campaign, post, account, means) select ?1, ?2, ?3, ?4 where ${running} on conflict do nothing`
const line = 'campaign = ?1 and post = ?2 and account = ?3'
const atItsPlace = `from campaign_lines where ${line} and after_key is ?4 and done = 0 and ${running}`
const moveOn = `update campaign_lines set after_key = ?4, done = ?5 where ${line}`
/** `?4`: rows `[contact key, due, skip, parts]`, parts as places in the list of texts `?5`; a null place is a part without words. `?8` marks what is new. */
const insert = `
  insert into deliveries (id, contact_id, account, origin, status, queued_at, noted_at, due_at, finished_at, reason, part, line_id, part_no, claims)
  select ?6 || c.contact_key || '#' || (p.key + 1), c.id, c.account, ${CAMPAIGN}, iif(r.value ->> 2 is null, 'queued', 'skipped'), ?7, ?7,
    iif(r.value ->> 2 is null and p.key = 0, r.value ->> 1, null), iif(r.value ->> 2 is null, null, ?7), r.value ->> 2,
    (select t.value from json_each(?5) t where t.key = p.value), l.id, p.key + 1, ?8
  from json_each(?4) r join contacts c on c.contact_key = r.value ->> 0 and c.account = ?3 and c.erased_at is null
  join json_each(r.value -> 3) p join campaign_lines l on l.campaign = ?1 and l.post = ?2 and l.account = ?3
  order by r.key, p.key on conflict do nothing`
const count = `
  update campaign_lines set planned = planned + (
    select count(*) from json_each(?4) r join deliveries d on d.origin = ${CAMPAIGN} and d.id = ?5 || (r.value ->> 0) || '#1' and d.claims = ?6)
  where ${line}`
const selectProgress = 'select after_key as after, done, planned from campaign_lines where campaign = ?1 and post = ?2 and account = ?3'

/** Fixes audiences, batch by batch. */
export function campaignPlanning(core: Core): Pick<CampaignStore, 'contactFacts' | 'planBatch' | 'planProgress'> {
  const { database } = core

  async function planBatch({ campaign, post, account, means, after, upTo, done, rows, now }: PlannedBatch): Promise<'planned' | 'stale'> {
    const { texts, planned } = compact(rows)
    const prefix = campaignDeliveryId(campaign, post, '', 1).slice(0, -2)
    const by = core.nextClaim()
    try {
      await database.run(
        quiet(...(after === null ? [statement(begin, campaign, post, account, means)] : [])),
        guard(atItsPlace, campaign, post, account, after),
        quiet(
          statement(moveOn, campaign, post, account, upTo, done ? 1 : 0),
          statement(insert, campaign, post, account, planned, texts, prefix, now, by),
          statement(count, campaign, post, account, planned, prefix, by),
        ),
      )
      return 'planned'
    } catch (error) {
      if (isLost(error)) return 'stale'
      throw error
    }
  }

  return {
    planBatch,
    async contactFacts(account, after, limit, exceptPost) {
      const [rows, reached] = await database.run(
        rowsOf<FactColumns>(selectFacts, account, after ?? '', limit), rowsOf<Reached>(selectReached(ofAccount), account, after ?? '', limit))
      const reachedBy = Map.groupBy(reached, ({ contactId }) => contactId)
      return rows.map((row) => factsFrom(row, reachedBy.get(row.contactId) ?? [], exceptPost))
    },
    async planProgress(campaign, post, account) {
      const [row] = await database.rows<{ after: string | null; done: number; planned: number }>(selectProgress, campaign, post, account)
      return row === undefined ? null : { ...row, done: row.done === 1 }
    },
  }
}

/** The same parts go to thousands: their texts are sent once, as long as they are handed in as the same objects. */
function compact(rows: PlannedBatch['rows']): { texts: string; planned: string } {
  const places = new Map<Part, number>()
  const placeOf = (part: Part): number => {
    const place = places.get(part) ?? places.size
    places.set(part, place)
    return place
  }
  const planned = rows.map(({ contactKey, dueAt, skip, parts }) =>
    [contactKey, dueAt, skip, skip === null ? parts.map(placeOf) : Array.from({ length: Math.max(1, parts.length) }, () => null)])
  return { planned: JSON.stringify(planned), texts: JSON.stringify([...places.keys()].map((part) => JSON.stringify(part))) }
}

const isThere = 'select 1 from contacts where contact_key = ?1 and account = ?2 and erased_at is null'

/** Trials on staff phones. */
export const campaignTrials = ({ database }: Core): Pick<CampaignStore, 'queueTrial'> => ({
  async queueTrial({ contactKey, account, ids, parts }, now) {
    const [known] = await database.run(
      rowsOf(isThere, contactKey, account), quiet(...parts.map((part, index) => queueTrial(contactKey, account, { id: ids[index]!, part }, now))))
    return known.length === 1 ? 'queued' : 'no_contact'
  },
})
