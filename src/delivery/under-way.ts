import type { ClaimedDelivery } from '../core/delivery.ts'

/** Replies that this process is sending. A claim may run out meanwhile (the clock jumps, the machine was halted, a long wait for a place) and be handed out again. */
export interface UnderWay {
  begin(delivery: Pick<ClaimedDelivery, 'id' | 'claim'>): void
  /** True: it is being sent already, and its end will be noted under this newer claim. */
  takeOver(delivery: Pick<ClaimedDelivery, 'id' | 'claim'>): boolean
  /** The claim that holds now. */
  claimOf(id: string): string
  end(id: string): void
}

export function createUnderWay(): UnderWay {
  const claims = new Map<string, string>()
  return {
    begin: ({ id, claim }) => void claims.set(id, claim),
    takeOver({ id, claim }) {
      if (!claims.has(id)) return false
      claims.set(id, claim)
      return true
    },
    claimOf: (id) => claims.get(id)!,
    end: (id) => void claims.delete(id),
  }
}
