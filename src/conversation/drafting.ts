import { accountKey } from '../core/contact.ts'
import type { InboundEvent } from '../core/event.ts'
import { vietnamDay, type Millis } from '../core/time.ts'
import type { ClaimedTurn, NewDelivery, Outcome, Turn } from '../store/ports.ts'
import { decide } from './decide.ts'
import { savedConversation, type Conversation } from './state.ts'
import type { Decision, Draft } from './turn.ts'
import type { TurnPorts } from './turn-ports.ts'

/** From an event to a decision, and from its draft to the turn that the store takes. */

/** By the content of now. */
export const decideOn = ({ content, now, settings }: TurnPorts, event: InboundEvent, conversation: Conversation): Decision =>
  decide({ event, conversation, content: content(), now: now(), settings })

/** The turn of a draft, its messages cut into parts. `next`: the event of the claim that comes after this one; undefined after the last. */
export function turnOf(ports: TurnPorts, claimed: ClaimedTurn, event: InboundEvent, draft: Draft, next: InboundEvent | undefined): Turn {
  return {
    contactKey: claimed.contactKey,
    claim: claimed.claim,
    version: claimed.version,
    eventId: event.id,
    conversation: savedConversation(draft.conversation),
    deliveries: deliveriesOf(ports, claimed, event, draft),
    outcome: outcomeOf(ports.now(), claimed, draft),
    ...(hasComeBack(claimed, event) ? {} : draft.changes),
    ...(next !== undefined && draft.changes?.erase !== true ? { keepClaim: next.id } : {}),
  }
}

/** Who left and wrote again: that they left may be told late, or together with what they wrote. */
const hasComeBack = ({ profile }: ClaimedTurn, event: InboundEvent): boolean =>
  event.kind === 'unfollow' && profile.lastInboundAt !== null && profile.lastInboundAt > event.sentAt

function deliveriesOf({ channels }: TurnPorts, { contact }: ClaimedTurn, event: InboundEvent, draft: Draft): NewDelivery[] {
  const channel = channels[contact.channel]
  if (channel === undefined) return []
  const answersQuestion = event.kind === 'text' || event.kind === 'tap' || event.kind === 'attachment'
  return draft.messages
    .flatMap((message) => channel.render(message))
    .map((part, index): NewDelivery => ({
      id: `${event.id}#${index + 1}`,
      origin: event.kind === 'staff_reply' ? 'staff' : 'reply',
      part,
      questionAt: answersQuestion && draft.status !== 'stale' && draft.status !== 'emergency' ? event.sentAt : null,
      ...(event.messageId === undefined ? {} : { questionMessageId: event.messageId }),
    }))
}

function outcomeOf(now: Millis, { contact }: ClaimedTurn, draft: Draft): Outcome {
  return {
    day: vietnamDay(now),
    account: accountKey(contact),
    entry: draft.conversation.entry,
    flow: draft.conversation.flow.at?.flow ?? null,
    step: draft.conversation.flow.at?.step ?? null,
    article: draft.article ?? null,
    status: draft.status,
    handover: draft.handedOver ?? false,
    helpful: draft.helpful ?? null,
  }
}
