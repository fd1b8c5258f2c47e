import type { AccountKey, ChannelName } from '../core/contact.ts'
import type { Log } from '../core/ports.ts'
import type { Clock, Millis } from '../core/time.ts'
import type { SharedPacing } from '../delivery/attempt.ts'
import type { Store } from '../store/ports.ts'
import { isPublication } from './means.ts'
import type { ActiveCampaign } from './run-active.ts'
import { createLane, keptForReplies, type Lane } from './run-lane.ts'
import { createSharedPlaces, ownPlaces } from './run-places.ts'

/** The ways out of all accounts that announce, and what replies and publications ask of them. */
export interface Lanes {
  /** The account's lane, opened with the limits of the campaign that needs it first. */
  laneOf(account: AccountKey, campaign: ActiveCampaign): Lane
  /** Of all accounts on which these campaigns write to persons. */
  lanesOf(running: readonly ActiveCampaign[]): Set<Lane>
  pacing: SharedPacing
  /**
   * A publication goes as a reply does, but waits for no place: others would wait behind it. What gives the place back, or
   * when to ask again.
   */
  place(account: AccountKey, id: string): Promise<(() => void) | Millis>
  /** Lets all waiting replies go. */
  close(): void
}

export interface LanesPorts {
  /** Absent where one process has the store. */
  sharedPacing: Store['pacing']
  after(time: Millis, work: () => void): () => void
  /** A reply came in: the rest may go. */
  wake(lane: Lane): void
  now: Clock
  log: Log
}

/** Platforms whose limit counts replies too. Zalo's and Facebook's figures for campaigns leave the rest to replies. */
const sharedLimit: ReadonlySet<string> = new Set<ChannelName>(['telegram'])

export function createLanes({ sharedPacing, after, wake, now, log }: LanesPorts): Lanes {
  const lanes = new Map<AccountKey, Lane>()
  const begunAt = now()
  let closed = false

  function laneOf(account: AccountKey, campaign: ActiveCampaign): Lane {
    const known = lanes.get(account)
    if (known !== undefined) return known
    const { limit, chatLimit } = campaign.limitsOf(account)
    const shared = sharedLimit.has(account.slice(0, account.indexOf(':')))
    const places = sharedPacing === undefined ? ownPlaces
      : createSharedPlaces({ pacing: sharedPacing, account, limit, keptForReplies: keptForReplies(shared), after, now, log })
    const lane = createLane({ account, limit, chatLimit, shared, openedAt: now(), othersUntil: begunAt, places })
    lanes.set(account, lane)
    return lane
  }

  const pacing: SharedPacing = {
    enter({ id, account, contactKey }) {
      const lane = lanes.get(account)
      const place = lane?.enterReply(id, contactKey, now()) ?? null
      if (place !== null && closed) lane!.close()
      else if (place !== null) after(1, () => wake(lane!))
      return place
    },
    left({ id, account }) {
      lanes.get(account)?.answered(id, now())
    },
    hold(account, until) {
      lanes.get(account)?.hold(until, now())
    },
  }

  return {
    laneOf,
    pacing,
    lanesOf: (running) => new Set(running.flatMap((campaign) =>
      campaign.lines.flatMap(({ account, choice }) => (isPublication(choice.means) ? [] : [laneOf(account, campaign)])))),
    async place(account, id) {
      const lane = lanes.get(account)
      if (lane === undefined) return () => undefined
      const waits = await lane.enterPublication(id, now())
      return waits ?? (() => lane.answered(id, now()))
    },
    close() {
      closed = true
      for (const lane of lanes.values()) lane.close()
    },
  }
}
