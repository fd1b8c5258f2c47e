import { assetPath, isShown, type Asset, type Content } from '../content.ts'
import { articlePage } from './article-page.ts'
import { cardPage, cardsOf, cardsPage, isCard } from './card-page.ts'
import { indexPage } from './list-pages.ts'
import { assetFileOf, fileOf, filePlaces, servedAddress } from './places.ts'
import { privacyPage } from './privacy-page.ts'
import { chatLinks, type ChatAccounts, type PagePath, type Places, type Site } from './site.ts'

export interface SiteBuild {
  content: Content
  /** Today in Viet Nam, `YYYY-MM-DD`: what has expired by then is built as expired. */
  day: string
  accounts: ChatAccounts
  /** Where the folder will be: for QR codes and link previews. Null: they lead to `origin`. */
  url: string | null
  /** The province's own server; null where it has no address, and then pages without `url` carry no QR code. */
  origin: string | null
}

/** A folder of static files: names with `/`, inside the folder. */
export interface SiteFiles {
  pages: { name: string; text: string }[]
  assets: { name: string; asset: Asset }[]
}

/** The same pages that a server shows, as files. The same words on the same day give the same bytes. */
export async function buildSite({ content, day, accounts, url, origin }: SiteBuild): Promise<SiteFiles> {
  const chats = chatLinks(content.province.values, accounts)
  const below = (file: string): string => `${url!.replace(/\/+$/, '')}/${file.replace(/(^|\/)index\.html$/, '$1')}`
  const whole: Pick<Places, 'address' | 'assetAddress'> = {
    address: (path) => (url !== null ? below(fileOf(path)) : origin === null ? null : servedAddress(origin, path)),
    assetAddress: (asset) => (url !== null ? below(assetFileOf(asset)) : origin === null ? null : origin + assetPath(asset.id)),
  }
  const site = (from: PagePath | { kind: 'privacy' }): Site => ({ content, day, chats, places: filePlaces(from, whole) })

  const articles = [...content.articles.values(), ...content.withdrawn.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const pages = [
    { name: fileOf({ kind: 'home' }), html: indexPage(site({ kind: 'home' })) },
    { name: 'privacy.html', html: privacyPage(site({ kind: 'privacy' })) },
    ...articles.map((article) => {
      const path = { kind: 'article', id: article.id } as const
      return { name: fileOf(path), html: articlePage(site(path), article) }
    }),
    ...(cardsOf(content).length === 0 ? [] : [{ name: fileOf({ kind: 'cards' }), html: cardsPage(site({ kind: 'cards' })) }]),
    ...articles.filter(isCard).map((card) => {
      const path = { kind: 'card', id: card.id } as const
      return { name: fileOf(path), html: cardPage(site(path), card) }
    }),
  ]
  return {
    pages: await Promise.all(pages.map(async ({ name, html }) => ({ name, text: String(await html) }))),
    assets: [...content.assets.values()].filter((asset) => isShown(asset, day)).map((asset) => ({ name: assetFileOf(asset), asset })),
  }
}
