import type { Answer } from '../answer/answerer.ts'
import { accountKey, type AccountKey } from '../core/contact.ts'
import { errorName } from '../core/error-name.ts'
import type { InboundEvent } from '../core/event.ts'
import { SECOND } from '../core/time.ts'
import type { ClaimedTurn, CommittedTurn, NewDelivery, Turn } from '../store/ports.ts'
import { reply } from './compose.ts'
import { decideOn, turnOf } from './drafting.ts'
import { endLapsed } from './lapsed.ts'
import type { WaitingQuestion } from './model-desk.ts'
import { readConversation, type Conversation } from './state.ts'
import type { Draft } from './turn.ts'
import { sendOn, turnLease, type TurnPorts } from './turn-ports.ts'

/** The third failure makes an event dead. */
const tries = 3

/**
 * All waiting events of one claim, in order, each its own unit; what waits after them comes back as the next claim. Null: nothing, or the claim is lost.
 * `isGivenBack`: asked after each; then the rest of the claim is let go.
 */
export async function handleContact(ports: TurnPorts, claimed: ClaimedTurn, isGivenBack: () => boolean): Promise<ClaimedTurn | null> {
  const account = accountKey(claimed.contact)
  let { version, attempt } = claimed
  let leasedAt = ports.now()
  let conversation = readConversation(claimed.conversation)
  for (const [index, event] of claimed.waiting.entries()) {
    const next = claimed.waiting[index + 1]
    if (attempt > tries) return giveUp(ports, claimed, event, 'interrupted', attempt)
    if (ports.now() - leasedAt > turnLease / 2) {
      leasedAt = ports.now()
      if ((await ports.store.renewTurns([claimed.claim], leasedAt, turnLease)).length > 0) return null
    }
    let drafted: Turn
    let givesBack: boolean
    try {
      const draft = await draftFor(ports, { ...claimed, attempt }, event, conversation)
      givesBack = next !== undefined && isGivenBack()
      drafted = turnOf(ports, { ...claimed, version }, event, draft, givesBack ? undefined : next)
      conversation = draft.conversation
    } catch (error) {
      return giveUp(ports, claimed, event, errorName(error), attempt)
    }
    if (drafted.handover?.kind === 'open') await endLapsed(ports, claimed.contactKey, drafted.handover.reason)
    const committed = await commit(ports, account, drafted, givesBack)
    if (committed.result !== 'committed') {
      ports.counters.add('turn_failures', { cause: committed.result })
      return committed.result === 'refused' ? giveUp(ports, claimed, event, 'refused', tries) : null
    }
    ports.counters.add('turns', { channel: claimed.contact.channel, status: drafted.outcome?.status ?? 'none' })
    if (event.kind === 'staff_message') ports.staffWrote?.(claimed.contactKey, account, event.sentAt)
    if (drafted.erase === true || next === undefined || givesBack) return committed.next
    version += 1
    attempt = 1
  }
  return null
}

/** Commits; the first reply goes on its way at once where the account has a place for it. `givesBack`: nothing is claimed after it. */
async function commit({ store, outbox, now }: TurnPorts, account: AccountKey, turn: Turn, givesBack: boolean): Promise<CommittedTurn> {
  const place = !givesBack && turn.deliveries.length > 0 && outbox.reserve(account)
  // The store cancels what waits; what comes back from a platform a moment later would wait again.
  if (turn.cancelReplies !== undefined) outbox.withdraw(turn.contactKey)
  try {
    const committed = givesBack
      ? { result: (await store.commitTurns([turn], now()))[0]!, next: null, delivery: null }
      : (await store.commitAndClaim([turn], now(), { lease: turnLease, deliveries: place }))[0]!
    sendOn(outbox, account, { place, queued: turn.deliveries.length > 0, first: committed.delivery })
    return committed
  } catch (error) {
    if (place) outbox.giveBack(account)
    throw error
  }
}

/** Decides, looks up what the decision asks for, and decides the rest. */
async function draftFor(ports: TurnPorts, claimed: ClaimedTurn, event: InboundEvent, conversation: Conversation): Promise<Draft> {
  const content = ports.content()
  const decision = decideOn(ports, event, conversation)
  switch (decision.kind) {
    case 'turn':
      return decision.draft
    case 'export':
      return decision.resume(await ports.store.exportContact(claimed.contactKey))
    case 'question': {
      const answer: Answer | Promise<Answer> = content.answerer.answer(decision.question, { now: ports.now(), lastArticle: decision.lastArticle })
      const found = answer instanceof Promise ? await answer : answer
      const improved = withModel(ports, claimed, event, { question: decision.question, answer: found, conversation, content })
      return decision.resume(improved instanceof Promise ? await improved : improved)
    }
  }
}

/** Waits for the model where it may help; else the answer as it is. */
function withModel(ports: TurnPorts, claimed: ClaimedTurn, event: InboundEvent, asked: Pick<WaitingQuestion, 'question' | 'answer' | 'conversation' | 'content'>): Answer | Promise<Answer> {
  const { store, model, channels, now } = ports
  const { contact, claim, attempt } = claimed
  const channel = channels[contact.channel]
  return model === undefined ? asked.answer : model.improve({
    ...asked, contact, attempt, sentAt: event.sentAt,
    renew: () => store.renewTurns([claim], now(), turnLease),
    typing: channel?.typing === undefined ? null : () => channel.typing!(contact),
  })
}

/** Tries again a little later, or sets the event aside and apologises. */
async function giveUp(ports: TurnPorts, claimed: ClaimedTurn, event: InboundEvent, cause: string, attempt: number): Promise<null> {
  const at = ports.now()
  const dead = attempt >= tries
  ports.counters.add('turn_failures', { cause: dead ? 'dead' : 'retried' })
  ports.log.error({ event: event.id, cause, attempt, dead }, 'an event could not be handled')
  await ports.store.failTurn({
    contactKey: claimed.contactKey,
    claim: claimed.claim,
    eventId: event.id,
    cause,
    then: dead ? { dead: true, ...apology(ports, claimed, event) } : { retryAt: at + attempt * 2 * SECOND },
  }, at)
  if (dead) ports.outbox.wake(accountKey(claimed.contact))
  return null
}

function apology({ channels, content }: TurnPorts, { contact }: ClaimedTurn, event: InboundEvent): { apology?: NewDelivery } {
  const part = channels[contact.channel]?.render({ text: reply(content(), 'failed') })[0]
  return part === undefined ? {} : { apology: { id: `${event.id}#failed`, origin: 'reply', part, questionAt: null } }
}
