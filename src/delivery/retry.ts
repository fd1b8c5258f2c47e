import { lacksForThis, type ClaimedDelivery, type Origin, type SendOutcome } from '../core/delivery.ts'
import { MINUTE, SECOND, type Millis } from '../core/time.ts'
import type { FinishedDelivery } from '../store/ports.ts'

/** The one retry policy. Channels choose an outcome from a closed list; here is what follows from each. Pure. */

export interface AfterFailure {
  end: FinishedDelivery['end']
  contact?: NonNullable<FinishedDelivery['contact']>
  account?: AccountEffect
}

/** What a failure means for everything else of the same account. */
export type AccountEffect =
  /** Everything waits; `until` where the platform said how long. */
  | { kind: 'wait'; until?: Millis }
  /** Nothing can go out until a person acts. */
  | { kind: 'stop'; needs: Extract<SendOutcome, { kind: 'bad_configuration' }>['needs'] }

/** An unknown send is tried again after so long: its echo may settle it first. */
const echoPatience = 5 * SECOND
/** Deliveries of a stopped account are looked at again so seldom. */
const stoppedPause = 5 * MINUTE
/** When a platform does not say when a quota or night ends. */
const quotaPause = 15 * MINUTE

/** From this try on a fault is taken to be this delivery's own: it waits alone, and the account goes on. */
const ownFaultFrom = 4
const ownFaultPause = 1 * MINUTE
const longestOwnPause = 10 * MINUTE

export function afterFailure(delivery: Pick<ClaimedDelivery, 'origin' | 'part' | 'maybeSent' | 'attempt'>, outcome: SendOutcome, now: Millis): AfterFailure {
  const again = (dueAt: Millis): FinishedDelivery['end'] => ({ status: 'queued', dueAt, maybeSent: delivery.maybeSent })
  switch (outcome.kind) {
    case 'throttled': {
      const until = outcome.retryAfter === undefined ? undefined : now + outcome.retryAfter
      // Nobody may hold up everybody else by writing fast: the first time only they wait.
      if (until !== undefined && outcome.perhapsOneChat && delivery.origin === 'reply' && delivery.attempt === 1) return { end: again(until) }
      return { end: again(until ?? now), account: until === undefined ? { kind: 'wait' } : { kind: 'wait', until } }
    }
    case 'unavailable': {
      const own = delivery.attempt - ownFaultFrom
      if (own < 0) return { end: again(now), account: { kind: 'wait' } }
      return { end: again(now + Math.min(longestOwnPause, ownFaultPause * 2 ** Math.min(own, 10))) }
    }
    case 'bad_configuration':
      if (!lacksForThis(outcome) || isConversation(delivery)) return { end: again(now + stoppedPause), account: { kind: 'stop', needs: outcome.needs } }
      return { end: delivery.origin === 'campaign' ? again(now + stoppedPause) : { status: 'failed', reason: 'rejected' } }
    case 'contact_gone':
      return goneFor(outcome.reason)
    case 'rejected':
      return { end: { status: 'failed', reason: 'rejected' } }
    case 'not_now':
      return { end: again(outcome.retryAt ?? now + quotaPause) }
    case 'uncertain':
      return { end: afterSilence(delivery, now), account: { kind: 'wait' } }
  }
}

/** Announcements and templates need permissions, a package and money of their own: without those, replies go out all the same. */
const isConversation = ({ origin, part }: Pick<ClaimedDelivery, 'origin' | 'part'>): boolean => origin !== 'campaign' && part.template === undefined

/** A repeated reply is better than none; a repeated announcement is not. */
function afterSilence(delivery: { origin: Origin; maybeSent: boolean }, now: Millis): FinishedDelivery['end'] {
  const onceMore = delivery.origin !== 'campaign' && !delivery.maybeSent
  return onceMore ? { status: 'queued', dueAt: now + echoPatience, maybeSent: true } : { status: 'uncertain', reason: 'no_answer' }
}

function goneFor(reason: Extract<SendOutcome, { kind: 'contact_gone' }>['reason']): AfterFailure {
  switch (reason) {
    case 'blocked': return { end: { status: 'failed', reason }, contact: { blocked: true } }
    case 'opted_out': return { end: { status: 'skipped', reason }, contact: { optedOut: true } }
    case 'outside_reply_window': return { end: { status: 'skipped', reason }, contact: { windowClosed: true } }
    case 'daily_cap': return { end: { status: 'skipped', reason } }
  }
}
