import type { ClaimedDelivery } from '../core/delivery.ts'
import type { FinishedDelivery } from '../store/ports.ts'

/** Replies that this process is sending. A claim may run out meanwhile (the clock jumps, the machine was halted, a long wait for a place) and be handed out again. */
export interface UnderWay {
  begin(delivery: Pick<ClaimedDelivery, 'id' | 'claim' | 'contactKey' | 'origin'>): void
  /** True: it is being sent already, and its end will be noted under this newer claim. */
  takeOver(delivery: Pick<ClaimedDelivery, 'id' | 'claim'>): boolean
  /** The claim that holds now. */
  claimOf(id: string): string
  /** A person answered this contact: what the bot is just sending is not tried again. */
  withdraw(contactKey: string): void
  isWithdrawn(id: string): boolean
  end(id: string): void
}

export function createUnderWay(): UnderWay {
  const sending = new Map<string, { claim: string; contactKey: string; byBot: boolean; withdrawn: boolean }>()
  return {
    begin: ({ id, claim, contactKey, origin }) => void sending.set(id, { claim, contactKey, byBot: origin === 'reply', withdrawn: false }),
    takeOver({ id, claim }) {
      const known = sending.get(id)
      if (known !== undefined) known.claim = claim
      return known !== undefined
    },
    claimOf: (id) => sending.get(id)!.claim,
    withdraw(contactKey) {
      for (const each of sending.values()) if (each.byBot && each.contactKey === contactKey) each.withdrawn = true
    },
    isWithdrawn: (id) => sending.get(id)!.withdrawn,
    end: (id) => void sending.delete(id),
  }
}

/** What would be tried again ends instead: a person has answered. */
export function endWithdrawn<T extends Pick<FinishedDelivery, 'end'>>(ended: T): T {
  if (ended.end.status !== 'queued') return ended
  return { ...ended, end: ended.end.maybeSent ? { status: 'uncertain', reason: 'no_answer' } : { status: 'skipped', reason: 'staff_answered' } }
}
