import type { Campaign } from '../campaign/campaign.ts'
import { withTitles } from '../campaign/compose.ts'
import type { CampaignEngine, Done } from '../campaign/engine.ts'
import type { PostTemplate } from '../campaign/templates.ts'
import { auditLinesOf, editorsIn } from '../campaign/editors.ts'
import { statusOf } from '../campaign/figures.ts'
import type { StatusShape } from '../campaign/forecast.ts'
import { decideAction, type CampaignStanding } from '../campaign/life.ts'
import { contentOf, type CampaignWorld } from '../campaign/world.ts'
import type { CampaignSettings } from '../config.ts'
import type { AuditLine, CampaignRecord, CampaignStatus, PublicationRow } from '../core/campaign.ts'
import type { Clock } from '../core/time.ts'
import type { Settlement } from '../store/campaign-ports.ts'
import type { Store } from '../store/ports.ts'
import type { AccessLog } from './access-log.ts'
import { actorOf } from './campaign-common.ts'
import { placedProblems, type PlacedProblem } from './campaign-labels.ts'
import type { PictureShelf } from './campaign-pictures.ts'
import type { Planned, Plans } from './campaign-plans.ts'
import type { StaffAccount } from './staff.ts'

/** What an entry hands in for the pages of campaigns. */
export interface AnnouncingPorts {
  engine: CampaignEngine
  world: () => Promise<CampaignWorld>
  settings: Pick<CampaignSettings, 'approveVia'>
  /** What people may begin with, as it is on disk now. */
  files: () => Promise<{ templates: readonly PostTemplate[]; campaigns: readonly { campaign: Campaign }[] }>
  /** Where uploaded pictures go. */
  pictures: PictureShelf
}

export interface CampaignDeskPorts extends AnnouncingPorts {
  store: Pick<Store, 'loadCampaign' | 'listCampaigns' | 'readLedger' | 'listPublications' | 'auditLines' | 'listUncertain'>
  plans: Plans
  log: AccessLog
  now: Clock
}

/** What a person does on a campaign's page. */
export const pageActions = ['submit', 'approve', 'return', 'pause', 'resume', 'cancel'] as const
export type PageAction = (typeof pageActions)[number]

/** One line of the list. */
export interface CampaignRow {
  id: string
  name: string
  period: Campaign['period']
  status: CampaignStatus
  author: string
  reason: string | null
  /** What this person is waited for, in a few words; null: nothing. */
  need: string | null
}

/** One campaign as a person sees it. */
export interface CampaignSeen {
  record: CampaignRecord
  campaign: Campaign
  world: CampaignWorld
  /** What an approval would cover now. */
  hash: string
  /** What this person may do now; the reason is asked for afterwards. */
  may: readonly PageAction[]
  /** Why this person may not approve what waits for approval, though the role could; null otherwise. */
  notApprover: string | null
  /** Errors and warnings; empty once it has begun. */
  problems: PlacedProblem[]
  /** Null once it has begun, and where the platform rules cannot be used. */
  forecast: Planned
  /** What has changed since the approval; empty where there is none. */
  changed: string[]
  status: StatusShape
  publications: PublicationRow[]
  /** May be proposed, or waits for a second person. */
  correction: 'possible' | 'open' | 'none'
  /** Messages and publications nobody knows the end of, and has not looked at. */
  uncertain: number
  /** Oldest first. */
  lines: AuditLine[]
}

export type Progress = Pick<CampaignSeen, 'record' | 'campaign' | 'status' | 'publications'>

export type Uncertain = Awaited<ReturnType<Store['listUncertain']>>[number]

export interface CampaignDesk {
  /** The newest first, `pageSize` of them after `from`; `more`: there are older ones. */
  list(account: StaffAccount, from: number): Promise<{ rows: CampaignRow[]; more: boolean }>
  /** Null: no such campaign. */
  find(id: string, account: StaffAccount): Promise<CampaignSeen | null>
  /** `seen`: the hash that stood on the page. */
  act(id: string, action: PageAction, account: StaffAccount, why: string, seen: string): Promise<Done>
  /** How it goes, and no more: asked every few seconds while somebody watches. */
  progress(id: string): Promise<Progress | null>
  /** Rows nobody knows the end of; reading them is logged. */
  uncertain(id: string, account: StaffAccount): Promise<Uncertain[]>
  /** With its line in the campaign's log. */
  settle(id: string, settlement: Settlement, account: StaffAccount, why: string): Promise<Done>
}

export const pageSize = 50
/** Those that staff have seen stay in the store's list. */
const mostUncertain = 10_000
/** On one page; the next come when these are settled. */
const shownUncertain = 100
const planned: ReadonlySet<CampaignStatus> = new Set(['draft', 'returned', 'submitted', 'approved', 'scheduled'])

const correctable: ReadonlySet<CampaignStatus> = new Set(['running', 'paused', 'finished', 'cancelled'])
const isCorrectionOpen = ({ correction }: Pick<CampaignStanding, 'correction'>): boolean => correction !== null && correction.confirmedBy === null

export function createCampaignDesk({ store, engine, world, settings, plans, log, now }: CampaignDeskPorts): CampaignDesk {
  const refusal = (record: CampaignStanding, action: PageAction, account: StaffAccount): string | null => {
    const decided = decideAction(record, action, actorOf(account), 'lý do', settings)
    return 'refused' in decided ? decided.refused : null
  }

  function needOf(record: CampaignStanding & Pick<CampaignRecord, 'correction'>, account: StaffAccount): string | null {
    if (isCorrectionOpen(record)) {
      const decided = decideAction(record, 'confirm_correction', actorOf(account), '', settings)
      return 'to' in decided ? `Cần anh chị xác nhận ${record.correction?.kind === 'recall' ? 'thu hồi' : 'đính chính'}` : null
    }
    if (record.status === 'submitted') return refusal(record, 'approve', account) === null ? 'Cần anh chị duyệt' : null
    if (record.status === 'returned') return refusal(record, 'submit', account) === null ? 'Cần anh chị sửa' : null
    if (record.status === 'paused') return refusal(record, 'resume', account) === null ? 'Cần anh chị quyết định' : null
    return null
  }

  const unseen = async (id: string): Promise<Uncertain[]> => (await store.listUncertain(id, mostUncertain)).filter(({ settled }) => !settled)

  return {
    async list(account, from) {
      const all = await store.listCampaigns()
      const records = (await Promise.all(all.slice(from, from + pageSize).map(({ id }) => store.loadCampaign(id)))).filter((record) => record !== null)
      const waiting = records.filter((record) => record.status === 'submitted' && refusal(record, 'approve', account) === null)
      const lines = await auditLinesOf(waiting.map(({ id }) => id), store)
      const rows = records.map((record): CampaignRow => {
        const { id, status, author, reason } = record
        const { name, period } = contentOf(record)
        return { id, status, author, reason, name, period, need: needOf({ ...record, editors: editorsIn(lines.get(id) ?? []) }, account) }
      })
      return { rows, more: all.length > from + pageSize }
    },

    async find(id, account) {
      const record = await store.loadCampaign(id)
      const hash = await engine.hash(id)
      if (record === null || hash === null) return null
      const [campaign, current, isPlanned] = [contentOf(record), await world(), planned.has(record.status)]
      const publications = await store.listPublications({ campaign: id })
      const lines = (await auditLinesOf([id], store)).get(id)!
      const standing = { ...record, editors: editorsIn(lines) }
      return {
        record, campaign: withTitles(campaign, current.compose.province), world: current, hash, publications,
        may: pageActions.filter((action) => refusal(standing, action, account) === null),
        notApprover: record.status === 'submitted' && ['approver', 'admin'].includes(account.role) ? refusal(standing, 'approve', account) : null,
        problems: isPlanned ? await placedProblems(engine, campaign) : [],
        forecast: isPlanned ? await plans.of(campaign, current) : null,
        changed: record.approval !== null && (isPlanned || record.status === 'paused') ? engine.changes(record, current) : [],
        status: statusOf(record, await store.readLedger({ campaign: id }), publications),
        correction: isCorrectionOpen(record) ? 'open' : correctable.has(record.status) ? 'possible' : 'none',
        uncertain: (await unseen(id)).length + publications.filter(({ status }) => status === 'uncertain').length,
        lines,
      }
    },

    act(id, action, account, why, seen) {
      const by = { actor: actorOf(account), why }
      return action === 'approve' ? engine.approve(id, by, seen) : engine[action](id, by)
    },

    async uncertain(id, account) {
      const rows = (await unseen(id)).slice(0, shownUncertain)
      await log.append({ at: now(), who: account.name, action: 'uncertain_read', about: id, count: rows.length, reason: '' })
      return rows
    },

    settle: (id, settlement, account, why) => engine.settle(id, settlement, { actor: actorOf(account), why }),

    async progress(id) {
      const record = await store.loadCampaign(id)
      if (record === null) return null
      const publications = await store.listPublications({ campaign: id })
      return { record, campaign: withTitles(contentOf(record), (await world()).compose.province), publications, status: statusOf(record, await store.readLedger({ campaign: id }), publications) }
    },
  }
}
