import { ContentHolder, loadContent, remembering, type ContentOptions } from '../content.ts'
import { fileStart, type Problem } from '../core/problem.ts'
import type { Clock } from '../core/time.ts'
import { folderSignature, readContentFolders, type ContentFolders } from './files.ts'
import { watchFolders } from './watch.ts'

/** What became of files that changed while running; `refused`: the content before stays in use. */
export type Reload = { outcome: 'taken' | 'same' } | { outcome: 'refused'; problems: readonly Problem[] }

/**
 * Reads the folders once, or says what must be mended before anything can start; then follows what is saved in them until
 * `stop`. `onReload` hears of every reading after the first.
 */
export async function openContent(folders: ContentFolders, given: ContentOptions, clock: Clock, onReload: (reload: Reload) => void):
  Promise<{ holder: ContentHolder; stop: () => void } | { problems: Problem[] }> {
  const { options, finish } = remembering(given)
  const dirs = [...new Set([folders.flowsDir, folders.contentDir, folders.defaultsDir])]
  const since = await folderSignature(dirs)
  const first = loadContent(await readContentFolders(folders), options)
  if ('problems' in first) return first
  finish()
  const holder = new ContentHolder(first.content, clock())

  const stop = watchFolders(dirs, since, async () => {
    const outcome = holder.offer(await readAgain(folders, options), clock())
    onReload(outcome === 'refused' ? { outcome, problems: holder.status.problems } : { outcome })
    // What came in meanwhile goes first.
    if (outcome === 'taken') setImmediate(finish)
  })
  return { holder, stop }
}

/** A folder that cannot be read for a moment (rights, a share gone) is one more reason to keep what we have. */
async function readAgain(folders: ContentFolders, options: ContentOptions): Promise<ReturnType<typeof loadContent>> {
  try {
    return loadContent(await readContentFolders(folders), options)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { problems: [{ file: folders.contentDir, ...fileStart, severity: 'error', what: `không đọc lại được thư mục (${why})`, todo: 'kiểm tra quyền đọc của thư mục và tệp' }] }
  }
}
