import type { Origin } from '../core/delivery.ts'

/** By urgency; in a database a delivery's `origin` column is the place in this list. */
export const origins: readonly Origin[] = ['reply', 'staff', 'campaign']
/** The place of `campaign`. */
export const CAMPAIGN = 2
