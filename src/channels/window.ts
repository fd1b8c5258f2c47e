import type { UnsendableReason } from '../core/delivery.ts'
import type { Part } from '../core/message.ts'
import { MINUTE, type Millis } from '../core/time.ts'
import type { SendContext } from './channel.ts'

/** Clocks differ and calls take time: a window is treated as closed this long before it closes. */
const WINDOW_MARGIN: Millis = 2 * MINUTE

/** Whether the citizen's last message is too long ago. Who never wrote has no window. */
export const isOutsideWindow = ({ lastInboundAt, now }: SendContext, window: Millis): boolean =>
  lastInboundAt === null || now - lastInboundAt > window - WINDOW_MARGIN

/** What holds on every channel; null when the channel's own rules may decide. */
export function generallyUnsendable(part: Part, { origin, optedOut }: SendContext): UnsendableReason | null {
  if (origin === 'campaign' && optedOut) return 'opted_out'
  return part.text === '' && part.media === undefined && part.template === undefined ? 'unsupported_content' : null
}
