import { nearest, type Problem } from '../core/problem.ts'
import { idWritten } from '../core/written-id.ts'
import { readYaml, type Locate, type Path } from '../core/yaml.ts'
import { madeMenuStep, mainFlow, type Flow, type FlowChoice, type FlowSet, type Matcher, type Step, type Target } from './flow.ts'
import { compilePattern } from './pattern.ts'
import { flowSchema, type WrittenChoice, type WrittenFlow, type WrittenStep } from './written.ts'

/** A flow with the way back to the lines it was read from. */
export interface FlowFile {
  flow: Flow
  written: WrittenFlow
  locate: Locate
}

/**
 * Reads all flow files together, since steps may lead from one into another. With errors among the problems the flows
 * are those that could be read, and must not be run. `leftOut`: files that are not to be run; choices that lead there
 * are dropped, so that nobody is sent to where nothing is.
 */
export function parseFlows(files: readonly FlowText[], leftOut: readonly FlowText[] = []): { flows: FlowSet; files: FlowFile[]; problems: Problem[] } {
  const problems: Problem[] = []
  const drafts = new Map<string, Draft>()
  const unread = new Set<string>()
  const gone = new Set(leftOut.flatMap(({ file, text }) => flowsMeant(file, text)))
  for (const { file, text } of files) {
    const read = readYaml(file, text, flowSchema)
    problems.push(...read.problems)
    if (read.value === null) {
      for (const id of flowsMeant(file, text)) unread.add(id)
      continue
    }
    const draft = { file, written: read.value, locate: read.locate }
    const same = drafts.get(read.value.id)
    if (same === undefined) drafts.set(read.value.id, draft)
    else problems.push(problem(draft, ['id'], `mã kịch bản "${read.value.id}" đã có trong ${same.file}`, 'tệp này là bản sao thì chuyển ra ngoài thư mục; không phải thì đổi mã của tệp này'))
  }
  const parsed = [...drafts.values()].map((draft) => ({ flow: link(draft, { drafts, unread, gone, problems }), written: draft.written, locate: draft.locate }))
  return { flows: new Map(parsed.map(({ flow }) => [flow.id, flow])), files: parsed, problems }
}

export interface FlowText { file: string; text: string }
interface Draft { file: string; written: WrittenFlow; locate: Locate }
type Drafts = ReadonlyMap<string, Draft>

/** What a flow that cannot be read is called: the name of its file, and what it says itself. Who leads to it is not to blame. */
export const flowsMeant = (file: string, text: string): string[] =>
  [/([^/\\]+)\.ya?ml$/.exec(file)?.[1], idWritten(text)].filter((id) => id !== undefined)

const problem = (draft: Draft, path: Path, what: string, todo: string): Problem =>
  ({ file: draft.file, ...draft.locate(path), severity: 'error', what, todo })

function link(draft: Draft, { drafts, unread, gone, problems }: { drafts: Drafts; unread: ReadonlySet<string>; gone: ReadonlySet<string>; problems: Problem[] }): Flow {
  const { written } = draft
  const steps = Object.keys(written.steps)
  const start = written.start ?? steps[0]!
  if (!steps.includes(start)) problems.push(problem(draft, ['start'], `bước đầu "${start}" không có trong steps`, advise(start, steps)))

  const target = (text: string, path: Path): Target | null => {
    const found = resolve(text, written.id, drafts)
    if (found === null && gone.has(text.split('/')[0]!)) return null
    if (found === null && !unread.has(text.split('/')[0]!)) problems.push(problem(draft, path, `không có bước hay kịch bản nào tên "${text}"`, advise(text, [...(path.at(-1) === 'otherwise' ? ['answer'] : []), ...knownTargets(written, drafts)])))
    return found ?? { flow: written.id, step: start }
  }
  const home = resolve(mainFlow, mainFlow, drafts)!
  return {
    id: written.id,
    title: written.title,
    triggers: (written.triggers ?? []).map((trigger) => ('pattern' in trigger ? compilePattern(trigger.pattern) : trigger)),
    start,
    urgent: written.urgent === 'true',
    steps: Object.fromEntries(Object.entries(written.steps).map(([id, step]) => [id, linkStep(id, step, target, home)])),
    file: draft.file,
  }
}

/** Null for a place in a flow that was left out. */
type Resolve = (text: string, path: Path) => Target | null

function linkStep(id: string, step: WrittenStep, target: Resolve, home: Target): Step {
  const here: Path = ['steps', id]
  return {
    id,
    ask: (step.ask ?? step.say)!,
    choices: (step.choices ?? []).flatMap((choice, index) => linkChoice(choice, [...here, 'choices', index], target)),
    otherwise: linkOtherwise(step.otherwise, [...here, 'otherwise'], target),
    goto: step.goto === undefined ? null : target(step.goto, [...here, 'goto']) ?? home,
    facts: step.facts ?? [],
  }
}

function linkOtherwise(written: WrittenStep['otherwise'], path: Path, target: Resolve): Step['otherwise'] {
  const to = written === undefined || written.goto === 'answer' ? null : target(written.goto, path)
  return to === null ? { to: 'answer' } : { to: 'step', target: to, save: written?.save ?? null }
}

/** None for a choice that leads into a flow that was left out. */
function linkChoice(choice: WrittenChoice, path: Path, target: Resolve): FlowChoice[] {
  const matchers: Matcher[] = (choice.match ?? []).map((words) => ({ words }))
  if (choice.pattern !== undefined) matchers.push(compilePattern(choice.pattern))
  const to = choice.goto === undefined ? null : target(choice.goto, [...path, 'goto'])
  if (choice.article === undefined && choice.goto !== undefined && to === null) return []
  return [{
    title: choice.title ?? null,
    matchers,
    save: choice.save ?? null,
    remember: choice.remember ?? null,
    then: choice.article !== undefined ? { to: 'article', article: choice.article } : to !== null ? { to: 'step', target: to } : { to: 'handover' },
  }]
}

/** A step of the same flow, else a flow (its start), else `flow/step`. */
function resolve(text: string, flow: string, drafts: Drafts): Target | null {
  if (hasStep(drafts.get(flow), text)) return { flow, step: text }
  const other = drafts.get(text)
  if (other !== undefined) return { flow: text, step: other.written.start ?? Object.keys(other.written.steps)[0]! }
  if (text === mainFlow) return { flow: mainFlow, step: madeMenuStep }
  const [otherFlow = '', step = ''] = text.split('/')
  return hasStep(drafts.get(otherFlow), step) ? { flow: otherFlow, step } : null
}

/** What could have been meant, nearest home first. */
const knownTargets = (written: WrittenFlow, drafts: Drafts): string[] => [
  ...Object.keys(written.steps), ...drafts.keys(),
  ...[...drafts.values()].flatMap((other) => Object.keys(other.written.steps).map((step) => `${other.written.id}/${step}`)),
]

const hasStep = (draft: Draft | undefined, step: string): boolean => draft !== undefined && Object.hasOwn(draft.written.steps, step)

function advise(meant: string, known: readonly string[]): string {
  const near = nearest(meant, known)
  return near === null ? `tạo bước "${meant}", hoặc chọn trong: ${known.slice(0, 12).join(', ')}` : `có phải "${near}"?`
}
