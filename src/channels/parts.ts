/** What the three channels' `render` and `send` have in common: pure work on messages and parts. */
import { SendError } from '../core/delivery.ts'
import type { Choice, Link, Media, Message, Part } from '../core/message.ts'
import { clean, shorten } from '../core/text.ts'

/** UTF-16 units: what Telegram counts, and never less than what Zalo and Facebook may count. */
export const units = (text: string): number => text.length

/** Cut at a word to at most `max` UTF-16 units. */
export function cutTitle(title: string, max: number): string {
  let cut = shorten(clean(title).trim(), max)
  for (let room = max - 1; units(cut) > max; room--) cut = shorten(cut, room)
  return cut
}

/** Whether a button may carry it: platforms refuse the whole message for an address without a public name. */
export const fitsButton = ({ url }: Link): boolean => /^https?:\/\/[^/?#]*[^/?#.]\.[^/?#.]/i.test(url) && URL.canParse(url)

/** At most `limit` choices: the first ones, and in the last place one that leads on to more. The text lists them all. */
export function choicesWithin(choices: readonly Choice[], limit: number): Choice[] {
  if (choices.length <= limit) return [...choices]
  const on = choices.filter((choice) => choice.leadsOn).slice(0, limit)
  return [...choices.filter((choice) => !choice.leadsOn).slice(0, limit - on.length), ...on]
}

/** A link as a line of text. A telephone number is written as one. */
const linkLine = ({ title, url }: Link): string => {
  const target = url.replace(/^tel:/i, '')
  return title.trim() === '' || title.trim() === target ? target : `${title.trim()}: ${target}`
}

export const linkLines = (links: readonly Link[]): string => links.map(linkLine).join('\n')

export const mediaLine = (media: Media): string => linkLine({ title: media.alt, url: media.url })

/** Paragraphs, empty ones left out. */
export const paragraphs = (...texts: string[]): string => texts.map((text) => text.trim()).filter((text) => text !== '').join('\n\n')

/** The message's own words; where buttons stand alone, their titles, since no platform takes buttons without a text. */
export function textOf({ text, choices = [], links = [] }: Message): string {
  return clean(text).trim() || choices.map((choice, i) => `${i + 1}. ${choice.title}`).join('\n') || links.map((link) => link.title).join('\n')
}

/** What stands beside the text. Empty lists and absent fields are left out, since parts are stored. */
export function makePart(text: string, beside: { choices?: readonly Choice[]; links?: readonly Link[]; media?: Media | undefined } = {}): Part {
  const { choices = [], links = [], media } = beside
  return {
    text,
    ...(choices.length > 0 && { choices: [...choices] }),
    ...(links.length > 0 && { links: [...links] }),
    ...(media !== undefined && { media }),
  }
}

/** The quote stands on the first part: that is what answers it visibly. */
export function quoting(parts: Part[], quote: string | undefined): Part[] {
  const [first, ...rest] = parts
  return first === undefined || quote === undefined ? parts : [{ ...first, quote }, ...rest]
}

/** Everything a part says as mere text: links and media as lines. Choices are dropped; the text lists them already. */
export function plainText({ text, links = [], media }: Part): string {
  return paragraphs(text, linkLines(links), media === undefined ? '' : text === media.alt ? media.url : mediaLine(media))
}

/** What still says the same as the part with less: without its quote, then as mere text. */
function lesserForms(part: Part): Part[] {
  const { quote, ...unquoted } = part
  return [...(quote === undefined ? [] : [unquoted]), ...(part.choices || part.links || part.media ? [makePart(plainText(part))] : [])]
}

/**
 * Sends the first form the platform takes. The next one is tried only after a refusal of the form itself (`isFormRefused`
 * knows the platform's codes), so that nothing can arrive twice.
 */
export async function sendForms<Sent>(part: Part, send: (form: Part) => Promise<Sent>, isFormRefused: (code: string) => boolean): Promise<Sent> {
  let lesser: Part[] | null = null
  for (let form: Part | undefined = part; ;) {
    try {
      return await send(form)
    } catch (error) {
      lesser ??= lesserForms(part)
      form = error instanceof SendError && isFormRefused(error.code) ? lesser.shift() : undefined
      if (form === undefined) throw error
    }
  }
}
