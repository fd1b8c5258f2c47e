import type { AccountKey } from '../../core/contact.ts'
import type { ClaimedDelivery } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { origins } from '../origins.ts'
import type { ClaimedTurn } from '../ports.ts'
import { SHOWN } from '../stored-events.ts'
import { accountOf, inboundEvent, partOf, plainJson, waitingEvents, type ContactDocument, type StoredDelivery } from './contact-document.ts'
import { withAttempt } from './inbox.ts'
import { laneOf, withSending, type Lane } from './outbox.ts'
import type { State, Unit } from './unit.ts'

/** Hands a contact's waiting events out, one attempt counted; null when the contact is gone. */
export function claimTurn(unit: Unit, key: string, now: Millis, lease: Millis): ClaimedTurn | null {
  const found = unit.contact(key)
  const first = found === null ? undefined : waitingEvents(found)[0]
  if (found === null || first === undefined) return null
  const document = withAttempt(found, first)
  const waiting = waitingEvents(document)
  unit.saveContact(document)
  return {
    contact: { ...document.contact }, contactKey: key, claim: unit.claimTurn(key, now, now + lease), version: document.version,
    attempt: waiting[0]!.attempts, conversation: plainJson(document.conversation),
    profile: { ...document.profile, remembered: { ...document.profile.remembered } },
    waiting: waiting.slice(0, SHOWN).map((row) => inboundEvent({ ...document.contact }, row)),
  }
}

/** As `claimTurn`, where the contact is due and nobody holds it. */
export function claimTurnIfDue(state: State, unit: Unit, key: string, now: Millis, lease: Millis): ClaimedTurn | null {
  const dueAt = state.index.turns.dueAt(key)
  return dueAt === null || dueAt > now ? null : claimTurn(unit, key, now, lease)
}

/** Hands the head of a lane out for sending; null when the contact is gone. */
export function claimDelivery(unit: Unit, key: string, lane: Lane, now: Millis, lease: Millis): ClaimedDelivery | null {
  const found = unit.contact(key)
  if (found === null) return null
  const { document, row } = withSending(found, lane)
  unit.saveContact(document)
  return claimedDelivery(document, row, unit.claimLane(key, lane, now, now + lease))
}

/** As `claimDelivery`, where the head is due and nobody is sending it. */
export function claimIfDue(state: State, unit: Unit, { key, account, lane }: { key: string; account: AccountKey; lane: Lane }, now: Millis, lease: Millis): ClaimedDelivery | null {
  const outbox = state.index.outbox(account)
  const due = origins.some((origin) => laneOf({ origin }) === lane && (outbox[origin].dueAt(key) ?? Infinity) <= now)
  return due ? claimDelivery(unit, key, lane, now, lease) : null
}

export function claimedDelivery(document: ContactDocument, row: StoredDelivery, claim: string): ClaimedDelivery {
  const { lastInboundAt, optedOut, blocked } = document.profile
  const account: AccountKey = accountOf(document)
  return {
    id: row.id, contactKey: document.key, account, contact: { ...document.contact }, origin: row.origin, part: partOf(row), questionAt: row.questionAt,
    ...(row.questionMessageId === null ? {} : { questionMessageId: row.questionMessageId }),
    claim, attempt: row.attempts, maybeSent: row.maybeSent, lastInboundAt, optedOut, blocked,
  }
}
