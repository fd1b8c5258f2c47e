import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Article } from '../../src/answer/article.ts'

/** Reads every article of a content folder for measuring: no checks, placeholders left as they are. */
export function readArticles(folder: string): Article[] {
  if (!existsSync(folder)) return []
  return globSync('**/*.md', { cwd: folder }).sort().flatMap((name) => {
    const file = join(folder, name)
    const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(file, 'utf8')) ?? []
    if (head === undefined || body === undefined) return []
    const front = parse(head) as Omit<Article, 'reviewBy' | 'short' | 'details' | 'file'> & { review_by: string }
    const [short = '', ...rest] = body.trim().split(/\n\s*\n/)
    return [{ ...front, actions: front.actions ?? [], related: front.related ?? [], reviewBy: String(front.review_by), short, details: rest.join('\n\n'), file }]
  })
}
