import type { AccountState } from '../channels/account-state.ts'
import { readTokenHealth, type TokenHealth } from '../channels/token-health.ts'
import { contentDue, type Content } from '../content.ts'
import { openHandovers } from '../conversation/open-handovers.ts'
import type { CampaignRecord } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import { DAY, vietnamDay, type Millis } from '../core/time.ts'
import type { Handover, Store } from '../store/ports.ts'
import { createDraftBook } from './content/drafts.ts'
import { answerWithinDays, readRequests, type DataRequest } from './personal-data.ts'
import { afterWorkingDays } from './working-days.ts'

/** What the first page tells: gathered here, drawn in `overview-page.ts`. */
export interface Overview {
  accounts: { account: AccountKey; state: AccountState; token: TokenHealth | null; lastEventAt: Millis | null }[]
  /** What staff were told of and is not over yet, by the name of its alarm: `backlog`, `silence:<account>`. */
  alarms: string[]
  deadEvents: number
  queuedDeliveries: number
  today: Day
  yesterday: Day
  needs: {
    submitted: number
    /** Sent back to whoever wrote them. */
    returned: number
    returnedDrafts: number
    running: number
    /** Stopped by a person or by too many failures: somebody decides how they go on. */
    paused: number
    /** Corrections that wait for a second person. */
    corrections: number
    waiting: number
    comments: number
    /** Requests about personal data, in the register and of those waiting: when the first must be answered by. */
    dataRequests: { count: number; dueAt: Millis | null }
    /** Past their review date, and falling due within 14 days. */
    expired: number
    due: number
    unanswered: number
    /** Changes of the content that wait for a second person. */
    drafts: number
  }
}

/** Figures of one day, without anybody's words. */
export interface Day {
  turns: number
  answered: number
  unanswered: number
  handovers: number
  helpful: number
  notHelpful: number
}

export interface OverviewPorts {
  store: Pick<Store, 'load' | 'readOutcomes' | 'listHandovers' | 'handoversAsked' | 'listEntries' | 'readEntry' | 'writeEntry' | 'listUnanswered'>
  /** All of them. */
  campaigns: () => Promise<readonly CampaignHead[]>
  /** How many comments wait for an answer. */
  comments: () => Promise<number>
  accounts: () => ReadonlyMap<AccountKey, AccountState>
  content: () => Content | null
}

/** What is asked of each campaign. */
export type CampaignHead = Pick<CampaignRecord, 'status' | 'correction'>

/** Counted up to here; beyond it the page says "hơn". */
const mostCounted = 500

export async function readOverview({ store, campaigns, comments, accounts, content }: OverviewPorts, now: Millis): Promise<Overview> {
  const [today, yesterday] = [vietnamDay(now), vietnamDay(now - DAY)]
  const [load, outcomes, waiting, alarms, unanswered, heads, requests, drafts, commented] = await Promise.all([
    store.load(now), store.readOutcomes(yesterday, today), openHandovers(store, now), store.listEntries('alarm:'),
    store.listUnanswered(mostCounted), campaigns(), readRequests(store), createDraftBook(store).list(), comments(),
  ])
  const inStatus = (wanted: CampaignHead['status']): number => heads.filter(({ status }) => status === wanted).length
  const words = content()
  const articles = words === null ? [] : contentDue(words.articles.values(), today, 14)
  return {
    accounts: await Promise.all([...accounts()].map(async ([account, state]) => ({ account, state, token: await readTokenHealth(store, account), lastEventAt: load.lastEventAt[account] ?? null }))),
    alarms: alarms.map(({ name }) => name.slice('alarm:'.length)),
    deadEvents: load.deadEvents,
    queuedDeliveries: load.queuedDeliveries,
    today: dayOf(outcomes.filter(({ day }) => day === today)),
    yesterday: dayOf(outcomes.filter(({ day }) => day === yesterday)),
    needs: {
      submitted: inStatus('submitted'),
      returned: inStatus('returned'),
      returnedDrafts: drafts.filter(({ draft }) => draft.returned !== null).length,
      running: inStatus('running'),
      paused: inStatus('paused'),
      corrections: heads.filter(({ correction }) => correction !== null && correction.confirmedBy === null).length,
      comments: commented,
      waiting: load.openHandovers,
      dataRequests: dataRequests(waiting, requests, words),
      expired: articles.filter(({ daysLeft }) => daysLeft < 0).length,
      due: articles.filter(({ daysLeft }) => daysLeft >= 0).length,
      unanswered: unanswered.length,
      drafts: drafts.filter(({ draft }) => draft.status !== 'writing').length,
    },
  }
}

type Counted = Awaited<ReturnType<Store['readOutcomes']>>[number]

function dayOf(outcomes: readonly Counted[]): Day {
  const count = (which: (outcome: Counted) => boolean): number => outcomes.reduce((sum, outcome) => sum + (which(outcome) ? outcome.count : 0), 0)
  return {
    turns: count(() => true),
    answered: count(({ status }) => status === 'answered'),
    unanswered: count(({ status }) => status === 'no_source_found'),
    handovers: count(({ handover }) => handover),
    helpful: count(({ helpful }) => helpful === 'yes'),
    notHelpful: count(({ helpful }) => helpful === 'no'),
  }
}

function dataRequests(waiting: readonly Handover[], requests: readonly DataRequest[], words: Content | null): Overview['needs']['dataRequests'] {
  const inChat = waiting.filter(({ reason }) => reason === 'erasure').map(({ askedAt }) => afterWorkingDays(askedAt, answerWithinDays, words?.province.hours.holidays ?? []))
  const due = [...inChat, ...requests.filter(({ closed }) => closed === null).map(({ dueAt }) => dueAt)]
  return { count: due.length, dueAt: due.length === 0 ? null : Math.min(...due) }
}
