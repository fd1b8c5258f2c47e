import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAnswerer } from '../answer/retrieval.ts'
import { formatProblems, type ContentHolder, type ContentOptions } from '../content.ts'
import type { Log } from '../core/ports.ts'
import type { Problem } from '../core/problem.ts'
import { ContentError } from './content-error.ts'
import type { ContentFolders } from './files.ts'
import { openContent, type FindFaults } from './live-content.ts'

/** Where this installation's words are; `content/` of the project fills in what a province's own folder does not have. */
export const wordFolders = ({ flowsDir, contentDir }: Pick<ContentFolders, 'flowsDir' | 'contentDir'>): ContentFolders => ({
  flowsDir,
  contentDir,
  defaultsDir: fileURLToPath(new URL('../../content', import.meta.url)),
})

/** The Answerer of this installation: local retrieval, no network. */
export const contentOptions: ContentOptions = { createAnswerer }

/** Reads the words and follows their changes; `find` looks for what is wrong, elsewhere than on this thread. Rejects with `ContentError` when they cannot be answered from. */
export async function followContent(config: Pick<ContentFolders, 'flowsDir' | 'contentDir'>, log: Log, find?: FindFaults): Promise<{ holder: ContentHolder; stop: () => void }> {
  const opened = await openContent(wordFolders(config), contentOptions, Date.now, (reload) => {
    if (reload.outcome === 'refused') log.error({ problems: formatProblems([...reload.problems]) }, 'content refused, the last good version serves')
    else if (reload.outcome === 'in_part') log.error({ problems: formatProblems([...reload.problems]) }, 'content reloaded but for files with errors: of those the last good version serves, or none')
    else if (reload.outcome === 'taken') log.info({}, 'content reloaded')
  }, find)
  if ('problems' in opened) throw new ContentError(refusal(opened.problems, config))
  const { problems } = opened.holder.status
  if (problems.length > 0) log.error({ problems: formatProblems([...problems]) }, 'content in use without files that have errors')
  return opened
}

/** Of a wrong folder nearly every line is wrong: the last line, which stays in sight, says where they were read. */
function refusal(problems: readonly Problem[], { flowsDir, contentDir }: Pick<ContentFolders, 'flowsDir' | 'contentDir'>): string {
  const where = `Chưa chạy được vì ${problems.length} lỗi ở trên, đọc từ FLOWS_DIR "${resolve(flowsDir)}" và CONTENT_DIR "${resolve(contentDir)}".`
  return [...formatProblems(problems), `${where} Sửa các tệp đó; nếu thư mục chưa đúng thì sửa cài đặt.`].join('\n')
}
