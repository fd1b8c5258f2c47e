import type { AccountKey } from '../core/contact.ts'
import { errorName } from '../core/error-name.ts'
import type { Log } from '../core/ports.ts'
import { SECOND, type Clock, type Millis } from '../core/time.ts'
import type { Ended } from '../delivery/attempt.ts'
import type { Deliverer } from '../delivery/deliver.ts'
import type { CampaignStore, ClaimedCampaignDelivery } from '../store/campaign-ports.ts'
import type { Deliveries, FinishedDelivery, Store } from '../store/ports.ts'
import { corrected } from './correction.ts'
import { morningAfter, whyNotSend, type SendTerms } from './decide.ts'
import type { PlanLine } from './lines.ts'
import type { Lane } from './run-lane.ts'
import { createSendNotes } from './run-notes.ts'
import { quotasFor, type Quotas } from './run-quota.ts'
import { createLaneTimers } from './run-timers.ts'

/** Longer than any call's timeout. */
const lease: Millis = 60 * SECOND
/** Until one of them gives a place back. */
const othersHaveAll: Millis = 50

export interface SenderPorts {
  store: Pick<CampaignStore, 'claimCampaignDeliveries' | 'stopDeliveries' | 'usedAllowance'> & Pick<Deliveries, 'finishDeliveries'> & Pick<Store, 'findContact'>
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
  /** Claimed, decided, and waiting for its place; first in, first out. */
  const ready = new Map<Lane, Ready[]>()
  const notes = createSendNotes(ports, wake)
  const timers = createLaneTimers(ports, wake)
  let stopping = false

  interface Ready { delivery: ClaimedCampaignDelivery; since: Millis }

  const readyOn = (lane: Lane): Ready[] => ready.get(lane) ?? []

  function wake(lane: Lane): void {
    lane.serveReplies(now())
    if (stopping) return
    startReady(lane)
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
    const { free, askAgainAt } = lane.room(at, readyOn(lane).length)
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
    await Promise.all(claimed.map((delivery) => (quota === null ? giveBack(lane, delivery) : begin(lane, delivery, quota))))
    if (stopping) giveBackReady(lane)
    else startReady(lane)
    return quota !== null
  }

  /** Starts what is claimed and has its place; the rest is looked at again when the next place is free. */
  function startReady(lane: Lane): void {
    const waiting = readyOn(lane)
    while (waiting.length > 0) {
      const [{ delivery, since }] = waiting as [Ready]
      const at = now()
      const chatFreeAt = lane.chatFreeAt(delivery, at) ?? at + SECOND
      const mayGo = !lane.isHeld(at) && mayStillGo(delivery, at)
      if (mayGo && chatFreeAt <= at && !lane.start(delivery.id, delivery.contactKey, at)) {
        const startsAt = lane.startsAt(at)
        if (startsAt !== null) wakeAt(lane, startsAt)
        return
      }
      waiting.shift()
      if (!mayGo) ports.track(giveBack(lane, delivery))
      else if (chatFreeAt <= at) ports.track(send(lane, delivery, at > since))
      else ports.track(waitForChat(lane, delivery, chatFreeAt))
    }
  }

  /** Since it was decided, its campaign was paused, its post taken back, or night has come. */
  function mayStillGo(delivery: ClaimedCampaignDelivery, at: Millis): boolean {
    const terms = ports.lineOf(delivery)?.terms
    return terms !== undefined && !ports.isTakenBack(delivery) && morningAfter(terms, at) === null
  }

  /** As if it had never been claimed. */
  async function giveBack(lane: Lane, delivery: ClaimedCampaignDelivery): Promise<void> {
    await store.stopDeliveries(delivery.campaign, 'hold', [delivery], now()).catch((error: unknown) => log.warn({ error: errorName(error) }, 'cannot give announcements back'))
    release(lane)
  }

  function giveBackReady(lane: Lane): void {
    for (const { delivery } of readyOn(lane).splice(0)) ports.track(giveBack(lane, delivery))
  }

  /** Its place goes to another. */
  function release(lane: Lane): void {
    lane.spare(1)
    outbox.giveBack(lane.account)
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
    if (line === null) return giveBack(lane, delivery)
    const end = endBefore(delivery, line.terms, quota, now())
    if (end !== null) return putOff(lane, delivery, end)
    const waiting = readyOn(lane)
    waiting.push({ delivery, since: now() })
    ready.set(lane, waiting)
  }

  async function putOff(lane: Lane, delivery: ClaimedCampaignDelivery, end: FinishedDelivery['end']): Promise<void> {
    release(lane)
    await notes.now([{ id: delivery.id, claim: delivery.claim, end }])
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

  /** It waits for its chat in the queue; its place goes to another. */
  function waitForChat(lane: Lane, delivery: ClaimedCampaignDelivery, dueAt: Millis): Promise<void> {
    wakeAt(lane, dueAt)
    return putOff(lane, delivery, { status: 'queued', dueAt: Math.ceil(dueAt), maybeSent: false })
  }

  async function send(lane: Lane, delivery: ClaimedCampaignDelivery, hasWaited: boolean): Promise<void> {
    const held = hasWaited ? await heldBack(delivery) : null
    const { end, contact }: Ended = held === null ? await outbox.announce(delivery) : { end: held }
    lane.answered(delivery.id, now())
    outbox.giveBack(lane.account)
    if (end.status !== 'queued' && end.status !== 'skipped') ports.tried(delivery.campaign, end.status === 'sent')
    notes.soon(lane, { id: delivery.id, claim: delivery.claim, end, ...(contact !== undefined && { contact }) })
    wake(lane)
  }

  /** A citizen may have said "dừng" since the claim. Nobody is written to of whom that cannot be read. */
  async function heldBack({ contactKey }: ClaimedCampaignDelivery): Promise<FinishedDelivery['end'] | null> {
    try {
      const known = await store.findContact(contactKey)
      if (known === null || known.profile.optedOut) return { status: 'skipped', reason: 'opted_out' }
      return known.profile.blocked ? { status: 'skipped', reason: 'blocked' } : null
    } catch (error) {
      log.warn({ error: errorName(error) }, 'cannot read whether somebody still wants announcements')
      return { status: 'queued', dueAt: now() + SECOND, maybeSent: false }
    }
  }

  const wakeAt = (lane: Lane, at: Millis): false => {
    timers.wakeAt(lane, at)
    return false
  }

  return {
    wake,
    async settle() {
      await notes.write()
      for (const [lane, waiting] of ready) {
        const gone = waiting.filter(({ delivery }) => ports.lineOf(delivery) === null)
        if (gone.length === 0) continue
        ready.set(lane, waiting.filter((each) => !gone.includes(each)))
        for (const { delivery } of gone) await giveBack(lane, delivery)
      }
      await notes.again()
    },
    stop() {
      stopping = true
      timers.stop()
      notes.stop()
      for (const lane of ready.keys()) giveBackReady(lane)
    },
  }
}
