import type { MeansName } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import { errorName } from '../core/error-name.ts'
import type { Log } from '../core/ports.ts'
import { SECOND, vietnamDay, type Clock, type Millis } from '../core/time.ts'
import type { Deliverer } from '../delivery/deliver.ts'
import type { CampaignStore, ClaimedCampaignDelivery } from '../store/campaign-ports.ts'
import type { Deliveries, FinishedDelivery } from '../store/ports.ts'
import { monthOf } from './allowance.ts'
import { corrected } from './correction.ts'
import { afterQuiet, isQuiet, whyNotSend, type SendTerms } from './decide.ts'
import type { PlanLine } from './lines.ts'
import type { Lane } from './run-lane.ts'

/** Longer than any call's timeout. */
const lease: Millis = 60 * SECOND
/** Until one of them gives a place back. */
const othersHaveAll: Millis = 50

export interface SenderPorts {
  store: Pick<CampaignStore, 'claimCampaignDeliveries' | 'stopDeliveries' | 'usedAllowance'> & Pick<Deliveries, 'finishDeliveries'>
  outbox: Pick<Deliverer, 'announce' | 'reserve' | 'giveBack'>
  /** The line of a delivery, decided as it was planned; null where its campaign does not run here any more. */
  lineOf(delivery: Pick<ClaimedCampaignDelivery, 'campaign' | 'post' | 'account'>): PlanLine | null
  /** A correction stopped its post. */
  isTakenBack(delivery: Pick<ClaimedCampaignDelivery, 'campaign' | 'post'>): boolean
  /** Nothing of this account goes out before; null: at any time. */
  nightUntil(account: AccountKey, now: Millis): Millis | null
  /** A try has ended: `ok` false for failed and unknown ones. */
  tried(campaign: string, ok: boolean): void
  /** Runs `work` after so long, unless `stop` comes first. Returns what cancels it. */
  after(time: Millis, work: () => void): () => void
  /** Whatever must end before `stop` resolves. It never rejects. */
  track(work: Promise<void>): void
  now: Clock
  log: Log
}

/** Sends what is due on the accounts it is woken for: claims as many as may start, and no more, so that a kill leaves only those in flight unknown. */
export interface Sender {
  wake(lane: Lane): void
  /** Tries again to note what could not be noted; until then nothing more is claimed. */
  noteAgain(): Promise<void>
  stop(): void
}

export function createSender(ports: SenderPorts): Sender {
  const { store, outbox, now, log } = ports
  const pumping = new Set<Lane>()
  const again = new Set<Lane>()
  const timers = new Map<Lane, { at: Millis; cancel: () => void }>()
  /** Ends that the store could not take: they went out, and must not be taken for unknown. */
  let unnoted: FinishedDelivery[] = []
  let stopping = false

  function wake(lane: Lane): void {
    lane.serveReplies(now())
    if (stopping) return
    if (pumping.has(lane)) return void again.add(lane)
    pumping.add(lane)
    ports.track(pump(lane).finally(() => {
      pumping.delete(lane)
      if (again.delete(lane)) wake(lane)
    }))
  }

  /** Rounds as long as they bring something. */
  async function pump(lane: Lane): Promise<void> {
    while (!stopping && unnoted.length === 0 && await round(lane)) again.delete(lane)
  }

  /** True when more may be due. */
  async function round(lane: Lane): Promise<boolean> {
    const at = now()
    const night = ports.nightUntil(lane.account, at)
    if (night !== null) return wakeAt(lane, night)
    if (lane.serveReplies(at)) return wakeAt(lane, lane.room(at).askAgainAt ?? at + SECOND)
    const { free, askAgainAt } = lane.room(at)
    if (free === 0) return askAgainAt === null ? false : wakeAt(lane, askAgainAt)
    let reserved = 0
    while (reserved < free && outbox.reserve(lane.account)) reserved++
    if (reserved === 0) return false
    const places = await lane.take(reserved)
    const claimed = places === 0 ? [] : await claim(lane, places)
    lane.spare(places - claimed.length)
    for (let spare = claimed.length; spare < reserved; spare++) outbox.giveBack(lane.account)
    if (places === 0) return wakeAt(lane, at + othersHaveAll)
    if (claimed.length === 0) return false
    const quota = await quotaFor(claimed).catch(() => null)
    for (const delivery of claimed) await (quota === null ? giveBack(lane, delivery) : begin(lane, delivery, quota))
    return quota !== null
  }

  /** As if it had never been claimed. */
  async function giveBack(lane: Lane, delivery: ClaimedCampaignDelivery): Promise<void> {
    await store.stopDeliveries(delivery.campaign, 'hold', [delivery], now()).catch((error: unknown) => log.warn({ error: errorName(error) }, 'cannot give announcements back'))
    release(lane)
  }

  /** Its place goes to another. */
  function release(lane: Lane): void {
    lane.spare(1)
    outbox.giveBack(lane.account)
  }

  async function claim(lane: Lane, places: number): Promise<ClaimedCampaignDelivery[]> {
    try {
      return await store.claimCampaignDeliveries(lane.account, places, now(), lease)
    } catch (error) {
      log.warn({ account: lane.account, error: errorName(error) }, 'cannot claim announcements')
      return []
    }
  }

  /** Decides about one, and starts it where it may go. Resolves when what needs no sending is noted. */
  async function begin(lane: Lane, delivery: ClaimedCampaignDelivery, quota: Quotas): Promise<void> {
    const at = now()
    const line = ports.lineOf(delivery)
    if (line === null) return giveBack(lane, delivery)
    const end = endBefore(delivery, line.terms, quota, at) ?? waitFor(lane, delivery, at)
    if (end === null) return ports.track(send(lane, delivery))
    release(lane)
    await note([{ id: delivery.id, claim: delivery.claim, end }])
  }

  /** What ends it, or puts it off, without a call; null: it may go now. */
  function endBefore(delivery: ClaimedCampaignDelivery, terms: SendTerms, quota: Quotas, at: Millis): FinishedDelivery['end'] | null {
    const { maybeSent, facts, means, id } = delivery
    if (maybeSent) return { status: 'uncertain', reason: 'interrupted' }
    if (ports.isTakenBack(delivery)) return { status: 'skipped', reason: corrected }
    if (terms.atNight === 'wait' && isQuiet(terms.quiet, at)) return { status: 'queued', dueAt: afterQuiet(terms.quiet, at), maybeSent: false }
    const first = id.endsWith('#1')
    const reason = whyNotSend(facts, terms, first ? quota.left(means, facts.account) : null, at)
    if (reason !== null) return { status: 'skipped', reason }
    if (first) quota.spend(means, facts.account)
    return null
  }

  /** Takes its place; where it gets none it waits for one in the queue. */
  function waitFor(lane: Lane, { id, contactKey }: ClaimedCampaignDelivery, at: Millis): FinishedDelivery['end'] | null {
    if (lane.start(id, contactKey, at)) return null
    const dueAt = Math.max(at, lane.chatFreeAt(contactKey) ?? at + SECOND)
    wakeAt(lane, dueAt)
    return { status: 'queued', dueAt, maybeSent: false }
  }

  async function send(lane: Lane, delivery: ClaimedCampaignDelivery): Promise<void> {
    const { end, contact } = await outbox.announce(delivery)
    lane.answered(delivery.id, now())
    outbox.giveBack(lane.account)
    if (end.status !== 'queued' && end.status !== 'skipped') ports.tried(delivery.campaign, end.status === 'sent')
    await note([{ id: delivery.id, claim: delivery.claim, end, ...(contact !== undefined && { contact }) }])
    wake(lane)
  }

  async function note(ended: FinishedDelivery[]): Promise<void> {
    try {
      await store.finishDeliveries(ended, now())
    } catch (error) {
      unnoted.push(...ended)
      log.error({ count: unnoted.length, error: errorName(error) }, 'cannot note how announcements ended')
    }
  }

  /** One timer a lane, for the soonest. */
  function wakeAt(lane: Lane, at: Millis): false {
    const set = timers.get(lane)
    if (stopping || (set !== undefined && set.at <= at && set.at > now())) return false
    set?.cancel()
    timers.set(lane, {
      at, cancel: ports.after(Math.max(1, at - now()), () => {
        timers.delete(lane)
        wake(lane)
      }),
    })
    return false
  }

  interface Quotas { left(means: MeansName, account: AccountKey): number | null; spend(means: MeansName, account: AccountKey): void }

  /** What the accounts may still send today and this month. Those just claimed count as being sent already: they are taken out. */
  async function quotaFor(claimed: readonly ClaimedCampaignDelivery[]): Promise<Quotas> {
    const at = now()
    const left = new Map<string, number>()
    for (const [key, group] of Map.groupBy(claimed, ({ means, account }) => `${means} ${account}`)) {
      const { means, account } = group[0]!
      const rules = ports.lineOf(group[0]!)?.rules
      const limits = [[rules?.account_daily, vietnamDay(at)], [rules?.account_monthly, monthOf(at)]] as const
      const firsts = group.filter(({ id, maybeSent }) => id.endsWith('#1') && !maybeSent).length
      for (const [limit, span] of limits) {
        if (limit === null || limit === undefined) continue
        const before = await store.usedAllowance(means, account, span, 'gone') - firsts
        left.set(key, Math.min(left.get(key) ?? Number.POSITIVE_INFINITY, limit.value - before))
      }
    }
    return {
      left: (means, account) => left.get(`${means} ${account}`) ?? null,
      spend(means, account) {
        const before = left.get(`${means} ${account}`)
        if (before !== undefined) left.set(`${means} ${account}`, before - 1)
      },
    }
  }

  return {
    wake,
    async noteAgain() {
      if (unnoted.length === 0) return
      const ended = unnoted
      unnoted = []
      await note(ended)
    },
    stop() {
      stopping = true
      for (const { cancel } of timers.values()) cancel()
    },
  }
}
