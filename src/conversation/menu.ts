import type { Message } from '../core/message.ts'
import { again, enter } from '../flow/advance.ts'
import { mainFlow, noFlow, type FlowMove } from '../flow/flow.ts'
import { answerUnder, menuChoice, reply } from './compose.ts'
import type { Conversation } from './state.ts'
import { flowContext, type Draft, type Situation } from './turn.ts'
import { vietnamDay } from '../core/time.ts'
import type { TurnStatus } from '../core/turn-status.ts'
import { askForPerson } from './person.ts'

/** Where moves through the flows become drafts. */

/** What a move says, with the conversation it leads to. `before` are messages said first. */
export function draftOfMove(situation: Situation, move: FlowMove, status: TurnStatus, before: Message[] = []): Draft {
  const { content, now } = situation
  const conversation: Conversation = { ...situation.conversation, flow: move.state, article: null, pending: null }
  switch (move.kind) {
    case 'said':
      return { conversation, messages: joined(before, move.messages), status }
    case 'article': {
      const found = answerUnder(content, move.article, vietnamDay(now))
      if (found === null) return mainMenu({ ...situation, conversation }, before)
      const { article: { id }, message } = found
      return { conversation: { ...conversation, article: { id, at: now } }, messages: [...before, message], status: 'answered', article: id }
    }
    case 'handover':
      return askForPerson({ ...situation, conversation })
    case 'remember':
      return {
        conversation: { ...conversation, pending: { kind: 'remember', field: move.field, value: move.value, then: move.then } },
        messages: [...before, {
          text: reply(content, 'remember_ask', { value: move.value }),
          choices: [
            { title: reply(content, 'remember_yes_title'), payload: 'k:remember-yes' },
            { title: reply(content, 'remember_no_title'), payload: 'k:remember-no' },
          ],
        }],
        status,
      }
    case 'question':
      return { conversation, messages: before, status }
  }
}

/** One bubble instead of two where a sentence only introduces what stands under it. */
export function joined(before: Message[], messages: Message[]): Message[] {
  const [intro, ...others] = before
  const [first, ...rest] = messages
  if (intro === undefined || others.length > 0 || first === undefined) return [...before, ...messages]
  return [{ ...first, text: `${intro.text}\n\n${first.text}` }, ...rest]
}

/** The main menu, from anywhere; what was saved in flows stays. */
export function mainMenu(situation: Situation, before: Message[] = []): Draft {
  const { content, conversation } = situation
  const main = content.flows.get(mainFlow)
  if (main === undefined) return { conversation, messages: [...before, { text: '', choices: [menuChoice(content)] }], status: 'menu' }
  const fresh = { ...noFlow, saved: conversation.flow.saved }
  const move = enter(content.flows, fresh, { flow: main.id, step: main.start }, flowContext(situation, ''))
  return draftOfMove(situation, move, 'menu', before)
}

/** The step the contact is at, said anew; the main menu outside every flow. */
export function currentMenu(situation: Situation, before: Message[] = []): Draft {
  if (situation.conversation.flow.at === null) return mainMenu(situation, before)
  return draftOfMove(situation, again(situation.content.flows, situation.conversation.flow, flowContext(situation, '')), 'menu', before)
}
