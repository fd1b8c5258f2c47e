import { createAnswerer } from '../../src/answer/retrieval.ts'
import { loadContent, formatProblems, type Content } from '../../src/content.ts'
import { readContentFolders } from '../../src/node/files.ts'
import { wordFolders } from '../../src/node/words.ts'

/** The project's own `flows/` and `content/`, as a server reads them. Throws what `content check` would say where they cannot be used. */
export async function realContent(): Promise<Content> {
  const read = loadContent(await readContentFolders(wordFolders({ flowsDir: 'flows', contentDir: 'content' })), { createAnswerer })
  if ('problems' in read) throw new Error(formatProblems(read.problems).join('\n'))
  return read.content
}
