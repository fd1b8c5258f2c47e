import type { AccountKey } from '../../core/contact.ts'
import type { ClaimedDelivery, Origin } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import type { Deliveries, FinishedDelivery } from '../ports.ts'
import { accountOf, partOf, type ContactDocument, type StoredDelivery } from './contact-document.ts'
import { laneSubject, origins as allOrigins } from './contact-index.ts'
import { saveOrFinishFarewell } from './erasing.ts'
import type { GroupCommit } from './group-commit.ts'
import { laneOf, withFinished, withSending } from './outbox.ts'
import type { State, Unit } from './unit.ts'

export function deliveriesPort(state: State, commits: GroupCommit): Deliveries {
  const { index } = state

  function claim(unit: Unit, key: string, origin: Origin, now: Millis, lease: Millis): ClaimedDelivery | null {
    const found = unit.contact(key)
    if (found === null) return null
    const { document, row } = withSending(found, laneOf(origin))
    unit.saveContact(document)
    return claimedDelivery(document, row, unit.claimLane(key, laneOf(origin), now, now + lease))
  }

  function finish(unit: Unit, finished: FinishedDelivery, now: Millis): boolean {
    const subject = state.laneLeases.subjectOf(finished.claim)
    if (subject === null) return false
    const key = subject.slice(subject.indexOf(':') + 1)
    const document = unit.contact(key)
    const row = document?.deliveries.find(({ id }) => id === finished.id)
    if (!document || !row || laneSubject(key, laneOf(row.origin)) !== subject) return false
    const after = withFinished(document, finished, now)
    if (after === null) return false
    unit.releaseLane(key, laneOf(row.origin))
    saveOrFinishFarewell(unit, after, now)
    return true
  }

  return {
    dueAccounts: async (now) => {
      index.see(now)
      return index.dueAccounts(now)
    },

    claimDeliveries: (account, limit, now, lease, origins = allOrigins) => commits.run((unit) => {
      index.see(now)
      const claimed: ClaimedDelivery[] = []
      for (const origin of allOrigins.filter((one) => origins.includes(one))) {
        const outbox = index.outbox(account)[origin]
        for (let first = outbox.first(); first !== null && first.dueAt <= now && claimed.length < limit; first = outbox.first()) {
          const delivery = claim(unit, first.key, origin, now, lease)
          if (delivery !== null) claimed.push(delivery)
        }
      }
      return claimed
    }),

    finishDeliveries: (results, now) => commits.run((unit) => {
      index.see(now)
      return results.map((finished) => finish(unit, finished, now))
    }),

    countDeliveries: async () => index.totals.deliveries(),
  }
}

function claimedDelivery(document: ContactDocument, row: StoredDelivery, claim: string): ClaimedDelivery {
  const { lastInboundAt, optedOut, blocked } = document.profile
  const account: AccountKey = accountOf(document)
  return {
    id: row.id, contactKey: document.key, account, contact: { ...document.contact }, origin: row.origin, part: partOf(row), questionAt: row.questionAt,
    ...(row.questionMessageId === null ? {} : { questionMessageId: row.questionMessageId }),
    claim, attempt: row.attempts, maybeSent: row.maybeSent, lastInboundAt, optedOut, blocked,
  }
}
