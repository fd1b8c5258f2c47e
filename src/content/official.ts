import { groupOf, type Article } from '../answer/article.ts'
import { isGovernment, isListed, linksIn } from './links.ts'

/** A page of the state itself, as an article names it. */
export interface OfficialPage { title: string; url: string }

/** The official pages of an article: its buttons, else its sources, that stand on a site of the state; never a newspaper. */
export function officialPages({ actions, sources }: Pick<Article, 'actions' | 'sources'>, sites: readonly string[]): OfficialPage[] {
  const buttons = actions.filter(({ url }) => stands(url, (host) => isGovernment(host) || isListed(host, sites)))
  if (buttons.length > 0) return buttons.map(({ title, url }) => ({ title, url }))
  // Many a page of the state is a source of news only: of those, no more than what is listed.
  return sources.flatMap(({ title, url }) => (url !== null && stands(url, (host) => isListed(host, sites)) ? [{ title, url }] : []))
}

function stands(url: string, on: (host: string) => boolean): boolean {
  const [link] = linksIn(url)
  return link?.secure === true && on(link.host)
}

/** Folders of articles that are asked by people who may be losing money right now. */
const safetyGroups: readonly string[] = ['an-toan', 'thanh-toan']

/** Whether what to do first is told even where the article may not be. */
export const isSafety = (article: Pick<Article, 'file'>): boolean => safetyGroups.includes(groupOf(article))
