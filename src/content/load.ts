import type { Answerer } from '../answer/answerer.ts'
import type { Article } from '../answer/article.ts'
import type { ConceptGroup } from '../answer/concepts.ts'
import { isError, sortProblems, type Problem } from '../core/problem.ts'
import { mainFlow, type FlowSet } from '../flow/flow.ts'
import { findFile, versionOf, type FileSource } from './files.ts'
import { menuOfFlows } from './main-menu.ts'
import { readFiles } from './read.ts'
import type { Content } from './types.ts'

export interface ContentOptions {
  /** Builds the Answerer over the articles; handed in, so that whoever starts the program chooses it. */
  createAnswerer(articles: Article[], options: { synonyms: ConceptGroup[] }): Answerer
}

/** Reads everything people wrote into one value, or says all that must be mended first. Pure. */
export function loadContent(files: FileSource, options: ContentOptions): { content: Content } | { problems: Problem[] } {
  const { parts, problems } = readFiles(files)
  if (parts === null) return { problems: sortProblems(problems.filter(isError)) }
  const articles = parts.articles.map(({ article }) => article)
  return {
    content: {
      flows: withMain(parts.flowSet, parts.replies.menu_title),
      articles: new Map(articles.map((article) => [article.id, article])),
      replies: parts.replies,
      entry: parts.entry.entry,
      province: parts.province.province,
      answerer: options.createAnswerer(articles, { synonyms: parts.synonyms }),
      privacy: findFile(files, 'privacy.md')?.text ?? '',
      version: versionOf(files),
    },
  }
}

function withMain(flows: FlowSet, title: string): FlowSet {
  return flows.has(mainFlow) ? flows : new Map([[mainFlow, menuOfFlows([...flows.values()], title)], ...flows])
}
