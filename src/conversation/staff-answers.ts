import type { Millis } from '../core/time.ts'
import type { ContactExport } from '../store/ports.ts'

type Kept = Pick<ContactExport, 'events'>

const lastOf = ({ events }: Kept, isIt: (event: Kept['events'][number]) => boolean): Millis => Math.max(0, ...events.filter(isIt).map(({ sentAt }) => sentAt))
/** Zalo also tells of what we sent ourselves: only what a person wrote there is one. */
const isOutside = ({ kind, automatic }: Kept['events'][number]): boolean => kind === 'staff_message' && automatic === false

/** When a person last wrote in the platform's own app, not on our pages; 0: never, or nothing is known of it any more. */
export const lastOutsideAnswer = (kept: Kept): Millis => lastOf(kept, isOutside)
/** When a person last wrote, wherever; 0 as above. */
export const lastStaffAnswer = (kept: Kept): Millis => lastOf(kept, (event) => isOutside(event) || event.kind === 'staff_reply')
