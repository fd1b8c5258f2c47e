import { isError, type Problem } from '../core/problem.ts'
import { campaignFiles } from './calendar.ts'
import { articleFiles, type FileSource, type TextFile } from './files.ts'
import { toldOnce } from './told-once.ts'

/** The files to answer from, and why others are not among them; `held` is empty where all of them are. */
export interface Usable { files: FileSource; held: Problem[] }

/**
 * Each file with an error as it was in `before`, the files in use, so that it holds up no other. One without a version
 * there is left out where answers can do without it: an article, a campaign's calendar, and a flow that came while others serve
 * (`before` not null). All else stays as it is: whether it can be read decides. `problems`: of these files, each place apart.
 */
export function withoutFaulty(files: FileSource, problems: readonly Problem[], before: FileSource | null): Usable {
  const errors = problems.filter(isError)
  // A line taken out of the list of contacts is its own fault, not that of all who name it.
  const faulty = new Set([...errors, ...toldOnce(errors, files)].map(({ file }) => file))
  const articles = new Set(articleFiles(files))
  const spared = new Set([...articles, ...campaignFiles(files), ...(before === null ? [] : files.flows)])
  const held = new Set<string>()
  const leftOut: TextFile[] = []
  const usable = (now: readonly TextFile[], then: readonly TextFile[]): TextFile[] => now.flatMap((file) => {
    if (!faulty.has(file.file)) return [file]
    const good = then.find(({ name }) => name === file.name)
    if (good?.text === file.text || (good === undefined && !spared.has(file))) return [file]
    held.add(file.file)
    if (good !== undefined) return [good]
    if (articles.has(file)) leftOut.push(file)
    return []
  })
  const [flows, content] = [usable(files.flows, before?.flows ?? []), usable(files.content, before?.content ?? [])]
  return { files: { ...files, flows, content, leftOut }, held: toldOnce(errors, files).filter(({ file }) => held.has(file)).concat(hidden(errors, files, held)) }
}

/** Told together with others, under a file that is not held. */
function hidden(errors: readonly Problem[], files: FileSource, held: ReadonlySet<string>): Problem[] {
  const named = new Set(toldOnce(errors, files).map(({ file }) => file))
  return toldOnce(errors.filter(({ file }) => held.has(file) && !named.has(file)), files)
}
