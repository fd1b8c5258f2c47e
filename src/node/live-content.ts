import { ContentHolder, loadContent, remembering, withoutFaulty, type Content, type ContentOptions, type FileSource } from '../content.ts'
import { eachProblem } from '../conversation/find-problems.ts'
import { fileStart, sortProblems, type Problem } from '../core/problem.ts'
import type { Clock, Millis } from '../core/time.ts'
import { folderSignature, foldersOf, readContentFolders, type ContentFolders } from './files.ts'
import { watchFolders } from './watch.ts'

/**
 * What became of files that changed while running. `refused`: the content before stays in use; `in_part`: files with
 * errors stay as they were before, or out, and the others are in use.
 */
export type Reload = { outcome: 'taken' | 'same' } | { outcome: 'refused' | 'in_part'; problems: readonly Problem[] }

/** All that is wrong with files, each place apart, as `eachProblem` tells it. */
export type FindFaults = (files: FileSource, now: Millis) => Promise<Problem[]>

type Read = { files: FileSource; read: { content: Content }; held: Problem[] } | { read: { problems: Problem[] } }

/**
 * Reads the folders once, or says what must be mended before anything can start; then follows what is saved in them until
 * `stop`. `onReload` hears of every reading after the first. `find` may compute elsewhere; where it fails, it is done here.
 */
export async function openContent(folders: ContentFolders, given: ContentOptions, clock: Clock, onReload: (reload: Reload) => void, find: FindFaults = here):
  Promise<{ holder: ContentHolder; stop: () => void } | { problems: Problem[] }> {
  const { options, finish } = remembering(given)
  const read = async (before: FileSource | null): Promise<Read> => {
    const found = await readContentFolders(folders)
    const finding = find(found, clock()).catch(() => here(found, clock()))
    // A start need not wait for both, one after the other: mostly nothing is wrong.
    const asFound = before === null ? loadContent(found, options) : null
    const { files, held, stops } = withoutFaulty(found, await finding, before)
    if (stops.length > 0) return { read: { problems: together([...held, ...stops]) } }
    const loaded = held.length === 0 && asFound !== null ? asFound : loadContent(files, options)
    return 'problems' in loaded ? { read: { problems: together([...held, ...loaded.problems]) } } : { files, read: loaded, held }
  }
  const dirs = foldersOf(folders)
  const since = await folderSignature(dirs)
  const first = await read(null)
  if (!('files' in first)) return first.read
  finish()
  const holder = new ContentHolder(first.read.content, clock(), first.held)
  let inUse = first.files

  const stop = watchFolders(dirs, since, async () => {
    const next = await read(inUse).catch((error: unknown): Read => ({ read: { problems: [unreadable(folders, error)] } }))
    const held = 'files' in next ? next.held : []
    const outcome = holder.offer(next.read, clock(), held)
    if (outcome === 'taken' && 'files' in next) inUse = next.files
    onReload(outcome === 'refused' ? { outcome, problems: holder.status.problems } : held.length > 0 ? { outcome: 'in_part', problems: held } : { outcome })
    // What came in meanwhile goes first.
    if (outcome === 'taken') setImmediate(finish)
  })
  return { holder, stop }
}

const here: FindFaults = async (files, now) => eachProblem(files, now)

/** Each complaint once. */
const together = (problems: readonly Problem[]): Problem[] =>
  sortProblems([...new Map(problems.map((problem) => [`${problem.file}:${problem.line}:${problem.column}:${problem.what}`, problem])).values()])

/** A folder that cannot be read for a moment (rights, a share gone) is one more reason to keep what we have. */
function unreadable({ contentDir }: ContentFolders, error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error)
  return { file: contentDir, ...fileStart, severity: 'error', what: `không đọc lại được thư mục (${why})`, todo: 'kiểm tra quyền đọc của thư mục và tệp' }
}
