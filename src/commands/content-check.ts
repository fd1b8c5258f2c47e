import { checkContent, contentOf, formatProblems, readFiles, type FileSource } from '../content.ts'
import { checkMessages } from '../conversation/check-messages.ts'
import { isError, sortProblems, type Problem } from '../core/problem.ts'
import type { Millis } from '../core/time.ts'
import { readContentFolders } from '../node/files.ts'
import { contentOptions, wordFolders } from '../node/words.ts'
import { readSettings, type Terminal } from './command.ts'

/** `content check`: one line for each finding. Exit code 1 when something must be mended. */
export async function check(json: boolean, terminal: Terminal): Promise<number> {
  const problems = findProblems(await readContentFolders(wordFolders(readSettings(terminal))), Date.now())
  const errors = problems.filter(isError).length
  if (json) terminal.out(JSON.stringify(problems, null, 2))
  else {
    if (problems.length > 0) terminal.out(formatProblems(problems).join('\n'))
    terminal.out(errors === 0 ? `Nội dung dùng được${problems.length === 0 ? '.' : `, có ${problems.length} điều nên xem lại.`}` : `Có ${errors} lỗi phải sửa.`)
  }
  return errors === 0 ? 0 : 1
}

/** What is wrong or doubtful in the files and in the messages that are made of them, sorted. */
export function findProblems(files: FileSource, now: Millis): Problem[] {
  const problems = checkContent(files, now)
  const { readable, problems: unreadable } = readFiles(files)
  if (readable === null) return problems
  const broken = new Set(unreadable.filter(isError).map(({ file }) => file))
  const messages = checkMessages(contentOf(files, readable, contentOptions), readable)
  return sortProblems([...problems, ...messages.filter(({ file }) => !broken.has(file))])
}
