import { campaignDeliveryId } from '../../core/campaign.ts'
import type { AccountKey } from '../../core/contact.ts'
import type { CampaignStore, PlannedBatch, PlanProgress } from '../campaign-ports.ts'
import { rememberedJson } from '../column-values.ts'
import { CAMPAIGN } from '../origins.ts'
import { listFacts } from './campaigns-facts.ts'
import { columnsOf } from './columns.ts'
import type { Core } from './core.ts'
import { lockContacts } from './locks.ts'
import { queueDeliveries } from './queue.ts'
import { inUnit, type Unit } from './unit.ts'

/** A campaign that is paused at this moment waits for the batch, or the batch for it. */
const lockCampaign = `select 1 from campaigns where id = $1 and status = 'running' for share`
const begin = 'insert into campaign_lines (campaign, post, account_id, means) values ($1, $2, $3, $4) on conflict do nothing'
const moveOn = `
  update campaign_lines set after_key = $1, done = $2
  where campaign = $3 and post = $4 and account_id = $5 and after_key is not distinct from $6 and not done returning id`
const count = 'update campaign_lines set planned = planned + $1 where id = $2'
const selectContacts = 'select id, contact_key as "contactKey" from contacts where contact_key = any($1::text[]) and account_id = $2 and not farewell'
const insert = `
  insert into deliveries (id, contact_id, account_id, origin, status, queued_at, noted_at, due_at, finished_at, reason, part, line_id, part_no)
  select id, contact_id, $1, ${CAMPAIGN}, case when skip is null then 'queued' else 'skipped' end, $2, $2, due_at, case when skip is not null then $2::bigint end, skip, part, $3, part_no
  from unnest($4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::integer[]) with ordinality u(id, contact_id, due_at, skip, part, part_no, place)
  order by place on conflict do nothing returning contact_id as "contactId", status`
const selectProgress = `
  select l.after_key as after, l.done, l.planned from campaign_lines l join accounts a on a.id = l.account_id where l.campaign = $1 and l.post = $2 and a.account = $3`

/** Fixes audiences, batch by batch. */
export function campaignPlanning(core: Core): Pick<CampaignStore, 'contactFacts' | 'planBatch' | 'planProgress'> {
  const { database, accounts } = core

  async function plan(unit: Unit, accountId: number, batch: PlannedBatch): Promise<'planned' | 'stale'> {
    lockContacts(unit, batch.rows.map(({ contactKey }) => ({ key: contactKey })))
    const [running] = await unit.rows(lockCampaign, [batch.campaign])
    if (running === undefined) return 'stale'
    if (batch.after === null) unit.send(begin, [batch.campaign, batch.post, accountId, batch.means])
    const [line] = await unit.rows<{ id: number }>(moveOn, [batch.upTo, batch.done, batch.campaign, batch.post, accountId, batch.after])
    if (line === undefined) return 'stale'
    const contacts = await unit.rows<{ id: number; contactKey: string }>(selectContacts, [batch.rows.map(({ contactKey }) => contactKey), accountId])
    const rows = rowsOf(batch, new Map(contacts.map(({ id, contactKey }) => [contactKey, id])))
    const added = await unit.rows<{ contactId: number; status: 'queued' | 'skipped' }>(insert, [accountId, batch.now, line.id, ...columnsOf(
      rows, ({ id }) => id, ({ contactId }) => contactId, ({ dueAt }) => dueAt, ({ skip }) => skip, ({ part }) => part, ({ n }) => n)])
    for (const { status } of added) unit.totals.moved(CAMPAIGN, null, status)
    unit.send(count, [new Set(added.map(({ contactId }) => contactId)).size, line.id])
    return 'planned'
  }

  return {
    async contactFacts(account, after, limit, exceptPost) {
      const accountId = await accounts.find(account)
      return accountId === null ? [] : listFacts(database, accountId, after, limit, exceptPost)
    },
    async planBatch(batch) {
      const accountId = (await accounts.idsOf([batch.account])).get(batch.account)!
      return inUnit(core, 'other', (unit) => plan(unit, accountId, batch))
    },
    planProgress: async (campaign, post, account) => (await database.rows<PlanProgress>(selectProgress, [campaign, post, account]))[0] ?? null,
  }
}

/** One row for each part; who is skipped has at least one. Contacts that are gone are left out. */
function rowsOf({ campaign, post, rows }: PlannedBatch, contactIds: ReadonlyMap<string, number>) {
  const partAsJson = rememberedJson()
  return rows.flatMap(({ contactKey, parts, dueAt, skip }) => {
    const contactId = contactIds.get(contactKey)
    if (contactId === undefined) return []
    const texts = skip === null ? parts.map(partAsJson) : Array.from({ length: Math.max(1, parts.length) }, () => null)
    return texts.map((part, index) => ({
      id: campaignDeliveryId(campaign, post, contactKey, index + 1), contactId, dueAt: skip === null && index === 0 ? dueAt : null, skip, part, n: index + 1,
    }))
  })
}

const selectRecipient = `
  select c.id, c.contact_key as "contactKey", a.account, c.account_id as "accountId", c.user_id as "userId"
  from contacts c join accounts a on a.id = c.account_id where c.contact_key = $1 and a.account = $2 and not c.farewell`
const selectThere = 'select id from deliveries where origin = 1 and id = any($1::text[])'

/** Trials on staff phones. */
export function campaignTrials(core: Core): Pick<CampaignStore, 'queueTrial'> {
  return {
    queueTrial: ({ contactKey, account, ids, parts }, now) => inUnit(core, 'other', async (unit) => {
      lockContacts(unit, [{ key: contactKey }])
      const [to] = await unit.rows<{ id: number; contactKey: string; account: AccountKey; accountId: number; userId: string }>(selectRecipient, [contactKey, account])
      if (to === undefined) return 'no_contact'
      const there = new Set((await unit.rows<{ id: string }>(selectThere, [ids])).map(({ id }) => id))
      const deliveries = parts.flatMap((part, index) => (there.has(ids[index]!) ? [] : [{ id: ids[index]!, origin: 'staff' as const, part, questionAt: null }]))
      await queueDeliveries(unit, core.holder, [{ to: { ...to, lastInboundAt: null, optedOut: false, blocked: false }, deliveries, now, lease: null }])
      return 'queued'
    }),
  }
}
