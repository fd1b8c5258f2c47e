import type { InboundEvent } from '../core/event.ts'

/**
 * Events that only tell what became of a delivery or a comment. They leave no row of their own, because taking one twice changes
 * nothing: there may be three of them for each message we send.
 */
export type Settling = Extract<InboundEvent, { kind: 'echo' | 'receipt' | 'comment_removed' }>
export const isSettling = (event: InboundEvent): event is Settling => event.kind === 'echo' || event.kind === 'receipt' || event.kind === 'comment_removed'
