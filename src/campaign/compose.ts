import { renderFacebook } from '../channels/facebook-message.ts'
import type { PublicationContent } from '../channels/publisher.ts'
import { renderTelegram } from '../channels/telegram-message.ts'
import { renderZalo } from '../channels/zalo-message.ts'
import type { Content } from '../content.ts'
import { assetPath } from '../content/assets.ts'
import { channelOfMeans } from '../core/campaign.ts'
import type { ChannelName } from '../core/contact.ts'
import { fill } from '../core/fill.ts'
import type { Choice, Link, Media, Message, Part } from '../core/message.ts'
import { shorten } from '../core/text.ts'
import type { Fingerprint } from './attachments.ts'
import type { Campaign, MeansChoice, Post } from './campaign.ts'
import { isPublication, meansTable, type MediaFile } from './means.ts'

/** What a post becomes by each means: exactly what is approved, and exactly what goes out. Pure. */

export interface ComposeContext {
  /** Values of `province.yaml`. */
  province: Readonly<Record<string, string>>
  /** How to stop, at the end of every message to a person (`campaign_stop` in `replies.yaml`, filled). */
  stopLine: string
  /** Numbers and pages that posts may name; null where nobody keeps a list. */
  contacts: Content['contacts']
  /** Null: there is no such file. */
  media(asset: string): MediaFile | null
  /** The payload of a button that opens `flow:<id>` or `article:<id>`; null when there is none of that id. */
  payload(opens: string): string | null
}

/** The context of content as it is now. `origin`: our public address; `printOf`: of a file in `content/assets/`, null when it is not there. */
export function composeContext({ province, replies, assets, contacts }: Pick<Content, 'province' | 'replies' | 'assets' | 'contacts'>, given: {
  origin: string
  payload: ComposeContext['payload']
  printOf(file: string): Fingerprint | null
}): ComposeContext {
  const { values } = province
  return {
    province: values,
    stopLine: fill(replies.campaign_stop, (key) => values[key.replace(/^province\./, '')] ?? null),
    contacts,
    payload: given.payload,
    media(id) {
      const asset = assets.get(id)
      const found = asset === undefined ? null : given.printOf(asset.file)
      if (asset === undefined || found === null) return null
      return { asset: id, ...found, url: `${given.origin}${assetPath(id)}`, alt: asset.alt, from: asset.from, until: asset.until }
    },
  }
}

/** What goes out. Messages are the parts each person gets; a publication is what is put up once. */
export type Prepared =
  | { kind: 'messages'; parts: Part[] }
  | { kind: 'template'; template: NonNullable<MeansChoice['template']> }
  | { kind: 'publication'; publication: PublicationContent }

const descriptionLength = 300
const authorLength = 50

export function prepare(campaign: Campaign, post: Post, choice: MeansChoice, context: ComposeContext): Prepared {
  if (isPublication(choice.means)) return { kind: 'publication', publication: publicationOf(campaign, post, choice, context) }
  const { template } = choice
  if (template === null) return { kind: 'messages', parts: renderBy[channelOfMeans(choice.means)](messageOf(campaign, post, choice, context)) }
  const data = Object.fromEntries(Object.entries(template.data).map(([name, value]) => [name, filled(value, campaign, context)]))
  return { kind: 'template', template: { ...template, data } }
}

/** The parts each person gets, one platform call each; none of a publication. A template stands alone in a part without words. */
export function partsOf(prepared: Prepared): Part[] {
  if (prepared.kind === 'template') return [{ text: '', template: prepared.template }]
  return prepared.kind === 'messages' ? prepared.parts : []
}

/** The same for a trial on a staff phone: marked as one, so that nobody takes it for the announcement. */
export function asTrial(prepared: Prepared): Prepared {
  if (prepared.kind !== 'messages') return prepared
  // On a part with words: a picture may be sent alone, and words beside it be dropped.
  const marked = prepared.parts.findIndex(({ text }) => text !== '')
  if (marked === -1) return { kind: 'messages', parts: [{ text: trialMark }, ...prepared.parts] }
  return { kind: 'messages', parts: prepared.parts.map((part, index) => (index === marked ? { ...part, text: `${trialMark}\n${part.text}` } : part)) }
}

export const trialMark = '[GỬI THỬ]'

const renderBy: Readonly<Record<ChannelName, (message: Message) => Part[]>> = { zalo: renderZalo, facebook: renderFacebook, telegram: renderTelegram }

function messageOf(campaign: Campaign, post: Post, { means }: MeansChoice, context: ComposeContext): Message {
  const text = filled(post.message.text, campaign, context)
  const choices = post.message.buttons.flatMap(({ title, opens }): Choice[] => {
    const payload = context.payload(opens)
    return payload === null ? [] : [{ title: filled(title, campaign, context), payload }]
  })
  const media = mediaOf(post, context)
  return {
    text: meansTable[means].stopLine === 'appended' ? `${text}\n\n${context.stopLine}` : text,
    ...(choices.length > 0 && { choices }),
    ...(post.message.links.length > 0 && { links: linksOf(post, campaign, context) }),
    ...(media !== null && { media }),
  }
}

function publicationOf(campaign: Campaign, post: Post, { means, cities }: MeansChoice, context: ComposeContext): PublicationContent {
  const text = filled(post.message.text, campaign, context)
  const media = mediaOf(post, context)
  const links = linksOf(post, campaign, context)
  if (means === 'zalo_broadcast') {
    return {
      kind: 'article',
      title: filled(post.title, campaign, context),
      author: shorten(context.province['office'] ?? '', authorLength),
      description: shorten(text.replaceAll(/\s+/g, ' '), descriptionLength),
      cover: media,
      body: [...text.split(/\n\s*\n/), ...links.map(lineOf)],
      cities,
    }
  }
  if (means === 'telegram_channel') {
    return { kind: 'channel_post', parts: renderTelegram({ text, ...(links.length > 0 && { links }), ...(media !== null && { media }) }) }
  }
  const shown = media !== null && (media.kind === 'image' || media.kind === 'video') ? media : null
  const link = shown === null ? (links[0]?.url ?? null) : null
  const lines = [...links.filter(({ url }) => url !== link).map(lineOf), ...(media !== null && shown === null ? [`${media.alt}: ${media.url}`] : [])]
  return { kind: 'page_post', text: [text, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n'), link, media: shown }
}

const lineOf = ({ title, url }: Link): string => `${title}: ${url}`

const linksOf = ({ message }: Post, campaign: Campaign, context: ComposeContext): Link[] =>
  message.links.map(({ title, url }) => ({ title: filled(title, campaign, context), url: filled(url, campaign, context) }))

function mediaOf({ message }: Post, context: ComposeContext): Media | null {
  const file = message.media === null ? null : context.media(message.media.asset)
  return file === null ? null : { kind: message.media!.kind, url: file.url, alt: file.alt }
}

/** Names that texts of a campaign may show beside `{{province.KEY}}`. */
export const campaignNames = ['campaign.name', 'campaign.theme', 'campaign.from', 'campaign.to', 'campaign.slogan'] as const

/** One pass; a theme not announced yet becomes nothing. */
export function filled(text: string, { name, theme, period, slogans }: Pick<Campaign, 'name' | 'theme' | 'period' | 'slogans'>, { province }: Pick<ComposeContext, 'province'>): string {
  const own: Readonly<Record<string, string>> = {
    'campaign.name': name, 'campaign.theme': theme ?? '', 'campaign.from': tellDay(period.from), 'campaign.to': tellDay(period.to), 'campaign.slogan': slogans[0] ?? '',
  }
  return fill(text, (key) => (key.startsWith('province.') ? province[key.slice('province.'.length)] : own[key]) ?? null)
}

/** The campaign with the titles of its posts as people read them: places such as `{{campaign.name}}` are filled. `province`: values of `province.yaml`. */
export const withTitles = (campaign: Campaign, province: Readonly<Record<string, string>>): Campaign =>
  ({ ...campaign, posts: campaign.posts.map((post) => ({ ...post, title: filled(post.title, campaign, { province }) })) })

/** What stands on the post's outside, as it will be read: what is too long is told by this. */
export const filledPost = (post: Post, campaign: Campaign, context: Pick<ComposeContext, 'province'>): Post => {
  const fillTitle = <T extends { title: string }>(each: T): T => ({ ...each, title: filled(each.title, campaign, context) })
  return { ...fillTitle(post), message: { ...post.message, links: post.message.links.map(fillTitle), buttons: post.message.buttons.map(fillTitle) } }
}

/** `10/10/2026`. */
const tellDay = (day: string): string => day.split('-').reverse().map((part) => String(Number(part))).join('/')
