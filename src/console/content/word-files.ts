import { articleFiles, findFile, flowFiles, type FileSource, type TextFile } from '../../content/files.ts'
import { contentFile, type WordFile } from '../../content/sheets/items.ts'
import type { FileChange } from '../../content/sheets/plan.ts'
import type { Problem } from '../../core/problem.ts'

/** What an entry hands in for the pages of content: the files are the truth, wherever they are. */
export interface WordFiles {
  /** All files as they are now. */
  read(): Promise<FileSource>
  /**
   * Puts changed files in their places, each at one stroke. Rejects with `SheetError`, with nothing written, when a file is not
   * as its change was made from. Null where files cannot be written (a Worker): content is then only looked at.
   */
  write: ((changes: readonly Pick<FileChange, 'file' | 'before' | 'after'>[]) => Promise<void>) | null
  /** Why the newest files are not what is answered from; empty when they are. */
  refused(): readonly Problem[]
}

/** A file of the words, there or not. */
export interface Words {
  file: WordFile
  /** As it is now; null where there is none of one's own. */
  text: string | null
  /** What the project lends where there is none of one's own; null where it lends nothing. */
  lent: string | null
}

/** `content/articles/an-toan/scam-otp.md`: how a file is named in addresses and forms, wherever the folders are. */
export const fileIdOf = ({ root, name }: Pick<WordFile, 'root' | 'name'>): string => `${root}/${name}`

/** One of the files that people write, or one that may be; null for any other name. Names lead nowhere out of their folder. */
export function wordsAt(files: FileSource, id: string): Words | null {
  const [, root, name] = /^(flows|content)\/((?:[a-z0-9][\w-]*\/){0,4}[a-z0-9][\w-]*\.(?:ya?ml|md))$/i.exec(id) ?? []
  if ((root !== 'flows' && root !== 'content') || name === undefined) return null
  const own = files[root].find((file) => file.name === name)
  const lent = root === 'content' && own === undefined ? findFile(files, name)?.text ?? null : null
  return { file: own === undefined ? homeOf(files, root, name) : { root, name, file: own.file }, text: own?.text ?? null, lent }
}

/** Beside the others of its folder. */
function homeOf(files: FileSource, root: WordFile['root'], name: string): WordFile {
  if (root === 'content') return contentFile(files, name)
  const other = files.flows[0]
  return { root, name, file: other === undefined ? name : other.file.slice(0, other.file.length - other.name.length) + name }
}

/** The text that is in use, one's own or lent; empty where there is none. */
export const textOf = ({ text, lent }: Words): string => text ?? lent ?? ''

/** What kind of words stand in a file: decides by which form they are edited. */
export type WordsKind = 'article' | 'flow' | 'replies' | 'province' | 'other'

export function kindOf({ root, name }: Pick<WordFile, 'root' | 'name'>): WordsKind {
  if (root === 'flows') return 'flow'
  if (/^articles\/.*\.md$/.test(name)) return 'article'
  return name === 'replies.yaml' ? 'replies' : name === 'province.yaml' ? 'province' : 'other'
}

/** The id an article or a flow has by its file's name. */
export const nameIn = ({ name }: Pick<TextFile, 'name'>): string => /([^/]+)\.\w+$/.exec(name)?.[1] ?? name

/** The file in which an article is written: by its id, as its name or in the text. */
export const articleFileOf = (files: FileSource, id: string): TextFile | null =>
  articleFiles(files).find((file) => nameIn(file) === id) ?? articleFiles(files).find(({ text }) => idIn(text) === id) ?? null

export const flowFileOf = (files: FileSource, id: string): TextFile | null => flowFiles(files).find(({ text }) => idIn(text) === id) ?? null

const idIn = (text: string): string | null => /^id:[ \t]*["']?([\w-]+)["']?[ \t]*$/m.exec(text)?.[1] ?? null
