import { says } from '../core/text.ts'
import { choice, menuChoice, reply } from './compose.ts'
import { consentRecord } from './consent.ts'
import { turn, type Decision, type Draft, type Situation } from './turn.ts'

/** Whether a citizen's questions may go to a model outside Viet Nam: asked for by a button, given in words or by another, taken back at any time. */

const giving = ['nhờ AI soạn', 'nhờ AI soạn câu trả lời', 'đồng ý dùng AI']
const withdrawing = ['thôi dùng AI', 'thôi nhờ AI', 'không dùng AI nữa', 'ngừng dùng AI']

/** The two orders in words; null for any other text. */
export function fromModelWords(situation: Situation, text: string): Decision | null {
  if (situation.conversation.model?.given === true && withdrawing.some((phrase) => says(text, phrase))) return turn(answerModelConsent(situation, false))
  return situation.settings.modelHost && giving.some((phrase) => says(text, phrase)) ? turn(askModelConsent(situation)) : null
}

/** What would go where, and how to take it back. Old buttons lead here too, when nothing needs consent any more: then to the menu. */
export function askModelConsent(situation: Situation): Draft {
  const { content, conversation, settings } = situation
  if (!settings.modelHost) return { conversation, messages: [{ text: reply(content, 'old_button'), choices: [menuChoice(content)] }], status: 'menu' }
  return {
    conversation: { ...conversation, pending: { kind: 'model', host: settings.modelHost } },
    messages: [{
      text: reply(content, 'model_ask', { host: settings.modelHost }),
      choices: [choice(content, 'model_yes_title', 'k:model-yes'), choice(content, 'model_no_title', 'k:model-no')],
    }],
    status: 'command',
  }
}

/** The yes or no, kept as a record and with the conversation. Consent is to one host: another one is asked about anew. */
export function answerModelConsent(situation: Situation, yes: boolean): Draft {
  const { content, conversation } = situation
  const host = conversation.pending?.kind === 'model' ? conversation.pending.host : (conversation.model?.host ?? '')
  return {
    conversation: { ...conversation, pending: null, model: { host, given: yes } },
    messages: [{ text: reply(content, yes ? 'model_on' : 'model_off'), choices: [menuChoice(content)] }],
    status: 'command',
    changes: { consents: [consentRecord(situation, 'model', yes)] },
  }
}
