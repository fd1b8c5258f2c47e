import type { PublicationRow } from '../../core/campaign.ts'
import { vietnamDay, type Millis } from '../../core/time.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { appendNext, auditHeadOf, auditLinesOf, auditNames, campaignsIn, changePublication, putRecord, upOrGoing, writeCampaign, readCampaign } from './campaigns-document.ts'
import { inOrder } from './campaigns-ledger.ts'
import type { GroupCommit } from './group-commit.ts'
import { Unit, type State } from './unit.ts'

/** Campaigns and their log. */
export function campaignRecords(state: State, commits: GroupCommit): Pick<CampaignStore, 'loadCampaign' | 'listCampaigns' | 'saveCampaign' | 'auditHead' | 'auditStart' | 'auditLines'> {
  async function* auditLines(after = 0) {
    for (const name of auditNames(new Unit(state))) {
      const lines = auditLinesOf(new Unit(state), name).filter(({ seq }) => seq > after)
      if (lines.length > 0) yield lines
    }
  }
  return {
    auditLines,
    loadCampaign: async (id) => {
      const document = readCampaign(new Unit(state), id)
      return document === null ? null : structuredClone(document.record)
    },
    listCampaigns: async () => campaignsIn(new Unit(state))
      .map(({ record: { content: _, ...head } }) => structuredClone(head))
      .sort((a, b) => b.changedAt - a.changedAt || (a.id < b.id ? -1 : 1)),
    saveCampaign: ({ record, expectedVersion, line, publications = [] }) => commits.run((unit) => {
      if (!appendNext(unit, line, record.id, expectedVersion)) return 'stale'
      const document = putRecord(unit, { ...record, version: expectedVersion + 1 })
      const known = new Set(document.publications.map(({ id }) => id))
      writeCampaign(unit, { ...document, publications: [...document.publications, ...structuredClone(publications.filter(({ id }) => !known.has(id)))] })
      return 'saved'
    }),
    auditHead: async () => {
      const head = auditHeadOf(new Unit(state))
      return head === null ? null : { seq: head.seq, hash: head.hash }
    },
    auditStart: async () => {
      const unit = new Unit(state)
      const name = auditNames(unit)[0]
      const first = name === undefined ? undefined : auditLinesOf(unit, name)[0]
      return first === undefined || first.seq === 1 ? null : { seq: first.seq - 1, hash: first.previous }
    },
  }
}

/** Page posts, articles and broadcasts. Who is at work on one is known only in memory: a restart frees all. */
export function campaignPublications(state: State, commits: GroupCommit): Pick<CampaignStore, 'claimPublications' | 'notePublication' | 'correctPublication' | 'listPublications'> {
  const { publicationLeases, index } = state
  const isDue = (row: PublicationRow, now: Millis): boolean =>
    (row.status === 'planned' || row.status === 'publishing') && row.dueAt <= now && !index.isHeld(publicationLeases.of(row.id), now)

  return {
    claimPublications: (now, lease, limit) => commits.run((unit) => {
      index.see(now)
      const due = campaignsIn(unit).filter(({ record }) => record.status === 'running').flatMap(({ publications }) => publications).filter((row) => isDue(row, now))
      return due.sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1)).slice(0, limit).map((row) => {
        changePublication(unit, row.id, (before) => ({ ...before, status: 'publishing' }))
        return { ...structuredClone(row), status: 'publishing' as const, claim: unit.claimPublication(row.id, now, now + lease), maybePublished: row.status === 'publishing' }
      })
    }),
    notePublication: (id, claim, { status, platformIds, publishedAt, reason, dueAt }, final) => commits.run((unit) => {
      if (!publicationLeases.holds(id, claim)) return false
      if (final) unit.releasePublication(id)
      return changePublication(unit, id, (row) => ({
        ...row, status: status ?? row.status, platformIds: platformIds === undefined ? row.platformIds : { ...platformIds }, publishedAt: publishedAt ?? row.publishedAt,
        reason: reason === undefined ? row.reason : reason, dueAt: dueAt ?? row.dueAt,
      }))
    }),
    correctPublication: (id, { status, reason }) => commits.run((unit) => changePublication(unit, id, (row) => (['published', 'edited', 'uncertain'].includes(row.status) ? { ...row, status, reason } : null))),
    listPublications: async (of) => {
      const all = campaignsIn(new Unit(state)).flatMap(({ publications }) => publications)
      const isWanted = (row: PublicationRow): boolean =>
        ('campaign' in of ? row.campaign === of.campaign : vietnamDay(upOrGoing(row)) >= of.from && vietnamDay(upOrGoing(row)) <= of.to)
      return structuredClone(all.filter(isWanted)).sort(inOrder((row) => [row.campaign, row.post, row.account]))
    },
  }
}
