import type { Store, StoreRow } from '../../src/store/ports.ts'

/**
 * A campaign report counted by hand: from the rows of a dump, one by one. Shares nothing with the program but the rows: days,
 * spans, sums and orders are worked out anew, so that a mistake in the report cannot hide in its own test.
 */

interface Days { from: string; to: string }
interface Tally { people: number; sent: number; failed: number; uncertain: number; skipped: number; waiting: number; skippedBy: Record<string, number>; failedBy: Record<string, number> }
type Row = Record<string, unknown>

/** Everything the store keeps, in memory. */
export async function allRows(store: Pick<Store, 'dumpRows'>): Promise<StoreRow[]> {
  const rows: StoreRow[] = []
  for await (const row of store.dumpRows({ withSecrets: false })) rows.push(row)
  return rows
}

/** What `campaign report` must say of these days; nothing of the dump may be under way. */
export function recount(rows: readonly StoreRow[], period: Days) {
  const before = daysBefore(period)
  const [totals, totalsBefore, followedUp, followedUpBefore] = [emptyTally(), emptyTally(), emptyTally(), emptyTally()]
  const byFollowUp = new Map<string, Row & Tally>()
  const followUps = new Set(rows.flatMap(({ table, row }) => (table === 'campaign' && 'followUp' in (row['content'] as Row) ? [String(row['id'])] : [])))
  const groups = { byCampaign: new Map<string, Row & Tally>(), byPost: new Map<string, Row & Tally>(), byMeans: new Map<string, Row & Tally>(), byAccount: new Map<string, Row & Tally>(), byDay: new Map<string, Row & Tally>() }
  const publications: Row[] = []
  const questions = { asked: 0, askedBefore: 0, answered: 0, answeredBefore: 0 }
  const [answers, answersBefore] = [new Map<string, number>(), new Map<string, number>()]
  const unanswered: { question: string; day: string; at: number; id: number }[] = []

  for (const { table, row } of rows) {
    if (table === 'delivery' && row['planned'] !== undefined) {
      const { campaign, post, means, n } = row['planned'] as { campaign: string; post: string; means: string; n: number }
      const day = dayOf(Number(row['finishedAt'] ?? row['queuedAt']))
      const isFollowUp = followUps.has(campaign)
      if (within(before, day)) count(isFollowUp ? followedUpBefore : totalsBefore, row, n)
      if (!within(period, day)) continue
      if (isFollowUp) {
        count(followedUp, row, n)
        count(tallyAt(byFollowUp, { campaign }), row, n)
        continue
      }
      count(totals, row, n)
      const account = String(row['account'])
      count(tallyAt(groups.byCampaign, { campaign }), row, n)
      count(tallyAt(groups.byPost, { campaign, post }), row, n)
      count(tallyAt(groups.byMeans, { means }), row, n)
      count(tallyAt(groups.byAccount, { account }), row, n)
      count(tallyAt(groups.byDay, { day }), row, n)
    }
    if (table === 'publication') {
      const { campaign, post, account, means, status, reach, optedOutReached } = row
      const day = dayOf(Number(row['publishedAt'] ?? row['dueAt']))
      if (within(period, day)) publications.push({ campaign, post, account, means, status, reach, optedOutReached, day })
    }
    if (table === 'outcome') {
      const [day, status, article, times] = [String(row['day']), String(row['status']), row['article'], Number(row['count'])]
      const isQuestion = /^(answered|clarify|no_source_found|emergency|expired_article|blocked_question|not_grounded|model_unavailable)$/.test(status)
      if (within(period, day) && isQuestion) questions.asked += times
      if (within(before, day) && isQuestion) questions.askedBefore += times
      if (status !== 'answered') continue
      if (within(period, day)) questions.answered += times
      if (within(before, day)) questions.answeredBefore += times
      if (typeof article !== 'string') continue
      const into = within(period, day) ? answers : within(before, day) ? answersBefore : null
      into?.set(article, (into.get(article) ?? 0) + times)
    }
    if (table === 'unanswered' && row['released'] !== undefined) {
      const day = dayOf(Number(row['at']))
      if (within(period, day)) unanswered.push({ question: String(row['question']), day, at: Number(row['at']), id: Number(row['id']) })
    }
  }

  const top = [...answers].map(([article, times]) => ({ article, count: times, before: answersBefore.get(article) ?? 0 }))
  top.sort((a, b) => b.count - a.count || a.article.localeCompare(b.article, 'en'))
  unanswered.sort((a, b) => a.at - b.at || a.id - b.id)
  publications.sort((a, b) => inOrder(['campaign', 'post', 'account'], a, b))
  return {
    period, before, totals, totalsBefore, followUps: { totals: followedUp, totalsBefore: followedUpBefore, byCampaign: sorted(byFollowUp, 'campaign') },
    byCampaign: sorted(groups.byCampaign, 'campaign'), byPost: sorted(groups.byPost, 'campaign', 'post'), byMeans: sorted(groups.byMeans, 'means'),
    byAccount: sorted(groups.byAccount, 'account'), byDay: sorted(groups.byDay, 'day'),
    publications, questions: { ...questions, top: top.slice(0, 20) }, unanswered: unanswered.map(({ question, day }) => ({ question, day })),
  }
}

const emptyTally = (): Tally => ({ people: 0, sent: 0, failed: 0, uncertain: 0, skipped: 0, waiting: 0, skippedBy: {}, failedBy: {} })

/** The tally of what these fields name. */
function tallyAt(group: Map<string, Row & Tally>, fields: Row): Tally {
  const name = JSON.stringify(fields)
  if (!group.has(name)) group.set(name, { ...fields, ...emptyTally() })
  return group.get(name)!
}

function count(tally: Tally, { status, reason }: Row, n: number): void {
  if (status === 'sent') {
    tally.sent++
    if (n === 1) tally.people++
  } else if (status === 'queued') tally.waiting++
  else if (status === 'uncertain') tally.uncertain++
  else {
    const [kind, by] = status === 'failed' ? ['failed', tally.failedBy] as const : ['skipped', tally.skippedBy] as const
    const why = typeof reason === 'string' ? reason : 'unknown'
    tally[kind]++
    by[why] = (by[why] ?? 0) + 1
  }
}

function inOrder(fields: readonly string[], a: Row, b: Row): number {
  for (const field of fields) if (a[field] !== b[field]) return String(a[field]) < String(b[field]) ? -1 : 1
  return 0
}

const sorted = (group: Map<string, Row & Tally>, ...fields: string[]): (Row & Tally)[] => [...group.values()].sort((a, b) => inOrder(fields, a, b))

/** Viet Nam is seven hours ahead and has no summer time. */
const dayOf = (at: number): string => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10)
const within = ({ from, to }: Days, day: string): boolean => day >= from && day <= to

/** As many days, right before. */
function daysBefore({ from, to }: Days): Days {
  const length = Date.parse(to) - Date.parse(from) + 86_400_000
  const earlier = (day: string): string => new Date(Date.parse(day) - length).toISOString().slice(0, 10)
  return { from: earlier(from), to: earlier(to) }
}
