import { lengthOf, bareWords } from '../core/text.ts'
import type { Problem } from '../core/problem.ts'
import type { Path } from '../core/yaml.ts'
import type { Flow, FlowSet, Step, Target } from './flow.ts'
import type { FlowFile } from './parse.ts'

/** What is wrong with flows that can be run all the same: places nobody reaches or leaves, words that mean two things. */
export function checkFlows(files: readonly FlowFile[]): Problem[] {
  const flows: FlowSet = new Map(files.map(({ flow }) => [flow.id, flow]))
  const reached = reachable(flows)
  return [
    ...files.flatMap((file) => Object.values(file.flow.steps).flatMap((step) => checkStep(file, step, reached, flows))),
    ...doubleTriggers(files),
  ]
}

const longestTitle = 100

const complain = (file: FlowFile, path: Path, what: string, todo: string, severity: Problem['severity'] = 'error'): Problem =>
  ({ file: file.flow.file, ...file.locate(path), severity, what, todo })

function checkStep(file: FlowFile, step: Step, reached: ReadonlySet<string>, flows: FlowSet): Problem[] {
  const here: Path = ['steps', step.id]
  const problems: Problem[] = []
  if (!reached.has(nameOf({ flow: file.flow.id, step: step.id }))) {
    problems.push(complain(file, here, `không có đường nào dẫn tới bước "${step.id}"`, 'thêm goto dẫn tới bước này, hoặc xóa bước'))
  }
  if (circles({ flow: file.flow.id, step: step.id }, flows)) {
    problems.push(complain(file, [...here, 'goto'], `goto đi vòng tròn: từ bước "${step.id}" lại về chính nó mà không dừng ở đâu`, 'cho một bước trong vòng dừng lại hỏi (bỏ goto, thêm choices)'))
  }
  const written = file.written.steps[step.id]
  if (step.goto === null && step.choices.length === 0 && written?.otherwise === undefined) {
    problems.push(complain(file, here, `bước "${step.id}" là ngõ cụt: không có choices, goto hay otherwise`, 'thêm choices hoặc goto; nếu cố ý dừng ở đây thì ghi otherwise: answer', 'warning'))
  }
  step.choices.forEach((choice, index) => {
    if (choice.title !== null && lengthOf(choice.title) > longestTitle) {
      problems.push(complain(file, [...here, 'choices', index, 'title'], `tên lựa chọn dài ${lengthOf(choice.title)} ký tự, tối đa ${longestTitle}`, 'rút ngắn, phần giải thích chuyển vào ask'))
    }
  })
  return [...problems, ...doubleChoices(file, step)]
}

/** Two choices of one step that the same words mean: the second would never be chosen. */
function doubleChoices(file: FlowFile, step: Step): Problem[] {
  const seen = new Map<string, number>()
  return step.choices.flatMap((choice, index) => {
    const said = [choice.title ?? '', ...choice.matchers.flatMap((matcher) => ('words' in matcher ? [matcher.words] : []))]
    return said.flatMap((words) => {
      const bare = bareWords(words)
      const before = seen.get(bare) ?? index
      if (bare !== '') seen.set(bare, before)
      return before === index ? [] : [complain(file, ['steps', step.id, 'choices', index], `"${words}" trùng với lựa chọn thứ ${before + 1} của cùng bước`, 'đổi lời một trong hai, hoặc bỏ bớt match')]
    })
  })
}

function doubleTriggers(files: readonly FlowFile[]): Problem[] {
  const seen = new Map<string, FlowFile>()
  return files.flatMap((file) => file.flow.triggers.flatMap((matcher, index) => {
    const key = 'words' in matcher ? bareWords(matcher.words) : `/${matcher.pattern}/`
    const before = seen.get(key)
    seen.set(key, before ?? file)
    const said = 'words' in matcher ? matcher.words : matcher.pattern
    const path: Path = Array.isArray(file.written.triggers) ? ['triggers', index] : ['triggers']
    if (before !== undefined) return [complain(file, path, `trigger "${said}" đã có trong ${before.flow.file}`, 'mỗi cụm từ chỉ mở một kịch bản: bỏ một trong hai')]
    return 'pattern' in matcher && matcher.test('') !== null ? [complain(file, path, `trigger có mẫu "${said}" khớp với mọi tin nhắn`, 'viết mẫu chặt hơn, để câu hỏi thường không rơi vào kịch bản này')] : []
  }))
}

/** Every step a citizen can come to from the start of some flow. */
function reachable(flows: FlowSet): ReadonlySet<string> {
  const reached = new Set<string>()
  const open: Target[] = [...flows.values()].map((flow) => ({ flow: flow.id, step: flow.start }))
  for (let target = open.pop(); target !== undefined; target = open.pop()) {
    const step = stepOf(flows, target)
    if (step === undefined || reached.has(nameOf(target))) continue
    reached.add(nameOf(target))
    open.push(...targetsOf(step))
  }
  return reached
}

function targetsOf(step: Step): Target[] {
  return [
    ...step.choices.flatMap(({ then }) => (then.to === 'step' ? [then.target] : [])),
    ...(step.otherwise.to === 'step' ? [step.otherwise.target] : []),
    ...(step.goto === null ? [] : [step.goto]),
  ]
}

/** Whether `goto` alone leads from a step back to itself. */
function circles(from: Target, flows: FlowSet): boolean {
  const passed = new Set<string>()
  for (let at = stepOf(flows, from)?.goto ?? null; at !== null && !passed.has(nameOf(at)); at = stepOf(flows, at)?.goto ?? null) {
    if (nameOf(at) === nameOf(from)) return true
    passed.add(nameOf(at))
  }
  return false
}

const nameOf = ({ flow, step }: Target): string => `${flow}/${step}`

function stepOf(flows: FlowSet, { flow, step }: Target): Step | undefined {
  const steps: Flow['steps'] = flows.get(flow)?.steps ?? {}
  return Object.hasOwn(steps, step) ? steps[step] : undefined
}
