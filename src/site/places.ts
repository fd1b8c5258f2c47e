import { articlePath } from '../answer/article.ts'
import { assetPath, type Asset, type Content } from '../content.ts'
import { vietnamDay, type Clock } from '../core/time.ts'
import { chatLinks, type ChatAccounts, type PagePath, type Places, type Site } from './site.ts'

/** What a running server knows about itself. */
export interface ServedFrom {
  /** Where citizens reach it: an origin. */
  origin: string
  accounts: ChatAccounts
  now: Clock
}

/** The pages of a running server, as they are at this moment. */
export const servedSite = (content: Content, { origin, accounts, now }: ServedFrom): Site =>
  ({ content, places: servedPlaces(origin), day: vietnamDay(now()), chats: chatLinks(content.province.values, accounts) })

/** Addresses on a running server. */
function servedPlaces(origin: string): Places {
  return {
    home: '/muc',
    privacy: '/privacy',
    article: articlePath,
    cards: '/bai',
    card: cardPath,
    asset: ({ id }) => assetPath(id),
    assetAddress: ({ id }) => origin + assetPath(id),
    address: (path) => servedAddress(origin, path),
  }
}

/** The whole address of a page of a running server. */
export function servedAddress(origin: string, path: PagePath): string {
  switch (path.kind) {
    case 'home': return `${origin}/muc`
    case 'article': return origin + articlePath(path.id)
    case 'cards': return `${origin}/bai`
    case 'card': return `${origin}${cardPath(path.id)}`
  }
}

const cardPath = (id: string): string => `/bai/${id}`

/** The file of a page in a folder of static files. */
export function fileOf(path: PagePath): string {
  switch (path.kind) {
    case 'home': return 'index.html'
    case 'cards': return 'bai/index.html'
    case 'article': return `muc/${path.id}.html`
    case 'card': return `bai/${path.id}.html`
  }
}

/** The file of an asset: with its ending, by which simple servers know its type. */
export const assetFileOf = ({ id, file }: Asset): string => `tep/${id}${file.slice(file.lastIndexOf('.')).toLowerCase()}`

/**
 * Addresses among static files, relative, so that they work in any folder of any host and from a memory stick. `from` is
 * the page that links; `whole` tells the whole address of a page or an asset, null where it will have none.
 */
export function filePlaces(from: PagePath | { kind: 'privacy' }, whole: Pick<Places, 'address' | 'assetAddress'>): Places {
  const up = from.kind === 'home' || from.kind === 'privacy' ? '' : '../'
  return {
    home: `${up}index.html`,
    privacy: `${up}privacy.html`,
    article: (id) => up + fileOf({ kind: 'article', id }),
    cards: up + fileOf({ kind: 'cards' }),
    card: (id) => up + fileOf({ kind: 'card', id }),
    asset: (asset) => up + assetFileOf(asset),
    ...whole,
  }
}
