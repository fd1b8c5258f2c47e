import type { Contact } from '../core/contact.ts'
import { onceForFixed } from '../core/fixed.ts'
import type { Link, Message, Part } from '../core/message.ts'
import { deliveryMark } from '../core/payload.ts'
import { splitText } from '../core/text.ts'
import { DAY, HOUR } from '../core/time.ts'
import type { SendContext } from './channel.ts'
import { choicesWithin, cutTitle, fitsButton, linkLines, makePart, paragraphs, plainText, quoting, textOf, units } from './parts.ts'
import { isOutsideWindow } from './window.ts'

/** What Messenger takes in one call, and when. */
export const facebookLimits = {
  text: 2_000,
  /** Cut earlier than the limit: one of Meta's pages words it as "less than 2000". */
  cutAt: 1_900,
  quickReplies: 13,
  buttonTitle: 20,
  templateText: 640,
  templateButtons: 3,
  window: 24 * HOUR,
  /** Words a person wrote may follow for so long, under the tag HUMAN_AGENT. */
  humanAgentWindow: 7 * DAY,
}

/**
 * Media goes first and alone: Messenger takes an attachment or a text, and quick replies vanish with the next message, so
 * they must stand on the last. Up to three links under a short text are buttons, else lines.
 */
export function renderFacebook(message: Message): Part[] {
  const links = message.links ?? []
  const buttons = links.length <= facebookLimits.templateButtons && links.every(fitsButton) ? links : []
  return renderWith(message, buttons) ?? renderWith(message, []) ?? []
}

/** Null when the last text is too long for a template with these buttons. */
function renderWith(message: Message, buttons: Link[]): Part[] | null {
  const { choices = [], links = [], media } = message
  const pieces = splitText(paragraphs(textOf(message), buttons.length > 0 ? '' : linkLines(links)), facebookLimits.cutAt, units)
  const last = pieces.pop() ?? ''
  const end = makePart(last, { choices: choicesWithin(choices, facebookLimits.quickReplies), links: buttons })
  if (buttons.length > 0 && (units(last) > facebookLimits.templateText || units(plainText(end)) > facebookLimits.text)) return null
  return quoting([
    ...(media === undefined ? [] : [makePart('', { media })]),
    ...pieces.map((piece) => makePart(piece)),
    ...(last === '' ? [] : [end]),
  ], message.quote)
}

/** The body of one send. Without a context it is a reply inside the window. */
export function toRequest(contact: Contact, part: Part, deliveryId: string, context?: SendContext): Record<string, unknown> {
  if (part.template !== undefined) return utilityRequest(contact, part.template, deliveryId)
  const { quote } = part
  return {
    recipient: { id: contact.userId },
    ...permission(context),
    message: { ...contentOf(part), metadata: deliveryMark + deliveryId },
    ...(quote !== undefined && { reply_to: { mid: quote } }),
  }
}

const contentOf = onceForFixed(({ text, choices = [], links = [], media }: Part): object => {
  const buttons = links.map(({ title, url }) => ({ type: 'web_url', title: cutTitle(title || url, facebookLimits.buttonTitle), url }))
  const quickReplies = choices.map(({ title, payload }) => ({ content_type: 'text', title: cutTitle(title, facebookLimits.buttonTitle), payload }))
  const content = media !== undefined ? { attachment: { type: media.kind, payload: { url: media.url } } }
    : buttons.length > 0 ? { attachment: { type: 'template', payload: { template_type: 'button', text, buttons } } }
    : { text }
  return { ...content, ...(quickReplies.length > 0 && { quick_replies: quickReplies }) }
})

/** An approved utility template. Its blanks are named; where they stand is in the template. */
function utilityRequest(contact: Contact, { id, language, data }: NonNullable<Part['template']>, deliveryId: string): Record<string, unknown> {
  const parameters = Object.entries(data).map(([name, text]) => ({ type: 'text', parameter_name: name, text }))
  return {
    recipient: { id: contact.userId },
    messaging_type: 'UTILITY',
    message: {
      template: { name: id, language: { code: language ?? 'vi' }, components: parameters.length === 0 ? [] : [{ type: 'body', parameters }] },
      metadata: deliveryMark + deliveryId,
    },
  }
}

/** The tag is only for words of a person after the window has closed; Meta must have granted "Human Agent" for it. */
function permission(context: SendContext | undefined): { messaging_type: string; tag?: string } {
  if (context?.origin === 'campaign') return { messaging_type: 'UPDATE' }
  if (context?.origin === 'staff' && isOutsideWindow(context, facebookLimits.window)) return { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }
  return { messaging_type: 'RESPONSE' }
}
