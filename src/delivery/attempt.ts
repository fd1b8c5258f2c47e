import type { Channel, SendContext } from '../channels/channel.ts'
import { accountFrom, type AccountKey, type ChannelName } from '../core/contact.ts'
import { SendError, type ClaimedDelivery, type SendOutcome, type UnsendableReason } from '../core/delivery.ts'
import { errorName } from '../core/error-name.ts'
import type { Part } from '../core/message.ts'
import type { Counters, Log } from '../core/ports.ts'
import type { Clock, Millis } from '../core/time.ts'
import type { FinishedDelivery, Store } from '../store/ports.ts'
import { lateness, lateEventOf, type LateTerms } from './late.ts'
import { afterRefusal, afterSuccess, announcementsWait, calmAccount, type AccountPace } from './pace.ts'
import { afterFailure, type AccountEffect } from './retry.ts'

export interface DeliveryPorts {
  store: Store
  channels: Partial<Record<ChannelName, Channel>>
  /** Whether an account may send at all, kept in the store. */
  gate: AccountGate
  now: Clock
  /** Between 0 and 1, for jitter. */
  random: () => number
  terms: LateTerms
  log: Log
  counters: Counters
  /** An event of ours was recorded: somebody should look at the inbox. */
  inboxGrew: () => void
  /** Calls under way for an account. Absent: as many as a server may. */
  mostInFlight?: number | undefined
  /** Where campaigns share a platform's limit with replies; absent: nowhere. */
  pacing?: SharedPacing
}

export interface AccountGate {
  isStopped(account: AccountKey): boolean
  /** Stores the state; alerting is the jobs' business. */
  stop(account: AccountKey, needs: Extract<SendOutcome, { kind: 'bad_configuration' }>['needs'], code: string): Promise<void>
}

/** A platform's limit that replies and announcements share, kept by whoever sends the announcements. */
export interface SharedPacing {
  /** Takes a place for a reply. Null: it has one, or none is needed; else resolves when it has. */
  enter(delivery: Pick<ClaimedDelivery, 'id' | 'account' | 'contactKey'>): Promise<void> | null
  /** The call is over, however it ended. */
  left(delivery: Pick<ClaimedDelivery, 'id' | 'account'>): void
  /** The platform throttled, is down, or has little left for us: no announcement starts before `until`, and no reply that shares its limit. */
  hold(account: AccountKey, until: Millis): void
}

/** How a try ended, as it is noted. */
export type Ended = Pick<FinishedDelivery, 'end' | 'contact'>

/** How a try of an announcement ended. `refusal`: what the platform, or the way to it, had against it; null: nothing, or it was not asked. */
export interface Announced extends Ended {
  refusal: SendOutcome | null
}

/** One try each. The only caller of `channel.send`. */
export interface Attempts {
  /**
   * Why a claimed reply may not be sent, or the platform's answer. `isWithdrawn` is asked where it had to wait for a place.
   * Rejects only where its question cannot go back to the inbox.
   */
  reply(delivery: ClaimedDelivery, isWithdrawn: () => boolean): Promise<Ended>
  /** An announcement that may be sent now. Never rejects. */
  announcement(delivery: ClaimedDelivery): Promise<Announced>
  /** How the account is doing after the tries so far. */
  paceOf(account: AccountKey): AccountPace
}

const staffAnswered: Announced = { end: { status: 'skipped', reason: 'staff_answered' }, refusal: null }

export function createAttempts(ports: DeliveryPorts): Attempts {
  const { store, channels, gate, now, log, counters } = ports
  const paces = new Map<AccountKey, AccountPace>()
  const paceOf = (account: AccountKey): AccountPace => paces.get(account) ?? calmAccount
  const channelOf = (account: AccountKey): Channel => channels[accountFrom(account).channel]!
  const contextOf = ({ origin, lastInboundAt, optedOut }: ClaimedDelivery, at: Millis): SendContext => ({ origin, lastInboundAt, optedOut, now: at })

  async function reply(delivery: ClaimedDelivery, isWithdrawn: () => boolean): Promise<Ended> {
    const channel = channelOf(delivery.account)
    const at = now()
    const when = lateness(delivery, at, ports.terms)
    if (when.kind === 'too_late') {
      await handBack(delivery, at)
      return { end: { status: 'skipped', reason: 'too_late' } }
    }
    const context = contextOf(delivery, at)
    const reason: UnsendableReason | null = delivery.blocked ? 'blocked' : channel.whyUnsendable(when.part, context)
    if (reason !== null) return { end: { status: 'skipped', reason } }

    const place = ports.pacing?.enter(delivery) ?? null
    if (place !== null) await place
    const { end, contact } = place !== null && isWithdrawn() ? staffAnswered : await send(delivery, when.part, context)
    ports.pacing?.left(delivery)
    return contact === undefined ? { end } : { end, contact }
  }

  async function send(delivery: ClaimedDelivery, part: Part, context: SendContext): Promise<Announced> {
    try {
      const { platformMessageId, used = 0 } = await channelOf(delivery.account).send(delivery.contact, part, delivery.id, context)
      const wait = announcementsWait(used, delivery.origin)
      if (wait !== null) ports.pacing?.hold(delivery.account, now() + wait)
      if (paces.has(delivery.account)) paces.set(delivery.account, afterSuccess(paceOf(delivery.account), now()))
      return { end: { status: 'sent', platformMessageId }, refusal: null }
    } catch (error) {
      return failed(delivery, error)
    }
  }

  async function failed(delivery: ClaimedDelivery, error: unknown): Promise<Announced> {
    const { outcome, code, trace } = error instanceof SendError ? error : { outcome: { kind: 'uncertain' } as const, code: errorName(error), trace: null }
    counters.add('send_errors', { channel: delivery.contact.channel, outcome: outcome.kind })
    log.warn({ delivery: delivery.id, account: delivery.account, outcome: outcome.kind, code, ...(trace !== null && { trace }) }, 'not sent')
    const next = afterFailure(delivery, outcome, now())
    if (next.account !== undefined) await apply(delivery.account, next.account, code)
    return { end: next.end, refusal: outcome, ...(next.contact === undefined ? {} : { contact: next.contact }) }
  }

  async function apply(account: AccountKey, effect: AccountEffect, code: string): Promise<void> {
    if (effect.kind === 'wait') {
      const pace = afterRefusal(paceOf(account), now(), effect.until, ports.random())
      paces.set(account, pace)
      ports.pacing?.hold(account, pace.waitUntil)
    } else await gate.stop(account, effect.needs, code).catch((error: unknown) => log.error({ account, error: errorName(error) }, 'cannot store account state'))
  }

  /** The question waited too long: it goes back to the inbox, where the apology is made once for the contact. */
  async function handBack(delivery: ClaimedDelivery, at: Millis): Promise<void> {
    await store.recordEvents([lateEventOf(delivery, at)], at)
    ports.inboxGrew()
  }

  return {
    paceOf,
    reply,
    announcement: (delivery) => send(delivery, delivery.part, contextOf(delivery, now())),
  }
}
