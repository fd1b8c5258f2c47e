import { appendFileSync, cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `docs/staff-guide.md`, whose examples are done as they are written there: by its test, and for its pictures. */
export const guide = readFileSync('docs/staff-guide.md', 'utf8')

/** The fenced block in which this stands, without the indentation of the list it may belong to. */
export function blockWith(words: string): string {
  for (const [, indent = '', body = ''] of guide.matchAll(/^( *)```\w*\n([\s\S]*?)^ *```$/gm)) {
    const block = body.split('\n').map((line) => line.slice(indent.length)).join('\n')
    if (block.includes(words)) return block
  }
  throw new Error(`the guide has no example with “${words}”`)
}

export interface Draft { flowsDir: string; contentDir: string; folder: string }

/** A copy of the project's words with the guide's sections 2 to 5 done in it. Whoever asks for it takes the folder away. */
export function draftAfterTheGuide(): Draft {
  const folder = mkdtempSync(join(tmpdir(), 'camnang-guide-'))
  const draft = { folder, flowsDir: join(folder, 'flows'), contentDir: join(folder, 'content') }
  cpSync('flows', draft.flowsDir, { recursive: true })
  cpSync('content', draft.contentDir, { recursive: true })
  const marriage = join(draft.contentDir, 'articles/dich-vu-cong/dvc-marriage.md')
  replaceIn(marriage, /^questions:\n/m, `questions:\n${blockWith('Hai đứa muốn cưới')}`)
  replaceIn(marriage, /^reviewed: .*\nreview_by: .*\n/m, blockWith('reviewed: 2026-11-21\nreview_by'))
  appendFileSync(marriage, `\n${blockWith('Sáng thứ Hai')}`)
  writeFileSync(join(draft.contentDir, 'articles/doi-song/lop-hoc-xa-mau.md'), blockWith('id: lop-hoc-xa-mau'))
  replaceIn(join(draft.flowsDir, 'ngay-10-10.yaml'), /(?<=\n  hoc:\n(?: {4}.*\n)*?)(?= {4}otherwise:)/, blockWith('article: lop-hoc-xa-mau'))
  return draft
}

/** Throws where the place is not found: the example no longer fits the file. */
export function replaceIn(file: string, place: RegExp | string, words: string): void {
  const text = readFileSync(file, 'utf8')
  if (text.search(place) === -1) throw new Error(`the guide's example finds no place in ${file}`)
  writeFileSync(file, text.replace(place, () => words))
}
