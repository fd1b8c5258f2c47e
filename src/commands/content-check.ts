import { formatProblems } from '../content.ts'
import { findProblems } from '../conversation/find-problems.ts'
import { isError } from '../core/problem.ts'
import { readContentFolders } from '../node/files.ts'
import { wordFolders } from '../node/words.ts'
import { readWordSettings, type Terminal } from './command.ts'

export { findProblems }

/** `content check`: one line for each finding. Exit code 1 when something must be mended. */
export async function check(json: boolean, terminal: Terminal): Promise<number> {
  const problems = findProblems(await readContentFolders(wordFolders(readWordSettings(terminal))), Date.now())
  const errors = problems.filter(isError).length
  if (json) terminal.out(JSON.stringify(problems, null, 2))
  else {
    if (problems.length > 0) terminal.out(formatProblems(problems).join('\n'))
    terminal.out(errors === 0 ? `Nội dung dùng được${problems.length === 0 ? '.' : `, có ${problems.length} điều nên xem lại.`}` : `Có ${errors} lỗi phải sửa.`)
  }
  return errors === 0 ? 0 : 1
}
