import { groupOf, type Article } from '../answer/article.ts'
import { isGovernment, isListed, linksIn } from './links.ts'

/** A page of the state itself, as an article names it. */
export interface OfficialPage { title: string; url: string }

/** The official pages of an article: its buttons, else its sources, that stand on a site of the state; never a newspaper. */
export function officialPages({ actions, sources }: Pick<Article, 'actions' | 'sources'>, sites: readonly string[]): OfficialPage[] {
  const official = (pages: readonly { title: string; url: string | null }[]): OfficialPage[] =>
    pages.flatMap(({ title, url }) => (url !== null && isOfficial(url, sites) ? [{ title, url }] : []))
  const buttons = official(actions)
  return buttons.length > 0 ? buttons : official(sources)
}

function isOfficial(url: string, sites: readonly string[]): boolean {
  const [link] = linksIn(url)
  return link?.secure === true && (isGovernment(link.host) || isListed(link.host, sites))
}

/** Folders of articles that are asked by people who may be losing money right now. */
const safetyGroups: readonly string[] = ['an-toan', 'thanh-toan']

/** Whether what to do first is told even where the article may not be. */
export const isSafety = (article: Pick<Article, 'file'>): boolean => safetyGroups.includes(groupOf(article))
