import { groupOf, type Article } from '../answer/article.ts'
import { isListed, linksIn } from './links.ts'

/** A page of the state itself, as an article names it. */
export interface OfficialPage { title: string; url: string }

/** The official pages of an article: its buttons, else those of its sources that stand on a listed site; never a newspaper. */
export function officialPages({ actions, sources }: Pick<Article, 'actions' | 'sources'>, sites: readonly string[]): OfficialPage[] {
  const buttons = actions.filter(({ url }) => isSecure(url))
  if (buttons.length > 0) return buttons.map(({ title, url }) => ({ title, url }))
  return sources.flatMap(({ title, url }) => (url !== null && isSecure(url) && linksIn(url).some(({ host }) => isListed(host, sites)) ? [{ title, url }] : []))
}

const isSecure = (url: string): boolean => URL.parse(url)?.protocol === 'https:'

/** Whether somebody who asks this may be losing money right now: what to do first is then told even where the article may not be. */
export const isSafety = (article: Pick<Article, 'file'>): boolean => groupOf(article) === 'an-toan'
