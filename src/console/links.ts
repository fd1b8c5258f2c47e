import QRCode from 'qrcode'
import { currentArticle, type Content } from '../content.ts'
import { codeWord, refAt, targetOf } from '../content/refs.ts'
import { entryLink, type EntryLink } from '../channels/entry-link.ts'
import type { AccountKey } from '../core/contact.ts'
import { byName } from '../core/text.ts'
import { mainFlow } from '../flow/flow.ts'

/** What a poster may lead to, and the codes for it. */

/** One thing that a code may open. */
export interface Lead { ref: string; title: string }

export interface Leads {
  /** Codes of `entry.yaml`: short ones, made for posters. */
  written: Lead[]
  flows: Lead[]
  articles: Lead[]
}

/** In the order of their titles. Pure. */
export function leadsOf(content: Content): Leads {
  const byTitle = (a: Lead, b: Lead): number => byName(a.title, b.title)
  const { refs } = content.entry
  return {
    written: Object.keys(refs).map((ref) => ({ ref, title: titleOf(content, ref) ?? ref })).sort(byTitle),
    flows: [...content.flows.values()].filter(({ id }) => !Object.hasOwn(refs, id)).map(({ id, title }) => ({ ref: id, title: id === mainFlow ? 'Menu chính' : title })).sort(byTitle),
    articles: [...content.articles.values()].filter(({ id }) => !Object.hasOwn(refs, id) && currentArticle(content, id) !== undefined).map(({ id, title }) => ({ ref: id, title })).sort(byTitle),
  }
}

/** What a code opens, by its title; null where it leads to the main menu because nothing of that name is there. Pure. */
export function titleOf(content: Content, ref: string): string | null {
  const id = targetOf(content, ref).replace(/^(flow|article):/, '')
  if (id === mainFlow) return 'Menu chính'
  return content.flows.get(id)?.title ?? currentArticle(content, id)?.title ?? null
}

/** One code of one account, ready to be printed. */
export interface Poster {
  account: AccountKey
  ref: string
  /** Null: nobody knows the bot's name now. */
  link: EntryLink | null
  /** What is typed where the link carries no code. */
  word: string
  /** The QR code as SVG; null without a link. */
  svg: string | null
}

export async function posterOf(account: AccountKey, name: string | null, lead: string, place: string): Promise<Poster> {
  const ref = refAt(lead, place)
  const link = entryLink(account, name, ref)
  return { account, ref, link, word: codeWord(ref), svg: link === null ? null : await qrSvg(link.url) }
}

/** Black on white, with the quiet edge that scanners need, and readable when a quarter of it is dirty. */
const qrSvg = async (text: string): Promise<string> => (await QRCode.toString(text, { type: 'svg', margin: 4, errorCorrectionLevel: 'Q' })).trim()
