import { accountKey } from '../core/contact.ts'
import { isByCitizen, type InboundEvent } from '../core/event.ts'
import type { AtOnce, ClaimedTurn, Received, Turn } from '../store/ports.ts'
import { decideOn, turnOf } from './drafting.ts'
import { readConversation } from './state.ts'
import { sendOn, type TurnPorts } from './turn-ports.ts'

/** One event that may be handled while it is recorded. */
export interface Handling {
  /** Asked within the unit of the store, perhaps more than once. */
  handle: AtOnce
  /** The unit is over: what it came to, null where the event was not handled in it. To be called once. */
  end(handled: Received['handled']): void
}

/** For one call of `recordAndHandle`. A place for the first reply is kept from `handle` to `end`. */
export function handlingAtOnce(ports: TurnPorts, { contact }: InboundEvent): Handling {
  const { outbox, counters } = ports
  const account = accountKey(contact)
  let turn: Turn | null = null
  let place = false
  return {
    handle(shown) {
      turn = turnAtOnce(ports, shown)
      if (turn === null) return null
      place ||= turn.deliveries.length > 0 && outbox.reserve(account)
      return { turn, deliveries: place }
    },
    end(handled) {
      if (handled === null || turn === null) {
        if (place) outbox.giveBack(account)
        return
      }
      counters.add('turns', { channel: contact.channel, status: turn.outcome?.status ?? 'none' })
      sendOn(outbox, account, { place, queued: turn.deliveries.length > 0, first: handled.delivery })
    },
  }
}

/** A longer text is mostly a question, which is looked up: it would be thought about twice, and once while its sender waits for the acknowledgement. */
const longestAtOnce = 32

/** The turn of what a citizen said that only says something and moves the conversation on; null where something must be looked up, or more changes than that. */
function turnAtOnce(ports: TurnPorts, claimed: ClaimedTurn): Turn | null {
  const event = claimed.waiting[0]!
  if (!isByCitizen(event.kind) || (event.kind === 'text' && event.text.length > longestAtOnce)) return null
  const decision = decideOn(ports, event, readConversation(claimed.conversation))
  return decision.kind === 'turn' && decision.draft.changes === undefined ? turnOf(ports, claimed, event, decision.draft, undefined) : null
}
