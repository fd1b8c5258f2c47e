import * as z from 'zod'
import type { AuditLine, CampaignRecord, PublicationRow } from '../../core/campaign.ts'
import { accountKey } from '../../core/contact.ts'
import type { Part } from '../../core/message.ts'
import type { PlannedBatch } from '../campaign-ports.ts'
import { auditRow, campaignRow, planRow, publicationRow, type PlanRow } from '../rows.ts'
import { plainJson, replaced, type ContactDocument, type StoredDelivery } from './contact-document.ts'
import { auditFile, campaignFile, isCampaignId } from './names.ts'
import type { Unit } from './unit.ts'

/** One campaign, its publications and how far its planning has come, in `campaigns/<id>.json`. Its deliveries stand with their contacts. */
export const campaignDocument = z.object({
  record: campaignRow,
  /** By post and account. */
  lines: z.array(planRow.omit({ campaign: true }).extend({ id: z.string() })),
  publications: z.array(publicationRow),
})
export interface CampaignDocument {
  readonly record: CampaignRecord
  readonly lines: readonly PlanLine[]
  readonly publications: readonly PublicationRow[]
}
export type PlanLine = Omit<PlanRow, 'campaign'> & { id: string }

/** A thousand lines of the log, in `audit/<number>.json`. */
export const auditDocument = z.object({ lines: z.array(auditRow.extend({ id: z.string() })) })
interface AuditDocument { readonly lines: readonly (AuditLine & { id: string })[] }

/** Null when there is none. */
export const readCampaign = (unit: Unit, id: string): CampaignDocument | null => (isCampaignId(id) ? unit.read<CampaignDocument>(campaignFile(id)) : null)

export function writeCampaign(unit: Unit, document: CampaignDocument): void {
  unit.write(campaignFile(document.record.id), document)
}

/** Makes the document when it is new. Throws `TypeError` for an id that can be no file name, or content that is not JSON. */
export function putRecord(unit: Unit, record: CampaignRecord): CampaignDocument {
  if (!isCampaignId(record.id)) throw new TypeError('not the id of a campaign')
  const known = readCampaign(unit, record.id)
  const document = { record: plainJson(record) as unknown as CampaignRecord, lines: known?.lines ?? [], publications: known?.publications ?? [] }
  writeCampaign(unit, document)
  return document
}

/** False where there is none, or `after` says null. */
export function changePublication(unit: Unit, id: string, after: (row: PublicationRow) => PublicationRow | null): boolean {
  const document = readCampaign(unit, id.slice(0, id.indexOf('/')))
  const row = document?.publications.find((one) => one.id === id)
  const changed = row === undefined ? null : after(row)
  if (document === null || changed === null) return false
  writeCampaign(unit, { ...document, publications: replaced(document.publications, changed) })
  return true
}

/** When it went up, or is to. */
export const upOrGoing = ({ publishedAt, dueAt }: PublicationRow): number => publishedAt ?? dueAt

/** In order of their ids. */
export const campaignsIn = (unit: Unit): CampaignDocument[] =>
  unit.names('campaigns').sort().map((name) => unit.read<CampaignDocument>(name)).filter((document) => document !== null)

export const lineId = (post: string, account: string): string => `${post}@${account}`

/** The log's files in order of writing. */
export const auditNames = (unit: Unit): string[] => unit.names('audit').sort()

export const auditLinesOf = (unit: Unit, name: string): AuditLine[] => (unit.read<AuditDocument>(name)?.lines ?? []).map(({ id: _, ...line }) => line)

/** Null when the log is empty. */
export function auditHeadOf(unit: Unit): AuditLine | null {
  const last = auditNames(unit).at(-1)
  return last === undefined ? null : auditLinesOf(unit, last).at(-1) ?? null
}

/** At the end of its file, whatever stands before. */
export function appendAudit(unit: Unit, line: AuditLine): void {
  const name = auditFile(line.seq)
  const before = unit.read<AuditDocument>(name)?.lines ?? []
  unit.write(name, { lines: [...before, { id: String(line.seq), ...line }] })
}

/** False where the log's last line is not the one before it, or the campaign's version is another (0: it is not there). */
export function appendNext(unit: Unit, line: AuditLine, campaign: string, expectedVersion: number): boolean {
  const head = auditHeadOf(unit)
  if ((readCampaign(unit, campaign)?.record.version ?? 0) !== expectedVersion) return false
  if (line.seq !== (head?.seq ?? 0) + 1 || (head !== null && line.previous !== head.hash)) return false
  appendAudit(unit, line)
  return true
}

/** Takes the first lines out, as many as `isOver` says one after another, at most `limit`; never the last of the log. Returns how many. */
export function dropAudit(unit: Unit, isOver: (line: AuditLine) => boolean, limit: number): number {
  const head = auditHeadOf(unit)
  let dropped = 0
  for (const name of auditNames(unit)) {
    const lines = unit.read<AuditDocument>(name)?.lines ?? []
    const stays = lines.findIndex((line, index) => dropped + index >= limit || line.seq === head?.seq || !isOver(line))
    const gone = stays < 0 ? lines.length : stays
    dropped += gone
    if (gone > 0) unit.write(name, gone === lines.length ? null : { lines: lines.slice(gone) })
    if (stays >= 0) break
  }
  return dropped
}

/** A part of a post as it stands with its contact. `n` counts from 1; only the first is due. */
export function plannedDelivery(
  { campaign, post, means, now }: PlannedBatch, of: { id: string; n: number; part: Part | null; skip: string | null; dueAt: number }, seq: number,
): StoredDelivery {
  const queued = of.skip === null
  return {
    id: of.id, origin: 'campaign', status: queued ? 'queued' : 'skipped', reason: of.skip, platformMessageId: null, receipt: null,
    part: of.part === null ? null : plainJson(of.part) as StoredDelivery['part'], questionAt: null, questionMessageId: null, attempts: 0, maybeSent: false, queuedAt: now,
    dueAt: queued && of.n === 1 ? of.dueAt : null, waitsSince: queued && of.n === 1 ? now : null, finishedAt: queued ? null : now, seq,
    planned: { campaign, post, means, n: of.n, settled: false },
  }
}

/** Whether the contact may be in an audience: no passing visitor, nobody who is being forgotten. */
export const isReachable = ({ contact, farewell }: ContactDocument): boolean => !farewell && !contact.userId.startsWith('anon:')

export const belongsTo = ({ contact }: ContactDocument, account: string): boolean => accountKey(contact) === account
