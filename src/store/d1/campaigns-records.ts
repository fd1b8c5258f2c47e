import type { AuditLine, CampaignRecord } from '../../core/campaign.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { asJson, json } from '../column-values.ts'
import type { Core } from './core.ts'
import { guard, quiet, statement, type Row, type Statement, type Step } from './database.ts'
import { isLost } from './errors.ts'
import { addPublication } from './campaigns-publications.ts'


/** How many lines of the log are read at a time. */
const BATCH = 500

const withoutContent = 'id, status, version, author, last_editor as lastEditor, approval, correction, reason, changed_at as changedAt'
export const selectCampaigns = `select ${withoutContent}, content from campaigns`
const headFrom = ({ id, status, version, author, lastEditor, approval, correction, reason, changedAt }: Row): Omit<CampaignRecord, 'content'> =>
  ({ id, status, version, author, lastEditor, approval: json(approval), correction: json(correction), reason, changedAt }) as Omit<CampaignRecord, 'content'>
export const campaignFrom = (row: Row): CampaignRecord => ({ ...headFrom(row), content: json(row.content) })

export const selectAudit = `
  select seq, at, who, via, why, action, campaign, status_before as before, status_after as after, approval, previous, hash from audit_lines`

/** The campaign's version is `?2` (0: it is not there), and the log ends with the line before `?3`, whose hash is `?4`. */
const upToDate = `
  where coalesce((select version from campaigns where id = ?1), 0) = ?2 and coalesce((select max(seq) from audit_lines), 0) = ?3 - 1
    and (?3 = 1 or (select hash from audit_lines where seq = ?3 - 1) = ?4)`
const write = `
  insert into campaigns (id, status, version, content, author, last_editor, approval, correction, reason, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
  on conflict (id) do update set status = excluded.status, version = excluded.version, content = excluded.content, author = excluded.author,
    last_editor = excluded.last_editor, approval = excluded.approval, correction = excluded.correction, reason = excluded.reason, changed_at = excluded.changed_at`
const append = `
  insert into audit_lines (seq, at, who, via, why, action, campaign, status_before, status_after, approval, previous, hash) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)`
const selectHead = 'select seq, hash from audit_lines order by seq desc limit 1'
const selectFirst = 'select seq - 1 as seq, previous as hash from audit_lines order by seq limit 1'

/** Throws where the content is no JSON. */
export const putCampaign = (record: CampaignRecord): Statement => statement(
  write, record.id, record.status, record.version, JSON.stringify(record.content ?? null), record.author, record.lastEditor, asJson(record.approval), asJson(record.correction),
  record.reason, record.changedAt)
export const appendLine = ({ seq, at, who, via, why, action, campaign, before, after, approval, previous, hash }: AuditLine): Statement =>
  statement(append, seq, at, who, via, why, action, campaign, before, after, approval, previous, hash)
/** As `appendLine`; the batch is lost where the log ends otherwise or the campaign has another version (0: it is there). */
export const appending = (line: AuditLine, campaign: string, expectedVersion: number): [Step<null>, Step<null>] =>
  [guard(upToDate, campaign, expectedVersion, line.seq, line.previous), quiet(appendLine(line))]

/** Campaigns and their log. */
export function campaignRecords({ database }: Core): Pick<CampaignStore, 'loadCampaign' | 'listCampaigns' | 'saveCampaign' | 'auditHead' | 'auditStart' | 'auditLines'> {
  type Place = Pick<AuditLine, 'seq' | 'hash'>
  const place = async (select: string): Promise<Place | null> => {
    const [row] = await database.rows<Place>(select)
    return row === undefined || row.seq === 0 ? null : row
  }

  async function* auditLines(after = 0): AsyncIterable<AuditLine[]> {
    for (let last = after; ;) {
      const batch = await database.rows<AuditLine>(`${selectAudit} where seq > ?1 order by seq limit ${BATCH}`, last)
      if (batch.length === 0) return
      yield batch
      last = batch.at(-1)!.seq
    }
  }

  return {
    auditLines,
    auditHead: () => place(selectHead),
    auditStart: () => place(selectFirst),
    async loadCampaign(id) {
      const [row] = await database.rows<Row>(`${selectCampaigns} where id = ?1`, id)
      return row === undefined ? null : campaignFrom(row)
    },
    listCampaigns: async () => (await database.rows<Row>(`select ${withoutContent} from campaigns order by changed_at desc, id`)).map(headFrom),
    async saveCampaign({ record, expectedVersion, line, publications = [] }) {
      try {
        await database.run(
          ...appending(line, record.id, expectedVersion), quiet(putCampaign({ ...record, version: expectedVersion + 1 }), ...publications.map(addPublication)))
        return 'saved'
      } catch (error) {
        if (isLost(error)) return 'stale'
        throw error
      }
    },
  }
}
