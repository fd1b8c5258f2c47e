import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Article } from '../../src/answer/article.ts'
import { parseArticle } from '../../src/answer/parse-article.ts'

/** Reads every usable article of a folder, in the order of their names. Placeholders stay as they are written. */
export const readArticles = (folder: string): Article[] =>
  globSync('**/*.md', { cwd: folder }).sort().flatMap((name) => parseArticle(name, readFileSync(join(folder, name), 'utf8'), {}).read?.article ?? [])
