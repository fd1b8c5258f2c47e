import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { assetEndings, type FileSource, type ListedFile, type StrangeFile, type TextFile } from '../content.ts'
import { ContentError } from './content-error.ts'

/** Where the words are on this machine. */
export interface ContentFolders {
  flowsDir: string
  contentDir: string
  /** The project's own `content/`. */
  defaultsDir: string
}

/** Rejects with `ContentError` where the folder of flows or that of content is not there: flows that need no articles would else be told with the sample province's name and numbers. */
export async function readContentFolders(folders: ContentFolders): Promise<FileSource> {
  const [texts, strange] = await Promise.all([readTexts(folders), listAllStrange(folders)])
  return { ...texts, strange }
}

/** As `readContentFolders`, again and again: the texts are read anew only where a file has changed since. */
export function rereadContentFolders(folders: ContentFolders): () => Promise<FileSource> {
  let last: { signature: string; texts: Omit<FileSource, 'strange'> } | null = null
  return async () => {
    const [signature, strange] = await Promise.all([folderSignature(foldersOf(folders)), listAllStrange(folders)])
    if (last?.signature !== signature) last = { signature, texts: await readTexts(folders) }
    return { ...last.texts, strange }
  }
}

/** Where texts stand, each folder once: mostly the province's own folder is the project's. */
export const foldersOf = ({ flowsDir, contentDir, defaultsDir }: ContentFolders): string[] =>
  [flowsDir, contentDir, ...(isSame(defaultsDir, contentDir) ? [] : [defaultsDir])]

const isSame = (one: string, other: string): boolean => resolve(one) === resolve(other)

async function expectFolders({ flowsDir, contentDir }: ContentFolders): Promise<void> {
  const told = await Promise.all(Object.entries({ FLOWS_DIR: flowsDir, CONTENT_DIR: contentDir }).map(async ([name, dir]) => {
    const info = await gone(dir, stat(dir))
    return info?.isDirectory() === true ? [] : [`${name}: không có thư mục "${resolve(dir)}". Hãy kiểm tra đường dẫn.`]
  }))
  if (told.flat().length > 0) throw new ContentError(told.flat().join('\n'))
}

async function readTexts(folders: ContentFolders): Promise<Omit<FileSource, 'strange'>> {
  await expectFolders(folders)
  const { flowsDir, contentDir, defaultsDir } = folders
  const content = readFolder(contentDir)
  const [flows, own, defaults, assets] = await Promise.all([readFolder(flowsDir), content, isSame(defaultsDir, contentDir) ? content : readFolder(defaultsDir), listAssets(contentDir)])
  return { flows, content: own, defaults: defaults.filter(({ name }) => !name.includes('/')), assets }
}

async function listAllStrange({ flowsDir, contentDir }: ContentFolders): Promise<StrangeFile[]> {
  return (await Promise.all([listStrange(flowsDir, '.yaml'), listStrange(contentDir, '.yaml'), listStrange(join(contentDir, 'articles'), '.md')])).flat()
}

/** Texts that somebody saved under a name nobody reads: directly in a folder, articles at any depth. */
async function listStrange(dir: string, ending: '.md' | '.yaml'): Promise<StrangeFile[]> {
  const names = (await gone(dir, readdir(dir, { recursive: ending === '.md' }))) ?? []
  return names.filter((name) => misnamed.test(name) && !passedOver.test(basename(name))).map((name): StrangeFile => {
    const path = join(dir, name)
    return { file: slashes(shownPath(path)), meant: `${basename(name).replace(/(?:\.(?:md|ya?ml))?\.[^.]+$/i, '')}${ending}` }
  })
}

/** What lies in `assets/` beside its description, by name and size. */
async function listAssets(contentDir: string): Promise<ListedFile[]> {
  const files = await listFiles(join(contentDir, 'assets'))
  return files.filter(({ path }) => !written.test(path)).map(({ path, size }) => ({ name: slashes(relative(contentDir, path)), bytes: size }))
}

/** All text files people write below a folder; none when it is not there. Hidden files and editors' copies are passed over. */
export async function readFolder(dir: string): Promise<TextFile[]> {
  const files = await listFiles(dir)
  const read = await Promise.all(files.filter(({ path }) => written.test(path)).map(async ({ path }): Promise<TextFile | null> => {
    const text = await gone(path, readFile(path, 'utf8'))
    return text === null ? null : { name: slashes(relative(dir, path)), file: slashes(shownPath(path)), text }
  }))
  return read.filter((file) => file !== null)
}

/** Changes whenever a text or an asset in one of the folders is added, removed or written: cheap enough to ask every second. */
export async function folderSignature(dirs: readonly string[]): Promise<string> {
  const listed = await Promise.all(dirs.map(listFiles))
  return listed.flat().map(({ path, mtimeMs, size }) => `${path}:${mtimeMs}:${size}`).sort().join('\n')
}

interface Listed { path: string; mtimeMs: number; size: number }

const written = /\.(ya?ml|md)$/
const misnamed = /\.(?:txt|docx?|rtf|odt|YA?ML|MD|Ya?ml|Md)$/
const kept = new RegExp(`\\.(ya?ml|md|${assetEndings.join('|')})$`, 'i')
const passedOver = /(^\.|^~\$|~$|^#.*#$)/

/** One after the other: the answers of two hundred files at once would hold citizens' messages up for milliseconds each second. */
async function listFiles(dir: string): Promise<Listed[]> {
  const listed: Listed[] = []
  for (const name of (await gone(dir, readdir(dir))) ?? []) {
    if (passedOver.test(name)) continue
    const path = join(dir, name)
    const info = await gone(path, stat(path))
    if (info === null) continue
    if (info.isDirectory()) listed.push(...await listFiles(path))
    else if (kept.test(name)) listed.push({ path, mtimeMs: info.mtimeMs, size: info.size })
  }
  return listed
}

/** A file may vanish between being listed and being read: null then. What cannot be read for another reason is a `ContentError` that names it. */
async function gone<T>(path: string, reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new ContentError(`${slashes(shownPath(path))}: ${whyUnread[code] ?? `không đọc được (${code}) → kiểm tra ổ đĩa, rồi thử lại`}`, { cause: error })
  }
}

const noRight = 'không có quyền đọc → sửa quyền của tệp hoặc thư mục này cho tài khoản chạy chương trình'
const whyUnread: Readonly<Record<string, string>> = {
  EACCES: noRight, EPERM: noRight, ELOOP: 'đường dẫn tắt (symlink) trỏ vòng về chính nó → xóa đường dẫn tắt này',
}

/** From where people stand, if it is below there. */
function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path)
  return fromHere.startsWith('..') ? path : fromHere
}

const slashes = (path: string): string => path.replaceAll('\\', '/')
