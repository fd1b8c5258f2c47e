import { vietnamDay } from '../../core/time.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { campaignsIn } from './campaigns-document.ts'
import { idRange, isWanted, toldById } from '../recipient.ts'
import { hasGone, inOrder, ledgerCounts, ledgerOf } from './campaigns-ledger.ts'
import { AUDIENCE_LIMIT, campaignPlanning } from './campaigns-plan.ts'
import { campaignPublications, campaignRecords } from './campaigns-records.ts'
import { campaignSettlements } from './campaigns-settle.ts'
import { campaignSending } from './campaigns-sending.ts'
import type { GroupCommit } from './group-commit.ts'
import { releaseQuestion, releasedQuestions } from './outcomes.ts'
import { Unit, type State } from './unit.ts'

/** Campaigns: their records and log, their audiences, what is sent and what came of it. */
export function campaignsPort(state: State, commits: GroupCommit): CampaignStore {
  return {
    audienceLimit: AUDIENCE_LIMIT,
    ...campaignRecords(state, commits),
    ...campaignPublications(state, commits),
    ...campaignPlanning(state, commits),
    ...campaignSending(state, commits),
    ...campaignSettlements(commits),
    ...figures(state, commits),
  }
}

function figures(state: State, commits: GroupCommit): Pick<CampaignStore, 'usedAllowance' | 'readLedger' | 'reachedBy' | 'listRecipients' | 'releaseUnanswered' | 'releasedUnanswered'> {
  return {
    usedAllowance: async (means, account, span, which) => {
      const isIn = (at: number): boolean => vietnamDay(at).startsWith(span)
      const people = [...ledgerOf(state)].filter((row) => row.means === means && row.account === account && row.n === 1
        && (hasGone(row.status) ? isIn(row.at) : which !== 'gone' && row.status === 'queued' && row.dueAt !== null && isIn(row.dueAt)))
      const publications = campaignsIn(new Unit(state)).flatMap((campaign) => campaign.publications).filter((row) => row.means === means && row.account === account
        && row.status !== 'failed' && row.status !== 'skipped' && isIn(row.publishedAt ?? row.dueAt))
      return people.length + publications.length
    },
    readLedger: async (of) => {
      const counts = ledgerCounts([...ledgerOf(state)].filter((row) => !('campaign' in of) || row.campaign === of.campaign))
      return 'campaign' in of ? counts : counts.filter(({ day }) => day >= of.from && day <= of.to)
    },
    reachedBy: async (campaign, post, account, after, limit) => {
      const keys = [...ledgerOf(state)].filter((row) => row.campaign === campaign && row.post === post && row.account === account && row.contactKey !== ''
        && (row.status === 'sent' || row.status === 'uncertain') && (after === null || row.contactKey > after)).map(({ contactKey }) => contactKey)
      return [...new Set(keys)].sort().slice(0, limit)
    },
    listRecipients: async (of, after, limit) => {
      const [[from, to], wanted] = [idRange(of, after), isWanted(of)]
      return [...ledgerOf(state)].filter((row) => row.id > from && row.id < to && wanted(row)).sort(inOrder<{ id: string }>(({ id }) => [id])).slice(0, limit)
        .map(({ id, account, status, reason, at }) => ({ ...toldById(id), account, status, reason, at }))
    },
    releaseUnanswered: (id, by, now) => commits.run((unit) => releaseQuestion(unit, id, by, now)),
    releasedUnanswered: async (from, to) => releasedQuestions(new Unit(state), from, to),
  }
}
