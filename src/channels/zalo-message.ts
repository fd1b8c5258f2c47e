import type { Contact } from '../core/contact.ts'
import { onceForFixed } from '../core/fixed.ts'
import type { Choice, Link, Message, Part } from '../core/message.ts'
import { splitText } from '../core/text.ts'
import { HOUR } from '../core/time.ts'
import { choicesWithin, cutTitle, fitsButton, linkLines, makePart, mediaLine, paragraphs, plainText, quoting, textOf, units } from './parts.ts'

/** What Zalo takes in one consultation message, and when. */
export const zaloLimits = {
  text: 2_000,
  /** Cut earlier than the limit: a line may be put before a late reply. */
  cutAt: 1_900,
  buttons: 5,
  /** 100 are taken, 35 are shown. */
  buttonTitle: 35,
  /** Free and unlimited since 1 January 2026; from then until the seventh day it is billed, which only an announcement may ask for. */
  freeWindow: 48 * HOUR,
}

/**
 * A picture carries the last text as its caption where no buttons are wanted, else it goes first: Zalo takes buttons or a
 * picture. Links are buttons where choices leave room, else lines. Sound, films and files are lines: Zalo takes no URL for them.
 */
export function renderZalo(message: Message): Part[] {
  const choices = choicesWithin(message.choices ?? [], zaloLimits.buttons)
  const links = message.links ?? []
  const buttons = links.filter(fitsButton).slice(0, zaloLimits.buttons - choices.length)
  return renderWith(message, choices, buttons) ?? renderWith(message, choices, []) ?? []
}

/** Null when a part's words with its links would not fit as mere text, which is what goes out when buttons are refused. */
function renderWith(message: Message, choices: Choice[], buttons: Link[]): Part[] | null {
  const { media, links = [] } = message
  const image = media?.kind === 'image' ? media : undefined
  const inText = links.filter((link) => !buttons.includes(link))
  const body = paragraphs(textOf(message), linkLines(inText), media !== undefined && image === undefined ? mediaLine(media) : '')
  const pieces = splitText(body, zaloLimits.cutAt, units)
  const last = pieces.pop() ?? ''
  const caption = makePart(last, { media: image })
  const asCaption = last !== '' && choices.length + buttons.length === 0 && units(plainText(caption)) <= zaloLimits.text
  const parts = pieces.map((piece) => makePart(piece))
  if (image !== undefined && !asCaption) parts.unshift(makePart(cutTitle(image.alt, 200), { media: image }))
  if (last !== '') parts.push(asCaption ? caption : makePart(last, { choices, links: buttons }))
  if (buttons.length > 0 && units(plainText(parts.at(-1)!)) > zaloLimits.text) return null
  return quoting(parts, message.quote)
}

/**
 * The call for one part. An anonymous visitor is `anon:<id>:<conversation>` and is written to by v2.0, without buttons. A
 * template goes by user id, which nothing but the template's own data may go with.
 */
export function toRequest(contact: Contact, part: Part): { path: string; body: object } {
  if (part.template !== undefined) {
    return { path: '/v3.0/oa/message/template', body: { user_id: contact.userId, template_id: part.template.id, template_data: part.template.data } }
  }
  const [kind, anonymousId, conversationId] = contact.userId.split(':')
  if (kind === 'anon') {
    const form = part.links ? makePart(plainText(part)) : makePart(part.text, { media: part.media })
    return { path: '/v2.0/oa/message', body: { recipient: { anonymous_id: anonymousId, conversation_id: conversationId }, message: toMessage(form) } }
  }
  return { path: '/v3.0/oa/message/cs', body: { recipient: { user_id: contact.userId }, message: toMessage(part) } }
}

const toMessage = onceForFixed(({ text, choices = [], links = [], media, quote }: Part): object => {
  const buttons = [
    ...choices.map(({ title, payload }) => ({ title: cutTitle(title, zaloLimits.buttonTitle), type: 'oa.query.hide', payload })),
    ...links.map(({ title, url }) => ({ title: cutTitle(title || url, zaloLimits.buttonTitle), type: 'oa.open.url', payload: { url } })),
  ]
  // Without `template_type`: official for v2.0 and what products in production send to v3.0.
  const payload = media !== undefined ? { template_type: 'media', elements: [{ media_type: 'image', url: media.url }] } : buttons.length > 0 ? { buttons } : null
  return {
    ...(text !== '' && { text }),
    ...(payload !== null && { attachment: { type: 'template', payload } }),
    ...(quote !== undefined && { quote_message_id: quote }),
  }
})
