import { campaignDeliveryId } from '../../core/campaign.ts'
import { dayNumber, vietnamDay } from '../../core/time.ts'
import type { CampaignStore, PlannedBatch, PlannedRow } from '../campaign-ports.ts'
import { CAMPAIGN, origins } from '../origins.ts'
import { read, type Core } from './core.ts'
import type { Facts } from './campaigns-facts.ts'

/** Fixes audiences, batch by batch. */
export function campaignPlanning(core: Core, facts: Facts): Pick<CampaignStore, 'contactFacts' | 'planBatch' | 'planProgress'> {
  const { db, writer, accounts, counts, shared } = core
  const begin = db.prepare(`
    insert into campaign_lines (campaign, post, account_id, means) select ?1, ?2, ?3, ?4 where exists (select 1 from campaigns where id = ?1 and status = 'running')
    on conflict do nothing`)
  const moveOn = db.prepare(`
    update campaign_lines set after_key = ?1, done = ?2
    where campaign = ?3 and post = ?4 and account_id = ?5 and after_key is ?6 and done = 0 and exists (select 1 from campaigns where id = ?3 and status = 'running')
    returning id`)
  const count = db.prepare('update campaign_lines set planned = planned + ? where id = ?')
  const selectContact = db.prepare('select id from contacts where contact_key = ? and account_id = ? and farewell = 0')
  const insert = db.prepare(`
    insert into deliveries (id, contact_id, account_id, origin, status, queued_at, noted_at, due_at, finished_at, reason, part, line_id, part_no)
    values (?, ?, ?, ${CAMPAIGN}, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`)
  const addToLedger = db.prepare(`
    insert into campaign_counts (line_id, day, status, reason, count, people) values (?, ?, ?, ?, ?, ?)
    on conflict do update set count = count + excluded.count, people = people + excluded.people`)
  const selectProgress = db.prepare('select after_key, done, planned from campaign_lines where campaign = ? and post = ? and account_id = ?')

  function plan(batch: PlannedBatch): 'planned' | 'stale' {
    const accountId = accounts.idOf(batch.account)
    if (batch.after === null) begin.run(batch.campaign, batch.post, accountId, batch.means)
    const line = moveOn.get(batch.upTo, batch.done ? 1 : 0, batch.campaign, batch.post, accountId, batch.after)
    if (line === undefined) return 'stale'
    const lineId = Number(line.id)
    const planned = batch.rows.filter((row) => addRow(batch, lineId, accountId, row)).length
    count.run(planned, lineId)
    return 'planned'
  }

  /** False where the contact is gone, or has its rows already. */
  function addRow({ campaign, post, now }: PlannedBatch, lineId: number, accountId: number, row: PlannedRow): boolean {
    const contact = selectContact.get(row.contactKey, accountId)
    if (contact === undefined) return false
    const { skip } = row
    const status = skip === null ? 'queued' : 'skipped'
    const parts = skip === null ? row.parts.map(shared.columnOf) : Array.from({ length: Math.max(1, row.parts.length) }, () => null)
    const added = parts.map((part, index) => insert.run(
      campaignDeliveryId(campaign, post, row.contactKey, index + 1), Number(contact.id), accountId, status, now, now,
      skip === null && index === 0 ? row.dueAt : null, skip === null ? null : now, skip, part, lineId, index + 1,
    ).changes === 1)
    const count = added.filter((isNew) => isNew).length
    if (count === 0) return false
    counts.moved(CAMPAIGN, null, status, count)
    addToLedger.run(lineId, dayNumber(vietnamDay(now)), status, skip ?? '', count, added[0] === true ? 1 : 0)
    return true
  }

  return {
    contactFacts: (account, after, limit, exceptPost) => read(() => facts.list(account, after, limit, exceptPost)),
    planBatch: (batch) => writer.run(() => plan(batch)),
    planProgress: (campaign, post, account) => read(() => {
      const accountId = accounts.find(account)
      const row = accountId === null ? undefined : selectProgress.get(campaign, post, accountId)
      return row === undefined ? null : { after: row.after_key as string | null, done: row.done === 1, planned: Number(row.planned) }
    }),
  }
}

/** Trials on staff phones. */
export function campaignTrials({ db, writer, accounts, lanes }: Core): Pick<CampaignStore, 'queueTrial'> {
  const selectContact = db.prepare('select id from contacts where contact_key = ? and account_id = ? and farewell = 0')
  const isThere = db.prepare(`select 1 from deliveries where id = ? and origin = ${origins.indexOf('staff')}`)
  return {
    queueTrial: ({ contactKey, account, ids, parts }, now) => writer.run(() => {
      const accountId = accounts.find(account)
      const contact = accountId === null ? undefined : selectContact.get(contactKey, accountId)
      if (accountId === null || contact === undefined) return 'no_contact'
      for (const [index, part] of parts.entries()) {
        const id = ids[index]!
        if (isThere.get(id) === undefined) lanes.queue({ id: Number(contact.id), accountId }, { id, origin: 'staff', part, questionAt: null }, now)
      }
      return 'queued'
    }),
  }
}
