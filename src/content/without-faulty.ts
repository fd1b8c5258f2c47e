import { isError, type Problem } from '../core/problem.ts'
import { mainFlow } from '../flow/flow.ts'
import { flowsMeant } from '../flow/parse.ts'
import { campaignFiles } from './calendar.ts'
import { articleFiles, flowFiles, type FileSource, type TextFile } from './files.ts'
import { toldOnce } from './told-once.ts'

/**
 * The files to answer from, and why others are not among them; `held` is empty where all of them are. `stops`: what is
 * wrong in files that citizens cannot do without, when no good version of them is in use. With any of these nothing starts.
 */
export interface Usable { files: FileSource; held: Problem[]; stops: Problem[] }

/**
 * Each file with an error as it was in `before`, the files in use, so that it holds up no other. One without a version
 * there is left out where answers can do without it: an article, a campaign's calendar, a flow other than the main menu, while there
 * is any. A province's own `replies.yaml` gives way to the project's, whose sentences tell the same with the province's data.
 * What else tells citizens of the province, greets them or answers them in every turn stops the start. All else (lists that
 * nobody is shown) stays as it is: whether it can be read decides. `problems`: of these files, each place apart.
 */
export function withoutFaulty(files: FileSource, problems: readonly Problem[], before: FileSource | null): Usable {
  const errors = problems.filter(isError)
  // A line taken out of the list of contacts is its own fault, not that of all who name it.
  const once = toldOnce(errors, files)
  const faulty = new Set([...errors, ...once].map(({ file }) => file))
  const campaigns = new Set(campaignFiles(files))
  const menu = flowFiles(files).find(({ file, text }) => flowsMeant(file, text).includes(mainFlow))
  const dispensable = flowFiles(files).filter((file) => before !== null || file !== menu)
  const lendable = files.content.filter(({ name, text }) => name === 'replies.yaml' && files.defaults.some((lent) => lent.name === name && lent.text !== text))
  const spared = new Set([...articleFiles(files), ...campaigns, ...dispensable, ...lendable])
  const held = new Set<string>()
  const leftOut: TextFile[] = []
  const usable = (now: readonly TextFile[], then: readonly TextFile[]): TextFile[] => now.flatMap((file) => {
    if (!faulty.has(file.file)) return [file]
    const good = then.find(({ name }) => name === file.name)
    if (good?.text === file.text || (good === undefined && !spared.has(file))) return [file]
    held.add(file.file)
    if (good !== undefined) return [good]
    if (!campaigns.has(file) && !lendable.includes(file)) leftOut.push(file)
    return []
  })
  const [flows, content] = [usable(files.flows, before?.flows ?? []), usable(files.content, before?.content ?? [])]
  const told = (some: ReadonlySet<string>): Problem[] => [...once.filter(({ file }) => some.has(file)), ...hidden(errors, once, files, some)]
  const needed = before !== null ? [] : [...flowFiles(files).filter((file) => flows.length === 0 || !spared.has(file)), ...content.filter(({ name }) => shown.has(name))]
  return { files: { ...files, flows, content, leftOut }, held: told(held), stops: told(new Set(needed.map(({ file }) => file))) }
}

/** What citizens read of, beside articles and flows. */
const shown: ReadonlySet<string> = new Set(['province.yaml', 'replies.yaml', 'entry.yaml', 'privacy.md'])

/** Told together with others, under a file that is not held. */
function hidden(errors: readonly Problem[], once: readonly Problem[], files: FileSource, held: ReadonlySet<string>): Problem[] {
  const named = new Set(once.map(({ file }) => file))
  return toldOnce(errors.filter(({ file }) => held.has(file) && !named.has(file)), files)
}
