import type { AccountKey } from '../core/contact.ts'
import { errorName } from '../core/error-name.ts'
import { SECOND, type Millis } from '../core/time.ts'
import type { Deliverer } from '../delivery/deliver.ts'
import type { CampaignStore, ClaimedCampaignDelivery } from '../store/campaign-ports.ts'
import type { Deliveries, FinishedDelivery } from '../store/ports.ts'
import { corrected } from './correction.ts'
import { morningAfter, whyNotSend, type SendTerms } from './decide.ts'
import type { Lane } from './run-lane.ts'
import { createSendNotes } from './run-notes.ts'
import { quotasFor, type Quotas } from './run-quota.ts'
import { createStarter, type StarterPorts } from './run-start.ts'
import { createLaneTimers } from './run-timers.ts'

/** Longer than any call's timeout. */
const lease: Millis = 60 * SECOND
/** Until one of them gives a place back. */
const othersHaveAll: Millis = 50

export interface SenderPorts extends Omit<StarterPorts, 'store' | 'outbox' | 'notes' | 'wake' | 'wakeAt'> {
  store: StarterPorts['store'] & Pick<CampaignStore, 'claimCampaignDeliveries' | 'usedAllowance'> & Pick<Deliveries, 'finishDeliveries'>
  outbox: StarterPorts['outbox'] & Pick<Deliverer, 'reserve'>
  /** Nothing of this account goes out before; null: at any time. */
  nightUntil(account: AccountKey, now: Millis): Millis | null
  /** Runs `work` after so long, unless `stop` comes first. Returns what cancels it. */
  after(time: Millis, work: () => void): () => void
}

/**
 * Sends what is due on the accounts it is woken for. It claims what may start within a moment, and no more, so that a kill leaves
 * few unknown; what is claimed starts when its place is free, not when the disk has got round to it.
 */
export interface Sender {
  wake(lane: Lane): void
  /** Gives back what is claimed of campaigns that do not run any more, and notes all ends, also those that could not be noted; until then nothing more is claimed. */
  settle(): Promise<void>
  stop(): void
}

export function createSender(ports: SenderPorts): Sender {
  const { store, outbox, now, log } = ports
  const pumping = new Set<Lane>()
  const again = new Set<Lane>()
  const notes = createSendNotes(ports, wake)
  const timers = createLaneTimers(ports, wake)
  const starter = createStarter({ ...ports, notes, wake, wakeAt: timers.wakeAt })
  let stopping = false

  function wake(lane: Lane): void {
    lane.serveReplies(now())
    if (stopping) return
    starter.start(lane)
    if (pumping.has(lane)) return void again.add(lane)
    pumping.add(lane)
    ports.track(pump(lane).finally(() => {
      pumping.delete(lane)
      if (again.delete(lane)) wake(lane)
    }))
  }

  /** Rounds as long as they bring something. */
  async function pump(lane: Lane): Promise<void> {
    while (!stopping && !notes.isBehind() && await round(lane)) again.delete(lane)
  }

  /** True when more may be due. */
  async function round(lane: Lane): Promise<boolean> {
    const at = now()
    const night = ports.nightUntil(lane.account, at)
    if (night !== null) return wakeAt(lane, night)
    const repliesAt = lane.serveReplies(at)
    if (repliesAt !== null) return wakeAt(lane, repliesAt)
    const { free, askAgainAt } = lane.room(at, starter.waiting(lane))
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
    const quota = await quotasFor(claimed, ports).catch(() => null)
    await Promise.all(claimed.map((delivery) => (quota === null ? starter.giveBack(lane, delivery) : begin(lane, delivery, quota))))
    if (stopping) starter.giveBackAll(lane)
    else starter.start(lane)
    return quota !== null
  }

  /** Ends that wait to be noted go with it: one wait for the disk for both. */
  async function claim(lane: Lane, places: number): Promise<ClaimedCampaignDelivery[]> {
    const noted = notes.write()
    const claimed = store.claimCampaignDeliveries(lane.account, places, now(), lease).catch((error: unknown) => {
      log.warn({ account: lane.account, error: errorName(error) }, 'cannot claim announcements')
      return []
    })
    await noted
    return claimed
  }

  /** Decides about one: it is ready to start, or noted with why not. */
  async function begin(lane: Lane, delivery: ClaimedCampaignDelivery, quota: Quotas): Promise<void> {
    const line = ports.lineOf(delivery)
    if (line === null) return starter.giveBack(lane, delivery)
    const end = endBefore(delivery, line.terms, quota, now())
    if (end !== null) return starter.putOff(lane, delivery, end)
    starter.add(lane, delivery)
  }

  /** What ends it, or puts it off, without a call; null: it may go now. */
  function endBefore(delivery: ClaimedCampaignDelivery, terms: SendTerms, quota: Quotas, at: Millis): FinishedDelivery['end'] | null {
    const { maybeSent, facts, means, id } = delivery
    if (maybeSent) return { status: 'uncertain', reason: 'interrupted' }
    if (ports.isTakenBack(delivery)) return { status: 'skipped', reason: corrected }
    const morning = morningAfter(terms, at)
    if (morning !== null) return { status: 'queued', dueAt: morning, maybeSent: false }
    const first = id.endsWith('#1')
    const reason = whyNotSend(facts, terms, first ? quota.left(means, facts.account) : null, at)
    if (reason !== null) return { status: 'skipped', reason }
    if (first) quota.spend(means, facts.account)
    return null
  }

  const wakeAt = (lane: Lane, at: Millis): false => {
    timers.wakeAt(lane, at)
    return false
  }

  return {
    wake,
    async settle() {
      await notes.write()
      await starter.giveBackEnded()
      await notes.again()
    },
    stop() {
      stopping = true
      timers.stop()
      notes.stop()
      starter.stop()
    },
  }
}
