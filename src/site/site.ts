import { groupOf, type Article } from '../answer/article.ts'
import { appNames, inviteUrl, withRef, type InvitingChannel } from '../channels/invite.ts'
import type { Config } from '../config.ts'
import type { Asset, Content } from '../content.ts'
import { byName } from '../core/text.ts'

/** What every page is made from. */
export interface Site {
  content: Content
  /** Today in Viet Nam, `YYYY-MM-DD`: decides what is current. */
  day: string
  places: Places
  chats: readonly ChatLink[]
}

/** Where things are, seen from the page that is being made. */
export interface Places {
  home: string
  privacy: string
  article(id: string): string
  /** All lesson cards, and one of them. */
  cards: string
  card(id: string): string
  asset(asset: Asset): string
  /** The whole address of an asset, for link previews; null where nobody knows it. */
  assetAddress(asset: Asset): string | null
  /** The whole address of an article's page: what a QR code, a link preview and paper carry. Null where nobody knows it. */
  address(path: PagePath): string | null
}
export type PagePath = { kind: 'home' | 'cards' } | { kind: 'article' | 'card'; id: string }

/** A button that opens a conversation. */
export interface ChatLink { title: string; url(ref: string): string }

/** The first account of each channel; null where there is none, or only a stand-in. */
export type ChatAccounts = Readonly<Record<InvitingChannel, string | null>>

export const chatAccounts = ({ zalo, facebook }: Pick<Config, 'zalo' | 'facebook'>): ChatAccounts =>
  ({ zalo: zalo?.accounts[0]?.oaId ?? null, facebook: facebook?.accounts[0]?.pageId ?? null })

/** Where the province can be written to: `zalo_link` and `messenger_link` of `province.yaml`, else the accounts that are set. */
export function chatLinks(province: Readonly<Record<string, string>>, accounts: ChatAccounts): ChatLink[] {
  const written = { zalo: province['zalo_link'], facebook: province['messenger_link'] }
  return (['zalo', 'facebook'] as const).flatMap((channel): ChatLink[] => {
    const account = accounts[channel]
    const url = safeUrl(written[channel] ?? '') ?? (account === null ? null : inviteUrl(channel, account))
    return url === null ? [] : [{ title: `Nhắn qua ${appNames[channel]}`, url: (ref) => withRef(channel, url, ref) }]
  })
}

/** An address a citizen may be led to; null for anything that is not https, such as a script. */
export const safeUrl = (url: string): string | null => (URL.parse(url)?.protocol === 'https:' ? url : null)

/** Articles by group, in the order of `site.yaml`; folders it does not name come last, under their own name. */
export function articleGroups({ articles, groups }: Pick<Content, 'articles' | 'groups'>): { id: string; title: string; articles: Article[] }[] {
  const found = Map.groupBy([...articles.values()].sort((a, b) => byName(a.title, b.title)), groupOf)
  const ids = [...Object.keys(groups).filter((id) => found.has(id)), ...[...found.keys()].filter((id) => !Object.hasOwn(groups, id)).sort()]
  return ids.map((id) => ({ id: id === '' ? 'khac' : id, title: Object.hasOwn(groups, id) ? groups[id]! : id === '' ? 'Khác' : id, articles: found.get(id)! }))
}
