import { parse } from 'yaml'
import * as z from 'zod'
import { words } from '../core/text.ts'
import { articleFiles, type FileSource, type TextFile } from './files.ts'
import { inFrontMatter, plainForm } from './sheets/article-text.ts'
import { withChanges, type FileChange } from './sheets/plan.ts'
import { insertItem } from './sheets/yaml-edit.ts'

/** Questions of citizens that became phrasings, each with its article: the tests ask them. */
export const adoptedFile = 'adopted-questions.yaml'

/** `id` is the one the store gave the question. */
const adoptedLines = z.array(z.strictObject({ id: z.string(), article: z.string(), question: z.string() }))
export type AdoptedQuestion = z.infer<typeof adoptedLines>[number]

/** What is to be written, or why nothing is. `files` are the files as they would be then. */
export type Adoption = { changes: FileChange[]; files: FileSource; article: string; test: string } | { refused: string }

/** Masked places make no phrasing; a whole story is better told in a sentence. */
const longestPhrasing = 150

/** One phrasing more under an article, every other byte of its file as it was, and a line for the tests. */
export function adoptQuestion(files: FileSource, { id, article, phrasing }: { id: string; article: string; phrasing: string }): Adoption {
  const asked = phrasing.replace(/\s+/gu, ' ').trim()
  const file = articleFiles(files).find(({ name }) => name.endsWith(`/${article}.md`))
  if (file === undefined) return { refused: `Không có mục hỏi–đáp "${article}".` }
  if (words(asked).length < 2) return { refused: 'Câu này quá ngắn để thành một cách hỏi.' }
  if (/\[[^\]]*\]/u.test(asked)) return { refused: `Câu này có chỗ đã che (${/\[[^\]]*\]/u.exec(asked)![0]}). Viết lại không có chỗ đó: questions adopt ${id} ${article} "…"` }
  if ([...asked].length > longestPhrasing) return { refused: `Câu này dài quá ${longestPhrasing} ký tự. Viết gọn lại: questions adopt ${id} ${article} "…"` }

  const { plain, restore } = plainForm(file.text)
  const after = restore(inFrontMatter(plain, (yaml) => insertItem(yaml, ['questions'], Infinity, asked)))
  const tests = files.content.find(({ name }) => name === adoptedFile)
  const line: AdoptedQuestion = { id, article, question: asked }
  const changes = [change(file, file.text, after), change({ name: adoptedFile, file: besideArticles(file) }, tests?.text ?? null, `${tests?.text ?? heading}- ${JSON.stringify(line)}\n`)]
  return { changes, files: withChanges(files, changes), article: file.file, test: changes[1]!.file.file }
}

/** What was adopted already. Throws when somebody wrote into the file what cannot be read. */
export function adoptedQuestions(content: readonly TextFile[]): AdoptedQuestion[] {
  const text = content.find(({ name }) => name === adoptedFile)?.text ?? ''
  return adoptedLines.parse(parse(text) ?? [])
}

const heading = '# Câu hỏi của bà con đã thành cách hỏi của một mục: questions adopt ghi thêm, bộ thử hỏi lại từng câu.\n'

const change = ({ name, file }: Pick<TextFile, 'name' | 'file'>, before: string | null, after: string): FileChange => ({ file: { root: 'content', name, file }, before, after, edits: [] })

const besideArticles = ({ name, file }: TextFile): string => file.slice(0, file.length - name.length) + adoptedFile
