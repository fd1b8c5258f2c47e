import { sortProblems, type Position, type Problem } from '../core/problem.ts'
import { findFile, type FileSource } from './files.ts'

/** As many of a kind are told one by one: each may be a slip of its own. */
const mostApart = 3

/** Problems with one cause become one where they are many: a key taken out of `province.yaml` is one mistake, not seventy. */
export function toldOnce(problems: readonly Problem[], files: FileSource): Problem[] {
  const byCause = Map.groupBy(sortProblems(problems), ({ cause }) => cause)
  return sortProblems([...byCause].flatMap(([cause, some]) =>
    (cause === undefined || some.length <= mostApart ? some.map(({ cause: _, ...problem }) => problem) : [asOne(some, homeOf(cause, files))])))
}

/** Where the mistake itself is; null where nobody can say, or where the file is not this folder's own. */
function homeOf(cause: string, files: FileSource): ({ file: string } & Position) | null {
  const [name, key] = { province: ['province.yaml', 'values'], phone: ['contacts.yaml', 'phones'], site: ['contacts.yaml', 'sites'] }[cause.split(':')[0]!] ?? []
  const found = name === undefined ? null : findFile(files, name)
  if (found === null || found.lent) return null
  const line = found.text.split('\n').findIndex((text) => text.startsWith(`${key}:`))
  return { file: found.file, line: Math.max(0, line) + 1, column: 1 }
}

function asOne(some: readonly Problem[], home: ({ file: string } & Position) | null): Problem {
  const { cause: _, ...first } = some[0]!
  const places = some.slice(0, mostApart).map(({ file, line }) => `${file}:${line}`).join(', ')
  return { ...first, ...home, what: `${first.what} (${some.length} chỗ như vậy: ${places}…)` }
}
