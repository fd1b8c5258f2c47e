import type { AccountState } from '../channels/account-state.ts'
import { readTokenHealth, type TokenHealth } from '../channels/token-health.ts'
import { contentDue, type Content } from '../content.ts'
import type { CampaignStatus } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import { DAY, vietnamDay, vietnamMoment, vietnamTime, type Millis } from '../core/time.ts'
import type { Handover, Store } from '../store/ports.ts'

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
    running: number
    waiting: number
    /** Of those waiting, requests to erase data: when the first must be answered by. */
    dataRequests: { count: number; dueAt: Millis | null }
    /** Past their review date, and falling due within 14 days. */
    expired: number
    due: number
    unanswered: number
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
  store: Pick<Store, 'load' | 'readOutcomes' | 'listHandovers' | 'listEntries' | 'readEntry' | 'writeEntry' | 'listUnanswered'>
  /** Statuses of all campaigns. */
  campaigns: () => Promise<readonly CampaignStatus[]>
  accounts: () => ReadonlyMap<AccountKey, AccountState>
  content: () => Content | null
}

/** Counted up to here; beyond it the page says "hơn". */
export const mostCounted = 500

export async function readOverview({ store, campaigns, accounts, content }: OverviewPorts, now: Millis): Promise<Overview> {
  const [today, yesterday] = [vietnamDay(now), vietnamDay(now - DAY)]
  const [load, outcomes, waiting, alarms, unanswered, statuses] = await Promise.all([
    store.load(now), store.readOutcomes(yesterday, today), store.listHandovers({ open: true, limit: mostCounted }), store.listEntries('alarm:'),
    store.listUnanswered(mostCounted), campaigns(),
  ])
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
      submitted: statuses.filter((status) => status === 'submitted').length,
      running: statuses.filter((status) => status === 'running').length,
      waiting: load.openHandovers,
      dataRequests: dataRequests(waiting, words),
      expired: articles.filter(({ daysLeft }) => daysLeft < 0).length,
      due: articles.filter(({ daysLeft }) => daysLeft >= 0).length,
      unanswered: unanswered.length,
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

function dataRequests(waiting: readonly Handover[], words: Content | null): Overview['needs']['dataRequests'] {
  const asked = waiting.filter(({ reason }) => reason === 'erasure').map(({ askedAt }) => afterWorkingDays(askedAt, 2, words?.province.hours.holidays ?? []))
  return { count: asked.length, dueAt: asked.length === 0 ? null : Math.min(...asked) }
}

/** The end of the so manieth working day after `from`: Saturdays, Sundays and the province's holidays are none. */
export function afterWorkingDays(from: Millis, days: number, holidays: readonly string[]): Millis {
  let at = vietnamMoment(vietnamDay(from))
  for (let left = days; left > 0;) {
    at += DAY
    const { weekday } = vietnamTime(at)
    if (weekday !== 0 && weekday !== 6 && !holidays.includes(vietnamDay(at))) left--
  }
  return at + DAY
}
