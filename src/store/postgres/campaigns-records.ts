import type { AuditLine, CampaignRecord } from '../../core/campaign.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { asJson, json } from '../column-values.ts'
import type { Core } from './core.ts'
import type { Transaction } from './database.ts'
import { addPublications } from './campaigns-publications.ts'


/** How many lines of the log are read at a time. */
const BATCH = 500

type HeadColumns = Omit<CampaignRecord, 'content' | 'approval' | 'correction'> & { approval: string | null; correction: string | null }
export type CampaignColumns = HeadColumns & { content: string }
export type AuditColumns = AuditLine

const withoutContent = 'id, status, version, author, last_editor as "lastEditor", approval, correction, reason, changed_at as "changedAt"'
export const selectCampaigns = `select ${withoutContent}, content from campaigns`
const headFrom = (row: HeadColumns): Omit<CampaignRecord, 'content'> => ({
  ...row, approval: json(row.approval) as CampaignRecord['approval'], correction: json(row.correction) as CampaignRecord['correction'],
})
export const campaignFrom = (row: CampaignColumns): CampaignRecord => ({ ...headFrom(row), content: json(row.content) })
export const selectAudit = `
  select seq, at, who, via, why, action, campaign, status_before as before, status_after as after, approval, previous, hash from audit_lines`
export const auditFrom = (row: AuditColumns): AuditLine => ({ ...row })

const write = `
  insert into campaigns (id, status, version, content, author, last_editor, approval, correction, reason, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (id) do update set status = excluded.status, version = excluded.version, content = excluded.content, author = excluded.author,
    last_editor = excluded.last_editor, approval = excluded.approval, correction = excluded.correction, reason = excluded.reason, changed_at = excluded.changed_at`
const insertLine = `
  insert into audit_lines (seq, at, who, via, why, action, campaign, status_before, status_after, approval, previous, hash)
  select $1::bigint, $2::bigint, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text, $10::text, $11::text, $12::text`
/** Whoever writes the same number first wins; the other one's campaign has then another version, or its log another end. */
const appendLine = `${insertLine}
  where coalesce((select version from campaigns where id = $13), 0) = $14
    and coalesce((select max(seq) from audit_lines), 0) = $1 - 1
    and ($1 = 1 or (select hash from audit_lines where seq = $1 - 1) = $11)
  on conflict (seq) do nothing returning 1`
const selectHead = 'select seq, hash from audit_lines order by seq desc limit 1'
const selectStart = 'select seq - 1 as seq, previous as hash from audit_lines order by seq limit 1'
const selectLines = `${selectAudit} where seq > $1 order by seq limit ${BATCH}`
const selectOne = `${selectCampaigns} where id = $1`
const selectAll = `select ${withoutContent} from campaigns order by changed_at desc, id`

const columnsOfLine = ({ seq, at, who, via, why, action, campaign, before, after, approval, previous, hash }: AuditLine): unknown[] =>
  [seq, at, who, via, why, action, campaign, before, after, approval, previous, hash]

/** Writes the record as it is. */
export function putCampaign(transaction: Transaction, record: CampaignRecord): void {
  transaction.send(write, [
    record.id, record.status, record.version, JSON.stringify(record.content ?? null), record.author, record.lastEditor, asJson(record.approval), asJson(record.correction),
    record.reason, record.changedAt])
}
/** A line of a copy. */
export const putAuditLine = (transaction: Transaction, line: AuditLine): void => transaction.send(insertLine, columnsOfLine(line))

/** False where the log's last line is not the one before it, or the campaign's version is another (0: it is there). */
export const appendAuditLine = async (transaction: Transaction, line: AuditLine, campaign: string, expectedVersion: number): Promise<boolean> =>
  (await transaction.rows(appendLine, [...columnsOfLine(line), campaign, expectedVersion])).length === 1

/** Campaigns and their log. */
export function campaignRecords({ database, accounts }: Core): Pick<CampaignStore, 'loadCampaign' | 'listCampaigns' | 'saveCampaign' | 'auditHead' | 'auditStart' | 'auditLines'> {
  type Place = Pick<AuditLine, 'seq' | 'hash'>
  const place = ([row]: readonly Place[]): Place | null => (row === undefined || row.seq === 0 ? null : row)

  async function* auditLines(after = 0): AsyncIterable<AuditLine[]> {
    for (let last = after; ;) {
      const batch = (await database.rows<AuditColumns>(selectLines, [last])).map(auditFrom)
      if (batch.length === 0) return
      yield batch
      last = batch.at(-1)!.seq
    }
  }
  return {
    auditLines,
    async loadCampaign(id) {
      const [row] = await database.rows<CampaignColumns>(selectOne, [id])
      return row === undefined ? null : campaignFrom(row)
    },
    listCampaigns: async () => (await database.rows<HeadColumns>(selectAll)).map(headFrom),
    async saveCampaign({ record, expectedVersion, line, publications = [] }) {
      const accountIds = await accounts.idsOf(publications.map(({ account }) => account))
      return database.transaction(async (transaction) => {
        if (!await appendAuditLine(transaction, line, record.id, expectedVersion)) return 'stale'
        putCampaign(transaction, { ...record, version: expectedVersion + 1 })
        addPublications(transaction, publications, accountIds)
        return 'saved'
      })
    },
    auditHead: async () => place(await database.rows<Place>(selectHead)),
    auditStart: async () => place(await database.rows<Place>(selectStart)),
  }
}
