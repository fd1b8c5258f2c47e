import type { AccountKey } from '../core/contact.ts'
import type { SendOutcome } from '../core/delivery.ts'
import { errorName } from '../core/error-name.ts'
import type { Log } from '../core/ports.ts'
import { SECOND, type Clock, type Millis } from '../core/time.ts'
import type { Announced } from '../delivery/attempt.ts'
import type { Deliverer } from '../delivery/deliver.ts'
import type { CampaignStore, ClaimedCampaignDelivery } from '../store/campaign-ports.ts'
import type { FinishedDelivery, Store } from '../store/ports.ts'
import { morningAfter } from './decide.ts'
import type { PlanLine } from './lines.ts'
import type { Lane } from './run-lane.ts'
import type { SendNotes } from './run-notes.ts'

export interface StarterPorts {
  store: Pick<CampaignStore, 'stopDeliveries'> & Pick<Store, 'findContact'>
  outbox: Pick<Deliverer, 'announce' | 'giveBack'>
  notes: Pick<SendNotes, 'soon' | 'now'>
  /** The line of a delivery, decided as it was planned; null where its campaign does not run here any more. */
  lineOf(delivery: Pick<ClaimedCampaignDelivery, 'campaign' | 'post' | 'account'>): PlanLine | null
  /** A correction stopped its post. */
  isTakenBack(delivery: Pick<ClaimedCampaignDelivery, 'campaign' | 'post'>): boolean
  /** A try has ended: `ok` false for failed and unknown ones. */
  tried(campaign: string, ok: boolean): void
  /** The platform, or the way to it, had something against one; what that says of the whole campaign is decided there. */
  refused(campaign: string, account: AccountKey, refusal: SendOutcome): void
  wake(lane: Lane): void
  wakeAt(lane: Lane, at: Millis): void
  /** Whatever must end before the program does. It never rejects. */
  track(work: Promise<void>): void
  now: Clock
  log: Log
}

/** Starts what is claimed when its place is free, first in, first out; until then it may be put off, or given back as if it had never been claimed. */
export interface Starter {
  /** It is decided that this one goes, when its place is free. */
  add(lane: Lane, delivery: ClaimedCampaignDelivery): void
  /** How many wait for their place. */
  waiting(lane: Lane): number
  /** Starts those that have theirs; the rest is looked at again when the next place is free. */
  start(lane: Lane): void
  /** Instead of a call. Its place goes to another. */
  putOff(lane: Lane, delivery: ClaimedCampaignDelivery, end: FinishedDelivery['end']): Promise<void>
  giveBack(lane: Lane, delivery: ClaimedCampaignDelivery): Promise<void>
  /** Those that wait. */
  giveBackAll(lane: Lane): void
  /** Those that wait and whose campaign does not run any more. */
  giveBackEnded(): Promise<void>
  /** Everything that waits. */
  stop(): void
}

interface Ready { delivery: ClaimedCampaignDelivery; since: Millis }

export function createStarter(ports: StarterPorts): Starter {
  const { store, outbox, notes, now, log } = ports
  const ready = new Map<Lane, Ready[]>()
  const readyOn = (lane: Lane): Ready[] => ready.get(lane) ?? []

  function start(lane: Lane): void {
    const waiting = readyOn(lane)
    while (waiting.length > 0) {
      const [{ delivery, since }] = waiting as [Ready]
      const at = now()
      const chatFreeAt = lane.chatFreeAt(delivery, at) ?? at + SECOND
      const mayGo = !lane.isHeld(at) && mayStillGo(delivery, at)
      if (mayGo && chatFreeAt <= at && !lane.start(delivery.id, delivery.contactKey, at)) {
        const startsAt = lane.startsAt(at)
        if (startsAt !== null) ports.wakeAt(lane, startsAt)
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

  async function giveBack(lane: Lane, delivery: ClaimedCampaignDelivery): Promise<void> {
    await store.stopDeliveries(delivery.campaign, 'hold', [delivery], now()).catch((error: unknown) => log.warn({ error: errorName(error) }, 'cannot give announcements back'))
    release(lane)
  }

  /** Its place goes to another. */
  function release(lane: Lane): void {
    lane.spare(1)
    outbox.giveBack(lane.account)
  }

  function giveBackAll(lane: Lane): void {
    for (const { delivery } of readyOn(lane).splice(0)) ports.track(giveBack(lane, delivery))
  }

  async function putOff(lane: Lane, delivery: ClaimedCampaignDelivery, end: FinishedDelivery['end']): Promise<void> {
    release(lane)
    await notes.now([{ id: delivery.id, claim: delivery.claim, end }])
  }

  /** It waits for its chat in the queue; its place goes to another. */
  function waitForChat(lane: Lane, delivery: ClaimedCampaignDelivery, dueAt: Millis): Promise<void> {
    ports.wakeAt(lane, dueAt)
    return putOff(lane, delivery, { status: 'queued', dueAt: Math.ceil(dueAt), maybeSent: false })
  }

  async function send(lane: Lane, delivery: ClaimedCampaignDelivery, hasWaited: boolean): Promise<void> {
    const held = hasWaited ? await heldBack(delivery) : null
    const { end, contact, refusal }: Announced = held === null ? await outbox.announce(delivery) : { end: held, refusal: null }
    lane.answered(delivery.id, now())
    outbox.giveBack(lane.account)
    if (refusal !== null) ports.refused(delivery.campaign, lane.account, refusal)
    if (end.status !== 'queued' && end.status !== 'skipped') ports.tried(delivery.campaign, end.status === 'sent')
    notes.soon(lane, { id: delivery.id, claim: delivery.claim, end, ...(contact !== undefined && { contact }) })
    ports.wake(lane)
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

  return {
    add(lane, delivery) {
      const waiting = readyOn(lane)
      waiting.push({ delivery, since: now() })
      ready.set(lane, waiting)
    },
    waiting: (lane) => readyOn(lane).length,
    start,
    putOff,
    giveBack,
    giveBackAll,
    async giveBackEnded() {
      for (const [lane, waiting] of ready) {
        const ended = waiting.filter(({ delivery }) => ports.lineOf(delivery) === null)
        if (ended.length === 0) continue
        ready.set(lane, waiting.filter((each) => !ended.includes(each)))
        for (const { delivery } of ended) await giveBack(lane, delivery)
      }
    },
    stop() {
      for (const lane of ready.keys()) giveBackAll(lane)
    },
  }
}
