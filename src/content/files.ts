import { createHash } from 'node:crypto'
import { fileStart, type Problem } from '../core/problem.ts'
import { idWritten } from '../core/written-id.ts'

/** One file as it was read: bytes as UTF-8, with U+FFFD where they were not. */
export interface TextFile {
  /** Inside its folder, with `/`: `articles/vneid/vneid-children.md`. */
  name: string
  /** As it is shown to people: `content/articles/vneid/vneid-children.md`. */
  file: string
  text: string
}

/** A file that is no text, known by name and size alone. */
export interface ListedFile {
  /** Inside its folder, with `/`: `assets/khung-anh.png`. */
  name: string
  bytes: number
}

/** What lies where texts are read and is no text by its name. */
export interface StrangeFile { file: string; /** What it should be called. */ meant: string }

/** The files to read, handed in: from two folders on Node, from the bundle on a Worker. */
export interface FileSource {
  /** `FLOWS_DIR`. */
  flows: readonly TextFile[]
  /** `CONTENT_DIR`. */
  content: readonly TextFile[]
  /** The project's own `content/`: lends `replies.yaml`, `entry.yaml`, `province.yaml`, `contacts.yaml`, `site.yaml` and `synonyms.yaml` where the folder has none. */
  defaults: readonly TextFile[]
  /** What stands beside the texts in `CONTENT_DIR`; left out where nobody looked. */
  assets?: readonly ListedFile[]
  /** What somebody wrote and nobody reads, such as `lop-hoc.md.txt`; left out where nobody looked. */
  strange?: readonly StrangeFile[]
  /** Articles and flows with faults that are not answered from: who leads to one is not to blame. */
  leftOut?: readonly TextFile[]
}

/** In the order of their names, the same on every machine. */
export const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

export const flowFiles = ({ flows }: FileSource): TextFile[] => copiesLast(flows.filter(({ name }) => /\.ya?ml$/.test(name)))

export const articleFiles = ({ content }: FileSource): TextFile[] =>
  copiesLast(content.filter(({ name }) => /^articles\/.*\.md$/.test(name) && !/(^|\/)README\.md$/.test(name)))

/** Of files with the same id the first is the real one: called by its id and not put away in a folder, as `backup/main.yaml` or `main (1).yaml` is. */
export const copiesLast = (files: readonly TextFile[]): TextFile[] =>
  files.map((file) => ({ file, misnamed: Number(!isCalledById(file)), depth: file.name.split('/').length }))
    .sort((a, b) => a.misnamed - b.misnamed || a.depth - b.depth || byName(a.file, b.file)).map(({ file }) => file)

const isCalledById = ({ name, text }: TextFile): boolean => {
  const id = idWritten(text)
  return id !== undefined && name.slice(name.lastIndexOf('/') + 1).replace(/\.\w+$/, '') === id
}

/** Pages shown as they are, with only the province filled in: `privacy.md`. */
export const noticeFiles = ({ content }: FileSource): TextFile[] => content.filter(({ name }) => name === 'privacy.md')

/** A file of the content folder, or the one lent by the project; null when neither has it. */
export function findFile({ content, defaults }: FileSource, name: string): (TextFile & { lent: boolean }) | null {
  const own = content.find((file) => file.name === name)
  if (own !== undefined) return { ...own, lent: false }
  const lent = defaults.find((file) => file.name === name)
  return lent === undefined ? null : { ...lent, lent: true }
}

/** What every province has to write for itself; the project's own is a stand-in, and told as one. */
export const ownFiles: readonly string[] = ['province.yaml', 'contacts.yaml']

/** A byte order mark is dropped. */
export const readable = <F extends TextFile>(file: F): F => ({ ...file, text: file.text.replace(/^\uFEFF/, '') })

/** Of whatever seems wrong in such a file, this is the cause. */
const illegible = 'tệp không phải UTF-8, chữ ở đây bị vỡ'

/** Files that are no UTF-8 text would reach citizens as broken letters. */
export function notUtf8({ file, text }: TextFile): Problem[] {
  const at = text.indexOf('\uFFFD')
  if (at === -1) return []
  const before = text.slice(0, at).split('\n')
  return [{
    file, line: before.length, column: before.at(-1)!.length + 1, severity: 'error',
    what: illegible, todo: 'mở tệp bằng trình soạn thảo và lưu lại với bảng mã UTF-8',
  }]
}

/** Without what is complained of in files that nobody can read. */
export function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const files = new Set(problems.filter(({ what }) => what === illegible).map(({ file }) => file))
  return problems.filter(({ file, what }) => what === illegible || !files.has(file))
}

/** The same files give the same version, in whatever order they come. */
export function versionOf({ flows, content, defaults, assets = [] }: FileSource): string {
  const hash = createHash('sha256')
  for (const files of [flows, content, defaults]) {
    for (const { name, text } of [...files].sort(byName)) hash.update(`${name}\0${text}\0`)
    hash.update('\0')
  }
  for (const { name, bytes } of [...assets].sort(byName)) hash.update(`${name}\0${bytes}\0`)
  return hash.digest('hex').slice(0, 12)
}

export const missingFile = (name: string): Problem =>
  ({ file: name, ...fileStart, severity: 'error', what: `không tìm thấy tệp ${name}`, todo: 'chép tệp này từ thư mục content của dự án' })
