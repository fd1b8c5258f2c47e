import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import type { ClaimedDelivery } from '../../core/delivery.ts'
import { origins } from '../origins.ts'
import type { Deliveries, FinishedDelivery } from '../ports.ts'
import { claimDelivery, claimIfDue } from './claiming.ts'
import { accountOf } from './contact-document.ts'
import { laneSubject } from './contact-index.ts'
import { saveOrFinishFarewell } from './erasing.ts'
import type { GroupCommit } from './group-commit.ts'
import { laneOf, withFinished, type Lane } from './outbox.ts'
import type { State, Unit } from './unit.ts'

export function deliveriesPort(state: State, commits: GroupCommit): Deliveries {
  const { index } = state

  /** Where the contact and lane are whose send ended; null when the claim is lost. */
  function finish(unit: Unit, finished: FinishedDelivery, now: Millis): { key: string; account: AccountKey; lane: Lane } | null {
    const subject = state.laneLeases.subjectOf(finished.claim)
    if (subject === null) return null
    const key = subject.slice(subject.indexOf(':') + 1)
    const document = unit.contact(key)
    const row = document?.deliveries.find(({ id }) => id === finished.id)
    if (!document || !row || laneSubject(key, laneOf(row)) !== subject) return null
    const after = withFinished(document, finished, now)
    if (after === null) return null
    unit.releaseLane(key, laneOf(row))
    saveOrFinishFarewell(unit, after, now)
    return { key, account: accountOf(document), lane: laneOf(row) }
  }

  return {
    dueAccounts: async (now) => {
      index.see(now)
      return index.dueAccounts(now)
    },

    claimDeliveries: (account, limit, now, lease) => commits.run((unit) => {
      index.see(now)
      const claimed: ClaimedDelivery[] = []
      for (const origin of origins) {
        const outbox = index.outbox(account)[origin]
        for (let first = outbox.first(); first !== null && first.dueAt <= now && claimed.length < limit; first = outbox.first()) {
          const delivery = claimDelivery(unit, first.key, laneOf({ origin }), now, lease)
          if (delivery !== null) claimed.push(delivery)
        }
      }
      return claimed
    }),

    finishDeliveries: (results, now) => commits.run((unit) => {
      index.see(now)
      return results.map((finished) => finish(unit, finished, now) !== null)
    }),

    finishAndClaim: (results, now, lease) => commits.run((unit) => {
      index.see(now)
      return results.map((finished) => {
        const ended = finish(unit, finished, now)
        return { noted: ended !== null, next: ended === null ? null : claimIfDue(state, unit, ended, now, lease) }
      })
    }),

    countDeliveries: async () => index.totals.deliveries(),
  }
}
