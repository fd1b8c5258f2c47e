import { checkContent, contentDue, formatProblems, loadContent } from '../content.ts'
import { vietnamDay } from '../core/time.ts'
import { readContentFolders } from '../node/files.ts'
import { contentOptions, wordFolders } from '../node/words.ts'
import { readSettings, UsageError, type Command, type Terminal } from './command.ts'

/** `content check` and `content due`: what editors run before and between. */
export const content: Command = async (args, terminal) => {
  const [what, ...rest] = args
  if (what === 'check') return check(rest.includes('--json'), terminal)
  if (what === 'due') return due(terminal)
  throw new UsageError('content check [--json] | content due')
}

async function check(json: boolean, terminal: Terminal): Promise<number> {
  const problems = checkContent(await readContentFolders(wordFolders(readSettings(terminal))), Date.now())
  const errors = problems.filter(({ severity }) => severity === 'error').length
  if (json) terminal.out(JSON.stringify(problems, null, 2))
  else {
    if (problems.length > 0) terminal.out(formatProblems(problems).join('\n'))
    terminal.out(errors === 0 ? `Nội dung dùng được${problems.length === 0 ? '.' : `, có ${problems.length} điều nên xem lại.`}` : `Có ${errors} lỗi phải sửa.`)
  }
  return errors === 0 ? 0 : 1
}

async function due(terminal: Terminal): Promise<number> {
  const read = loadContent(await readContentFolders(wordFolders(readSettings(terminal))), contentOptions)
  if ('problems' in read) {
    terminal.error(formatProblems(read.problems).join('\n'))
    return 1
  }
  const list = contentDue([...read.content.articles.values()], vietnamDay(Date.now()))
  if (list.length === 0) terminal.out('Chưa có mục nào đến hạn xem lại.')
  for (const entry of list) terminal.out(Object.values(entry).join('\t'))
  return 0
}
