import type { ContactExport } from '../store/ports.ts'
import { choice, reply } from './compose.ts'
import { consentRecord } from './consent.ts'
import type { Command } from '../core/commands.ts'
import { currentMenu, draftOfMove, mainMenu } from './menu.ts'
import { answerModelConsent } from './model-consent.ts'
import { askForPerson, isPaused, takeBackRequest } from './person.ts'
import { newConversation, type Pending } from './state.ts'
import { back } from '../flow/advance.ts'
import { flowContext, turn, type Decision, type Draft, type Situation } from './turn.ts'
import { describeKept } from './kept-data.ts'

/** What citizens may order at any moment. */
export function obey(situation: Situation, command: Command): Decision {
  switch (command) {
    case 'menu': return turn(giveBackAndShowMenu(situation))
    case 'back': return turn(goBack(situation))
    case 'human': return turn(askForPerson(situation))
    case 'take_back': return turn(takeBackRequest(situation))
    case 'stop': return turn(setAnnouncements(situation, false))
    case 'start': return turn(setAnnouncements(situation, true))
    case 'erase': return turn(askToErase(situation))
    case 'data': return { kind: 'export', resume: (kept) => showData(situation, kept) }
  }
}

/** "menu" while a person has the conversation gives it back to the bot. */
function giveBackAndShowMenu(situation: Situation): Draft {
  if (!isPaused(situation)) return mainMenu(situation)
  const { conversation, content } = situation
  const draft = mainMenu({ ...situation, conversation: { ...conversation, pausedUntil: null, waitingSince: null } }, [{ text: reply(content, 'bot_again') }])
  return { ...draft, changes: { handover: { kind: 'close' } } }
}

/** After an article back to the menu it came from; in a menu one step back. */
function goBack(situation: Situation): Draft {
  const { conversation, content } = situation
  if (conversation.article !== null || conversation.flow.at === null) return currentMenu(situation)
  return draftOfMove(situation, back(content.flows, conversation.flow, flowContext(situation, '')), 'menu')
}

function setAnnouncements(situation: Situation, wanted: boolean): Draft {
  const { content, conversation } = situation
  return {
    conversation,
    messages: [{ text: reply(content, wanted ? 'opt_in_done' : 'opt_out_done') }],
    status: 'command',
    changes: { profile: { optedOut: !wanted }, consents: [consentRecord(situation, 'announce', wanted)] },
  }
}

function askToErase(situation: Situation): Draft {
  const { content, conversation } = situation
  return {
    conversation: { ...conversation, pending: { kind: 'erase' } },
    messages: [{
      text: reply(content, 'erase_confirm'),
      choices: [choice(content, 'erase_yes_title', 'k:erase-yes'), choice(content, 'erase_no_title', 'k:erase-no')],
    }],
    status: 'command',
  }
}

/** Everything about the contact goes; the farewell is the last thing sent. */
export function erase(situation: Situation): Draft {
  return {
    conversation: newConversation,
    messages: [{ text: reply(situation.content, 'erase_done') }],
    status: 'erased',
    changes: { erase: true },
  }
}

/** The yes or no to whatever is pending; null when nothing fitting is. */
export function answerPending(situation: Situation, yes: boolean, about: Pending['kind']): Draft | null {
  const { conversation, content } = situation
  const pending = conversation.pending
  if (pending?.kind !== about) return null
  const rest = { ...situation, conversation: { ...conversation, pending: null } }
  if (pending.kind === 'erase') {
    return yes ? erase(situation) : { conversation: rest.conversation, messages: [{ text: reply(content, 'erase_kept') }], status: 'command' }
  }
  if (pending.kind === 'model') return answerModelConsent(situation, yes)
  const draft = draftOfMove(rest, pending.then, 'flow')
  const consents = [consentRecord(situation, 'remember', yes)]
  return { ...draft, changes: { consents, ...(yes ? { profile: { remembered: { [pending.field]: pending.value } } } : {}) } }
}

/** What is kept, in plain words, and how to have it erased. */
function showData(situation: Situation, kept: ContactExport | null): Draft {
  const { content, conversation } = situation
  const summary = kept === null ? 'Chưa lưu thông tin nào.' : describeKept(kept)
  return { conversation, messages: [{ text: reply(content, 'data_shown', { summary }) }], status: 'command' }
}
