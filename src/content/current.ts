import { isExpired, type Article } from '../answer/article.ts'
import type { Message } from '../core/message.ts'
import { assetMessage, isShown, type Asset } from './assets.ts'
import type { Content } from './types.ts'

/** The article that answers under this id: itself, or what replaced it, also where that was replaced in turn. Undefined where nothing does. */
export function currentArticle({ articles, withdrawn }: Pick<Content, 'articles' | 'withdrawn'>, id: string): Article | undefined {
  const seen = new Set<string>()
  let at: string | null = id
  while (at !== null && !articles.has(at) && !seen.has(at)) {
    seen.add(at)
    at = withdrawn.get(at)?.withdrawn?.replacedBy ?? null
  }
  return at === null ? undefined : articles.get(at)
}

/** What may be listened to on that day (`YYYY-MM-DD` in Viet Nam): none of an article that has expired or was withdrawn. */
export function recordings({ assets }: Pick<Content, 'assets'>, article: Article, day: string): { language: string; translatedBy: string; checkedBy: string; asset: Asset }[] {
  if (article.withdrawn !== null || isExpired(article, day)) return []
  return article.audio.flatMap(({ asset: id, ...about }) => {
    const asset = assets.get(id)
    return asset !== undefined && isShown(asset, day) ? [{ ...about, asset }] : []
  })
}

/** The recordings for a chat, one message each; empty where nothing may be listened to. `origin` is the server's public address. */
export const spokenMessages = (content: Pick<Content, 'assets'>, article: Article, day: string, origin: string): Message[] =>
  recordings(content, article, day).map(({ language, asset }) => ({ ...assetMessage(asset, origin), text: `${article.title} (${language})` }))

/** The pictures and files of an article for a chat, one message each: those that are shown on that day. */
export function assetMessages({ assets }: Pick<Content, 'assets'>, article: Article, day: string, origin: string): Message[] {
  return article.assets.flatMap((id) => {
    const asset = assets.get(id)
    return asset !== undefined && isShown(asset, day) ? [assetMessage(asset, origin)] : []
  })
}
