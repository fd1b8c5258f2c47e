import { campaignDeliveryId, type ContactFacts } from '../../core/campaign.ts'
import { vietnamDay } from '../../core/time.ts'
import { AudienceTooLarge, type CampaignStore, type PlannedBatch, type PlannedRow } from '../campaign-ports.ts'
import { belongsTo, isReachable, lineId, plannedDelivery, readCampaign, writeCampaign, type PlanLine } from './campaigns-document.ts'
import { hasGone } from './campaigns-ledger.ts'
import { accountOf, replaced, storedDelivery, type ContactDocument } from './contact-document.ts'
import type { GroupCommit } from './group-commit.ts'
import { Unit, type State } from './unit.ts'

/** Contacts one post may go to: each is a file, and figures are counted in memory. */
export const AUDIENCE_LIMIT = 2_000

/** What the deciders look at of a contact. */
export function factsOf(state: State, document: ContactDocument, exceptPost: string | null): ContactFacts {
  const { profile: { lastInboundAt, optedOut, blocked, remembered }, consents, tags } = document
  const gone = (state.index.get(document.key)?.planned ?? [])
    .filter(({ status, campaign, post }) => hasGone(status) && `${campaign}/${post}` !== exceptPost)
    .map(({ campaign, post, at }) => ({ post: `${campaign}/${post}`, day: vietnamDay(at) }))
  const campaignDay = gone.map(({ day }) => day).sort().at(-1) ?? null
  return {
    contactKey: document.key, account: accountOf(document), lastInboundAt, optedOut, blocked,
    consented: consents.findLast(({ purpose }) => purpose === 'announce')?.given ?? false,
    commune: remembered.commune ?? null, role: remembered.role ?? null, language: remembered.language ?? null, tags: [...(tags ?? [])].sort(),
    campaignDay, campaignsThatDay: new Set(gone.filter(({ day }) => day === campaignDay).map(({ post }) => post)).size,
  }
}

/** Fixes audiences, batch by batch, and lets staff try a post on their own phones. */
export function campaignPlanning(state: State, commits: GroupCommit): Pick<CampaignStore, 'contactFacts' | 'planBatch' | 'planProgress' | 'queueTrial' | 'tagContact'> {
  function plan(unit: Unit, batch: PlannedBatch): 'planned' | 'stale' {
    const campaign = readCampaign(unit, batch.campaign)
    if (campaign?.record.status !== 'running') return 'stale'
    const id = lineId(batch.post, batch.account)
    const line: PlanLine = campaign.lines.find((one) => one.id === id)
      ?? { id, post: batch.post, account: batch.account, means: batch.means, after: null, done: false, planned: 0 }
    if (line.done || line.after !== batch.after) return 'stale'
    const added = batch.rows.filter((row) => addRows(unit, batch, row)).length
    const ofPost = campaign.lines.reduce((sum, { post, planned }) => (post === batch.post ? sum + planned : sum), added)
    if (ofPost > AUDIENCE_LIMIT) throw new AudienceTooLarge(AUDIENCE_LIMIT)
    const after = { ...line, after: batch.upTo, done: batch.done, planned: line.planned + added }
    writeCampaign(unit, { ...campaign, lines: campaign.lines.some((one) => one.id === id) ? replaced(campaign.lines, after) : [...campaign.lines, after] })
    return 'planned'
  }

  /** False where the contact is gone, or has its rows already. */
  function addRows(unit: Unit, batch: PlannedBatch, { contactKey, parts, dueAt, skip }: PlannedRow): boolean {
    const document = unit.contact(contactKey)
    if (document === null || document.farewell || !belongsTo(document, batch.account)) return false
    const known = new Set(document.deliveries.map(({ id }) => id))
    const all = skip === null ? parts : Array.from({ length: Math.max(1, parts.length) }, () => null)
    const rows = all.map((part, index) => ({ id: campaignDeliveryId(batch.campaign, batch.post, contactKey, index + 1), n: index + 1, part, skip, dueAt }))
      .filter(({ id }) => !known.has(id)).map((row) => plannedDelivery(batch, row, unit.nextNumber()))
    if (rows.length > 0) unit.saveContact({ ...document, deliveries: [...document.deliveries, ...rows] })
    return rows.length > 0
  }

  return {
    contactFacts: async (account, after, limit, exceptPost) => {
      const unit = new Unit(state)
      const facts: ContactFacts[] = []
      const keys = [...state.index.entries()].filter(([key, summary]) => summary.account === account && (after === null || key > after)).map(([key]) => key).sort()
      for (const key of keys) {
        if (facts.length === limit) break
        const document = unit.contact(key)
        if (document !== null && isReachable(document)) facts.push(factsOf(state, document, exceptPost))
      }
      return facts
    },
    planBatch: (batch) => commits.run((unit) => plan(unit, batch)),
    planProgress: async (campaign, post, account) => {
      const line = readCampaign(new Unit(state), campaign)?.lines.find(({ id }) => id === lineId(post, account))
      return line === undefined ? null : { after: line.after, done: line.done, planned: line.planned }
    },
    queueTrial: ({ contactKey, account, ids, parts }, now) => commits.run((unit) => {
      const document = unit.contact(contactKey)
      if (document === null || document.farewell || !belongsTo(document, account)) return 'no_contact'
      const known = new Set([...unit.history(document).deliveries, ...document.deliveries].map(({ id }) => id))
      const rows = parts.map((part, index) => ({ id: ids[index]!, part })).filter(({ id }) => !known.has(id))
        .map(({ id, part }) => storedDelivery({ id, origin: 'staff', part, questionAt: null }, unit.nextNumber(), now))
      unit.saveContact({ ...document, deliveries: [...document.deliveries, ...rows] })
      return 'queued'
    }),
    tagContact: (contactKey, tag, given) => commits.run((unit) => {
      const document = unit.contact(contactKey)
      if (document === null || document.farewell) return false
      const others = (document.tags ?? []).filter((one) => one !== tag)
      unit.saveContact({ ...document, tags: given ? [...others, tag].sort() : others })
      return true
    }),
  }
}
