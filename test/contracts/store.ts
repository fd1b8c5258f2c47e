import { describe } from 'vitest'
import type { OpenStore } from '../support/store-fixtures.ts'
import { arrivalsContract } from './store/arrivals.ts'
import { campaignRecordsContract } from './store/campaigns.ts'
import { campaignInterleavingsContract } from './store/campaigns-interleavings.ts'
import { campaignSendingContract } from './store/campaigns-sending.ts'
import { claimsContract } from './store/claims.ts'
import { clockContract } from './store/clock.ts'
import { commentsContract } from './store/comments.ts'
import { contactsContract } from './store/contacts.ts'
import { copiesContract } from './store/copies.ts'
import { deliveriesContract } from './store/deliveries.ts'
import { handoversContract } from './store/handovers.ts'
import { inboxContract } from './store/inbox.ts'
import { interleavingsContract } from './store/interleavings.ts'
import { registerContract } from './store/register.ts'
import { statisticsContract } from './store/statistics.ts'
import { togetherContract } from './store/together.ts'
import { upkeepContract } from './store/upkeep.ts'

/**
 * What every store does, said once. `open` opens the store that lives in a folder: called twice with one folder, it
 * must meet the same data. `share`: how many of the random runs, 1 being all. `handlesAtOnce`: it has `recordAndHandle`; `keepsArrivals`: and `arrive`.
 * `shared`: several processes may have it open. Nothing here sleeps or reads a clock; times are passed in.
 */
export function storeContract(name: string, open: OpenStore, { share = 1, handlesAtOnce = false, keepsArrivals = false, shared = false }: { share?: number; handlesAtOnce?: boolean; keepsArrivals?: boolean; shared?: boolean } = {}): void {
  describe(`${name} keeps the store contract`, () => {
    inboxContract(open)
    claimsContract(open, shared)
    deliveriesContract(open)
    togetherContract(open, handlesAtOnce, shared)
    arrivalsContract(open, keepsArrivals)
    contactsContract(open)
    handoversContract(open)
    commentsContract(open)
    registerContract(open)
    statisticsContract(open)
    upkeepContract(open)
    copiesContract(open)
    clockContract(open)
    interleavingsContract(open, share, shared)
  })
}

/** What every store does for campaigns: a part of its own, so that a store can be built one part after the other. */
export function campaignStoreContract(name: string, open: OpenStore, share = 1): void {
  describe(`${name} keeps the campaign contract`, () => {
    campaignRecordsContract(open, share)
    campaignSendingContract(open)
    campaignInterleavingsContract(open, share)
  })
}
