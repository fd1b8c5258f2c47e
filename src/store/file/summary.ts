import type { MeansName } from '../../core/campaign.ts'
import type { AccountKey } from '../../core/contact.ts'
import type { DeliveryStatus, Origin } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { accountOf, isFinal, type ContactDocument, type StoredDelivery } from './contact-document.ts'
import { earlier, oldestOf, type Oldest } from './history.ts'
import { laneHead } from './outbox.ts'

/** What is kept in memory about every contact: enough to know what is due, and to count, without its document. */
export interface Summary {
  account: AccountKey
  firstSeenAt: Millis
  lastEventAt: Millis
  farewell: boolean
  /** Null when no event waits. */
  turn: Due & { waiting: number; oldestAt: Millis } | null
  direct: Head | null
  campaign: Head | null
  /** Deliveries by origin and status, those in the history included. */
  counts: readonly Count[]
  /** `oldestAt` is infinite where all of them were planned; `newestAt` is of all. */
  queued: { count: number; oldestAt: Millis; newestAt: Millis } | null
  /** Ids of dead events. */
  dead: readonly string[]
  /** Planned deliveries, for the ledger and for claims. */
  planned: readonly Planned[]
  handovers: readonly { id: string; askedAt: Millis; open: boolean }[]
  oldest: Oldest
  /** The highest number a row has. */
  seq: number
}

/** The first of a lane. */
export interface Head extends Due { origin: Origin; seq: number }
/** `waitsSince`: when somebody asked to wait until `dueAt`; null when it is due since `dueAt`. */
export interface Due { dueAt: Millis; waitsSince: Millis | null }
export interface Count { origin: Origin; status: DeliveryStatus; count: number }

/** A planned delivery. `dueAt` null: it is final or waits for the part before it; `at`: since when it has its status. */
export interface Planned {
  id: string
  campaign: string
  post: string
  means: MeansName
  n: number
  status: DeliveryStatus
  reason: string | null
  dueAt: Millis | null
  waitsSince: Millis | null
  at: Millis
  settled: boolean
  seq: number
}

const none: readonly never[] = []

export function summarise(document: ContactDocument): Summary {
  return {
    account: accountOf(document),
    firstSeenAt: document.profile.firstSeenAt,
    lastEventAt: document.lastEventAt,
    farewell: document.farewell,
    turn: turnOf(document),
    direct: headOf(laneHead(document.deliveries, 'direct')),
    campaign: headOf(laneHead(document.deliveries, 'campaign')),
    counts: countsOf(document),
    queued: queuedOf(document.deliveries),
    dead: document.events.some((event) => event.status === 'dead') ? document.events.filter((event) => event.status === 'dead').map(({ id }) => id) : none,
    planned: document.deliveries.some((row) => row.planned !== undefined) ? document.deliveries.filter((row) => row.planned !== undefined).map(plannedOf) : none,
    handovers: document.handovers.length === 0 ? none : document.handovers.map(({ id, askedAt, closedAt }) => ({ id, askedAt, open: closedAt === null })),
    oldest: oldestRows(document),
    seq: Math.max(0, document.events.at(-1)?.seq ?? 0, document.deliveries.at(-1)?.seq ?? 0),
  }
}

const plannedOf = ({ id, planned, status, reason, dueAt, waitsSince, queuedAt, finishedAt, seq }: StoredDelivery): Planned => {
  const { campaign, post, means, n, settled } = planned!
  return { id, campaign, post, means, n, settled, status, reason, dueAt, waitsSince, at: finishedAt ?? waitsSince ?? queuedAt, seq }
}

function turnOf(document: ContactDocument): Summary['turn'] {
  let waiting = 0
  let oldestAt = Infinity
  for (const event of document.events) {
    if (event.status !== 'waiting') continue
    waiting++
    oldestAt = Math.min(oldestAt, event.receivedAt)
  }
  return waiting === 0 ? null : { dueAt: document.dueAt, waitsSince: document.waitsSince, waiting, oldestAt }
}

const headOf = (row: StoredDelivery | null): Head | null => row && { origin: row.origin, dueAt: row.dueAt ?? row.queuedAt, waitsSince: row.waitsSince, seq: row.seq }

function queuedOf(deliveries: readonly StoredDelivery[]): Summary['queued'] {
  let count = 0
  let oldestAt = Infinity
  let newestAt = 0
  for (const row of deliveries) {
    if (isFinal(row.status)) continue
    count++
    newestAt = Math.max(newestAt, row.queuedAt)
    // Campaigns may wait for hours without anything being late.
    if (row.planned === undefined) oldestAt = Math.min(oldestAt, row.queuedAt)
  }
  return count === 0 ? null : { count, oldestAt, newestAt }
}

function countsOf(document: ContactDocument): readonly Count[] {
  const counts: Count[] = document.history === null ? [] : document.history.deliveries.map((count) => ({ ...count }))
  for (const { origin, status } of document.deliveries) {
    const known = counts.find((count) => count.origin === origin && count.status === status)
    if (known === undefined) counts.push({ origin, status, count: 1 })
    else known.count++
  }
  return counts
}

function oldestRows(document: ContactDocument): Oldest {
  const recent = oldestOf(document)
  const { history } = document
  if (history === null) return recent
  return {
    oldestWords: earlier(recent.oldestWords, history.oldestWords),
    oldestEvent: earlier(recent.oldestEvent, history.oldestEvent),
    oldestText: earlier(recent.oldestText, history.oldestText),
    oldestCampaign: earlier(recent.oldestCampaign, history.oldestCampaign),
  }
}
