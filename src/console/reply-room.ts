import type { Channel } from '../channels/channel.ts'
import type { Millis } from '../core/time.ts'
import type { Profile } from '../store/ports.ts'

/** How long an officer may still write to a citizen. */
export interface ReplyRoom {
  isOpen: boolean
  /** When the ordinary window closes; null: it never does, or it is closed already. */
  until: Millis | null
  /** The ordinary window is closed; only a person's own words may go out, under the platform's rule for staff. */
  staffOnly: boolean
}

/** By the channel's own rules for staff messages. Pure. */
export function replyRoom(channel: Channel | undefined, { lastInboundAt, optedOut, blocked }: Profile, now: Millis): ReplyRoom {
  if (channel === undefined || blocked) return { isOpen: false, until: null, staffOnly: false }
  const isOpen = channel.whyUnsendable({ text: 'x' }, { origin: 'staff', lastInboundAt, optedOut, now }) === null
  const closes = channel.replyWindow === null || lastInboundAt === null ? null : lastInboundAt + channel.replyWindow
  const isOver = closes !== null && closes <= now
  return { isOpen, until: isOpen && !isOver ? closes : null, staffOnly: isOpen && isOver }
}
