import type { Answerer } from '../answer/answerer.ts'
import type { Article } from '../answer/article.ts'
import type { ConceptGroup } from '../answer/concepts.ts'
import type { parseArticle } from '../answer/parse-article.ts'
import { isError, type Problem } from '../core/problem.ts'
import { mainFlow, type FlowSet } from '../flow/flow.ts'
import { findFile, ownFiles, versionOf, type FileSource } from './files.ts'
import { knownContacts } from './known-contacts.ts'
import { linksIn } from './links.ts'
import { menuOfFlows } from './main-menu.ts'
import { readFiles, type Parts } from './read.ts'
import { toldOnce } from './told-once.ts'
import type { Content } from './types.ts'

export interface ContentOptions {
  /** Builds the Answerer over the articles; handed in, so that whoever starts the program chooses it. */
  createAnswerer(articles: Article[], options: { synonyms: ConceptGroup[] }): Answerer
  /** Reads one article; left out: as it is written. */
  parseArticle?: typeof parseArticle
}

/** Reads everything people wrote into one value, or says all that must be mended first. Pure. */
export function loadContent(files: FileSource, options: ContentOptions): { content: Content } | { problems: Problem[] } {
  const { parts, problems } = readFiles(files, options)
  return parts === null ? { problems: toldOnce(problems.filter(isError), files) } : { content: contentOf(files, parts, options) }
}

/** What was read, as one value; of files with faults only as much as could be read, good for looking at. */
export function contentOf(files: FileSource, parts: Parts, options: ContentOptions): Content {
  const articles = parts.articles.map(({ article }) => article)
  return {
    flows: withMain(parts.flowSet, parts.replies.menu_title),
    articles: byId(articles),
    withdrawn: byId(parts.withdrawn.map(({ article }) => article)),
    assets: parts.assets.assets,
    calendars: parts.calendars,
    groups: parts.groups,
    replies: parts.replies,
    savedReplies: parts.savedReplies,
    entry: parts.entry.entry,
    province: parts.province.province,
    officialSites: officialSites(parts),
    contacts: knownContacts(parts.contacts, parts.province.province.values),
    lent: ownFiles.filter((name) => findFile(files, name)?.lent === true),
    answerer: options.createAnswerer(articles, { synonyms: parts.synonyms }),
    privacy: findFile(files, 'privacy.md')?.text ?? '',
    version: versionOf(files),
  }
}

/** What stands in `contacts.yaml` without doubt, and the province's own. */
function officialSites({ contacts, province }: Parts): string[] {
  const sure = contacts?.sites.filter((site) => !contacts.unsure.sites.includes(site)) ?? []
  return [...sure, ...linksIn(Object.values(province.province.values).join('\n')).map(({ host }) => host)]
}

const byId = (articles: readonly Article[]): ReadonlyMap<string, Article> => new Map(articles.map((article) => [article.id, article]))

function withMain(flows: FlowSet, title: string): FlowSet {
  return flows.has(mainFlow) ? flows : new Map([[mainFlow, menuOfFlows([...flows.values()], title)], ...flows])
}
