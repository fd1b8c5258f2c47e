import type { AuditLine, CampaignRecord } from '../../core/campaign.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { asJson, json } from '../column-values.ts'
import { read, type Core } from './core.ts'
import { openPublicationRows } from './campaigns-publications.ts'

type Columns = Record<string, unknown>

/** How many lines of the log are read at a time. */
const BATCH = 500

const withoutContent = 'id, status, version, author, last_editor, approval, correction, reason, changed_at'
export const selectCampaigns = `select ${withoutContent}, content from campaigns`
const headFrom = (row: Columns): Omit<CampaignRecord, 'content'> => ({
  id: String(row.id), status: row.status as CampaignRecord['status'], version: Number(row.version), author: String(row.author), lastEditor: String(row.last_editor),
  approval: json(row.approval) as CampaignRecord['approval'], correction: json(row.correction) as CampaignRecord['correction'],
  reason: row.reason as string | null, changedAt: Number(row.changed_at),
})
export const campaignFrom = (row: Columns): CampaignRecord => ({ ...headFrom(row), content: json(row.content) })

export const selectAudit = `
  select seq, at, who, via, why, action, campaign, status_before as before, status_after as after, approval, previous, hash from audit_lines`
export const auditFrom = (row: Columns): AuditLine => ({ ...row } as unknown as AuditLine)

/** Writes rows as they are. Inside a transaction. */
export interface CampaignRows {
  put(record: CampaignRecord): void
  /** False where the log's last line is not the one before it, or the campaign's version is another (0: it is there). */
  append(line: AuditLine, campaign: string, expectedVersion: number): boolean
  /** A line of a copy. */
  load(line: AuditLine): void
}

export function openCampaignRows({ db }: Pick<Core, 'db'>): CampaignRows {
  const write = db.prepare(`
    insert into campaigns (id, status, version, content, author, last_editor, approval, correction, reason, changed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (id) do update set status = excluded.status, version = excluded.version, content = excluded.content, author = excluded.author,
      last_editor = excluded.last_editor, approval = excluded.approval, correction = excluded.correction, reason = excluded.reason, changed_at = excluded.changed_at`)
  const insertLine = `
    insert into audit_lines (seq, at, who, via, why, action, campaign, status_before, status_after, approval, previous, hash)
    select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12`
  const appendLine = db.prepare(`${insertLine}
    where coalesce((select version from campaigns where id = ?13), 0) = ?14
      and coalesce((select max(seq) from audit_lines), 0) = ?1 - 1
      and (?1 = 1 or (select hash from audit_lines where seq = ?1 - 1) = ?11)`)
  const loadLine = db.prepare(insertLine)
  const columns = ({ seq, at, who, via, why, action, campaign, before, after, approval, previous, hash }: AuditLine) =>
    [seq, at, who, via, why, action, campaign, before, after, approval, previous, hash]
  return {
    put(record) {
      write.run(
        record.id, record.status, record.version, JSON.stringify(record.content ?? null), record.author, record.lastEditor, asJson(record.approval), asJson(record.correction),
        record.reason, record.changedAt,
      )
    },
    append: (line, campaign, expectedVersion) => appendLine.run(...columns(line), campaign, expectedVersion).changes === 1,
    load: (line) => void loadLine.run(...columns(line)),
  }
}

/** Campaigns and their log. */
export function campaignRecords(core: Core): Pick<CampaignStore, 'loadCampaign' | 'listCampaigns' | 'saveCampaign' | 'auditHead' | 'auditStart' | 'auditLines'> {
  const { db, writer } = core
  const rows = openCampaignRows(core)
  const publications = openPublicationRows(core)
  const select = db.prepare(`${selectCampaigns} where id = ?`)
  const selectAll = db.prepare(`select ${withoutContent} from campaigns order by changed_at desc, id`)
  const selectHead = db.prepare('select seq, hash from audit_lines order by seq desc limit 1')
  const selectFirst = db.prepare('select seq - 1 as seq, previous as hash from audit_lines order by seq limit 1')
  const selectLines = db.prepare(`${selectAudit} where seq > ? order by seq limit ${BATCH}`)

  const place = (row: Columns | undefined) => (row === undefined || row.seq === 0 ? null : { seq: Number(row.seq), hash: String(row.hash) })

  async function* auditLines(after = 0): AsyncIterable<AuditLine[]> {
    for (let last = after; ;) {
      const batch = await read(() => selectLines.all(last).map(auditFrom))
      if (batch.length === 0) return
      yield batch
      last = batch.at(-1)!.seq
    }
  }

  return {
    auditLines,
    loadCampaign: (id) => read(() => {
      const row = select.get(id)
      return row === undefined ? null : campaignFrom(row)
    }),
    listCampaigns: () => read(() => selectAll.all().map(headFrom)),
    saveCampaign: ({ record, expectedVersion, line, publications: added = [] }) => writer.run(() => {
      if (!rows.append(line, record.id, expectedVersion)) return 'stale'
      rows.put({ ...record, version: expectedVersion + 1 })
      for (const publication of added) publications.add(publication)
      return 'saved'
    }),
    auditHead: () => read(() => place(selectHead.get())),
    auditStart: () => read(() => place(selectFirst.get())),
  }
}
