import type { Answer } from '../answer/answerer.ts'
import type { Channel } from '../channels/channel.ts'
import type { Content } from '../content.ts'
import { accountKey, type AccountKey, type ChannelName } from '../core/contact.ts'
import type { ClaimedDelivery } from '../core/delivery.ts'
import { errorName } from '../core/error-name.ts'
import type { InboundEvent } from '../core/event.ts'
import type { Counters, Log } from '../core/ports.ts'
import { SECOND, vietnamDay, type Clock, type Millis } from '../core/time.ts'
import type { AtOnce, ClaimedTurn, CommittedTurn, NewDelivery, Outcome, Received, Store, Turn } from '../store/ports.ts'
import { reply } from './compose.ts'
import { decide } from './decide.ts'
import type { ModelDesk, Waiting } from './model-desk.ts'
import { readConversation, savedConversation, type Conversation } from './state.ts'
import type { Decision, Draft, TurnSettings } from './turn.ts'

/** Longer than the slowest answer. */
export const turnLease: Millis = 60 * SECOND
/** The third failure makes an event dead. */
const tries = 3

export interface TurnPorts {
  store: Store
  channels: Partial<Record<ChannelName, Channel>>
  /** The content of now; a reload between two turns is seen by the second. */
  content: () => Content
  settings: TurnSettings
  now: Clock
  log: Log
  counters: Counters
  outbox: Outbox
  /** Absent: no model; answers come from the articles alone. */
  model?: ModelDesk | undefined
  /** Before then nothing is handled while it is recorded; absent: always. */
  atOnceFrom?: Millis
  /** A person wrote in the platform's own app: looked at for automatic messages. */
  staffWrote?: (contactKey: string, account: AccountKey, at: Millis) => void
}

/** Where replies go. A place is asked for before a reply is committed, so that it can be claimed in the same unit. */
export interface Outbox {
  /** True: one more may be under way for this account, and a place is kept until `carry` or `giveBack`. */
  reserve(account: AccountKey): boolean
  carry(delivery: ClaimedDelivery): void
  giveBack(account: AccountKey): void
  /** Deliveries were queued for this account that nobody has claimed. */
  wake(account: AccountKey): void
}

/** All waiting events of one claim, in order, each its own unit; what waits after them comes back as the next claim. Null: nothing, or the claim is lost. */
export async function handleContact(ports: TurnPorts, claimed: ClaimedTurn): Promise<ClaimedTurn | null> {
  const account = accountKey(claimed.contact)
  let { version, attempt } = claimed
  let leasedAt = ports.now()
  let conversation = readConversation(claimed.conversation)
  for (const [index, event] of claimed.waiting.entries()) {
    const more = index < claimed.waiting.length - 1
    if (attempt > tries) return giveUp(ports, claimed, event, 'interrupted', attempt)
    if (ports.now() - leasedAt > turnLease / 2) {
      leasedAt = ports.now()
      if ((await ports.store.renewTurns([claimed.claim], leasedAt, turnLease)).length > 0) return null
    }
    let drafted: Turn
    try {
      const draft = await draftFor(ports, { ...claimed, attempt }, event, conversation)
      drafted = turnOf(ports, { ...claimed, version }, event, draft, more)
      conversation = draft.conversation
    } catch (error) {
      return giveUp(ports, claimed, event, errorName(error), attempt)
    }
    const committed = await commit(ports, account, drafted)
    if (committed.result !== 'committed') {
      ports.counters.add('turn_failures', { cause: committed.result })
      return committed.result === 'refused' ? giveUp(ports, claimed, event, 'refused', tries) : null
    }
    ports.counters.add('turns', { channel: claimed.contact.channel, status: drafted.outcome?.status ?? 'none' })
    if (event.kind === 'staff_message') ports.staffWrote?.(claimed.contactKey, account, ports.now())
    if (drafted.erase === true || !more) return committed.next
    version += 1
    attempt = 1
  }
  return null
}

/** Commits; the first reply goes on its way at once where the account has a place for it. */
async function commit({ store, outbox, now }: TurnPorts, account: AccountKey, turn: Turn): Promise<CommittedTurn> {
  const place = turn.deliveries.length > 0 && outbox.reserve(account)
  try {
    const [committed] = await store.commitAndClaim([turn], now(), { lease: turnLease, deliveries: place })
    sendOn(outbox, account, { place, queued: turn.deliveries.length > 0, first: committed!.delivery })
    return committed!
  } catch (error) {
    if (place) outbox.giveBack(account)
    throw error
  }
}

/** What a committed turn says goes on its way: `first` is claimed for the place kept, what else is `queued` is nobody's yet. */
function sendOn(outbox: Outbox, account: AccountKey, { place, queued, first }: { place: boolean; queued: boolean; first: ClaimedDelivery | null }): void {
  if (first !== null) return outbox.carry(first)
  if (place) outbox.giveBack(account)
  if (queued) outbox.wake(account)
}

/** One event that may be handled while it is recorded. */
export interface Handling {
  /** Asked within the unit of the store, perhaps more than once. */
  handle: AtOnce
  /** The unit is over: what it came to, null where the event was not handled in it. To be called once. */
  end(handled: Received['handled']): void
}

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

/** The longest text that is read while its sender waits for the acknowledgement. */
const longestAtOnce = 300

/** A turn that only says something and moves the conversation on; null where something must be looked up, or more changes than that. */
function turnAtOnce(ports: TurnPorts, claimed: ClaimedTurn): Turn | null {
  const event = claimed.waiting[0]!
  if (event.kind === 'text' && event.text.length > longestAtOnce) return null
  const decision = decideOn(ports, event, readConversation(claimed.conversation))
  return decision.kind === 'turn' && decision.draft.changes === undefined ? turnOf(ports, claimed, event, decision.draft, false) : null
}

const decideOn = ({ content, now, settings }: TurnPorts, event: InboundEvent, conversation: Conversation): Decision =>
  decide({ event, conversation, content: content(), now: now(), settings })

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
function withModel(ports: TurnPorts, claimed: ClaimedTurn, event: InboundEvent, asked: Pick<Waiting, 'question' | 'answer' | 'conversation' | 'content'>): Answer | Promise<Answer> {
  const { store, model, channels, now } = ports
  const { contact, claim, attempt } = claimed
  const channel = channels[contact.channel]
  return model === undefined ? asked.answer : model.improve({
    ...asked, contact, attempt, sentAt: event.sentAt,
    renew: () => store.renewTurns([claim], now(), turnLease),
    typing: channel?.typing === undefined ? null : () => channel.typing!(contact),
  })
}

function turnOf(ports: TurnPorts, claimed: ClaimedTurn, event: InboundEvent, draft: Draft, more: boolean): Turn {
  return {
    contactKey: claimed.contactKey,
    claim: claimed.claim,
    version: claimed.version,
    eventId: event.id,
    conversation: savedConversation(draft.conversation),
    deliveries: deliveriesOf(ports, claimed, event, draft),
    outcome: outcomeOf(ports.now(), claimed, draft),
    ...draft.changes,
    ...(more && draft.changes?.erase !== true ? { keepClaim: true } : {}),
  }
}

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
