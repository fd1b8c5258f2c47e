import { ContentHolder, loadContent, type ContentOptions } from '../content.ts'
import type { Problem } from '../core/problem.ts'
import type { Clock } from '../core/time.ts'
import { folderSignature, readContentFolders, type ContentFolders } from './files.ts'
import { watchFolders } from './watch.ts'

/** What became of files that changed while running; `refused`: the content before stays in use. */
export type Reload = { outcome: 'taken' | 'same' } | { outcome: 'refused'; problems: readonly Problem[] }

/**
 * Reads the folders once, or says what must be mended before anything can start; then follows what is saved in them until
 * `stop`. `onReload` hears of every reading after the first.
 */
export async function openContent(folders: ContentFolders, options: ContentOptions, clock: Clock, onReload: (reload: Reload) => void):
  Promise<{ holder: ContentHolder; stop: () => void } | { problems: Problem[] }> {
  const dirs = [...new Set([folders.flowsDir, folders.contentDir, folders.defaultsDir])]
  const since = await folderSignature(dirs)
  const first = loadContent(await readContentFolders(folders), options)
  if ('problems' in first) return first
  const holder = new ContentHolder(first.content, clock())

  const stop = watchFolders(dirs, since, async () => {
    const outcome = holder.offer(loadContent(await readContentFolders(folders), options), clock())
    onReload(outcome === 'refused' ? { outcome, problems: holder.status.problems } : { outcome })
  })
  return { holder, stop }
}
