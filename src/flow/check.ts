import { commandOf, type Command } from '../core/commands.ts'
import { lengthOf, bareWords } from '../core/text.ts'
import type { Problem } from '../core/problem.ts'
import type { Path } from '../core/yaml.ts'
import { mainFlow, type FlowChoice, type FlowSet, type Matcher, type Step } from './flow.ts'
import { circles, loopsWithoutWayOut, nameOf, reachable, startOf, stepsOf } from './graph.ts'
import type { FlowFile } from './parse.ts'
import { hasBlindBoundary } from './word-boundary.ts'

/**
 * What is wrong with flows that can be run all the same: places nobody reaches or leaves, words that mean two things.
 * `broken`: some file could not be read, so that nobody can say what is reached.
 */
export function checkFlows(files: readonly FlowFile[], { broken }: { broken: boolean } = { broken: false }): Problem[] {
  const flows: FlowSet = new Map(files.map(({ flow }) => [flow.id, flow]))
  const reached = reachable(flows, broken ? stepsOf(flows) : [...flows.values()].map(startOf))
  const loops = new Set(broken ? [] : loopsWithoutWayOut(flows).map(nameOf))
  return [
    ...files.flatMap((file) => Object.values(file.flow.steps).flatMap((step) => [
      ...checkWays(file, step, { flows, reached, loops }),
      ...checkChoices(file, step),
    ])),
    ...files.flatMap(checkTriggers),
    ...doubleTriggers(files),
    ...clashingTriggers(files),
  ]
}

const longestTitle = 100

const complain = (file: FlowFile, path: Path, what: string, todo: string, severity: Problem['severity'] = 'error'): Problem =>
  ({ file: file.flow.file, ...file.locate(path), severity, what, todo })

/** How a step is come to, and left. */
function checkWays(file: FlowFile, step: Step, { flows, reached, loops }: { flows: FlowSet; reached: ReadonlySet<string>; loops: ReadonlySet<string> }): Problem[] {
  const target = { flow: file.flow.id, step: step.id }
  const here: Path = ['steps', step.id]
  const problems: Problem[] = []
  if (!reached.has(nameOf(target))) {
    problems.push(complain(file, here, `không có đường nào dẫn tới bước "${step.id}"`, 'thêm goto dẫn tới bước này, hoặc xóa bước'))
  }
  if (circles(target, flows)) {
    problems.push(complain(file, [...here, 'goto'], `goto đi vòng tròn: từ bước "${step.id}" lại về chính nó mà không dừng ở đâu`, 'cho một bước trong vòng dừng lại hỏi (bỏ goto, thêm choices)'))
  } else if (loops.has(nameOf(target))) {
    problems.push(complain(file, here, `từ bước "${step.id}" bà con đi vòng mãi, không tới được mục hỏi–đáp, cán bộ hay câu hỏi tự do nào`, 'thêm một lựa chọn thoát ra (article, handover: true, goto: main), hoặc ghi otherwise: answer'))
  }
  if (step.goto === null && step.choices.length === 0 && file.written.steps[step.id]?.otherwise === undefined) {
    problems.push(complain(file, here, `bước "${step.id}" là ngõ cụt: không có choices, goto hay otherwise`, 'thêm choices hoặc goto; nếu cố ý dừng ở đây thì ghi otherwise: answer', 'warning'))
  }
  return problems
}

function checkChoices(file: FlowFile, step: Step): Problem[] {
  const long = step.choices.flatMap(({ title, matchers }, index) => {
    const at: Path = ['steps', step.id, 'choices', index]
    return [
      ...(title !== null && lengthOf(title) > longestTitle
        ? [complain(file, [...at, 'title'], `tên lựa chọn dài ${lengthOf(title)} ký tự, tối đa ${longestTitle}`, 'rút ngắn, phần giải thích chuyển vào ask')] : []),
      ...matchers.flatMap((matcher) => blindBoundary(file, [...at, 'pattern'], matcher)),
      ...(title !== null && /^\d{1,2}(?:\s*[.):]|$)/.test(title)
        ? [complain(file, [...at, 'title'], `tên lựa chọn "${title}" tự mang số, bà con thấy hai số và không biết gõ số nào`, 'bỏ số ở đầu: máy tự đánh số theo thứ tự', 'warning')] : []),
      ...oneOfMany(file, [...at, 'match'], matchers),
    ]
  })
  return [...long, ...orders(file, step), ...doubleChoices(file, step)]
}

/** Whether nothing is lost when the order is obeyed instead of the choice. */
const isSame = (command: Command | null, then: FlowChoice['then']): boolean =>
  command === null || (command === 'human' && then.to === 'handover') || (command === 'menu' && then.to === 'step' && then.target.flow === mainFlow)

/** Orders are obeyed before any step is asked: a choice never hears them. */
function orders(file: FlowFile, step: Step): Problem[] {
  return step.choices.flatMap(({ matchers, then }, index) => matchers.flatMap((matcher) => ('words' in matcher && !isSame(commandOf(matcher.words), then)
    ? [complain(file, ['steps', step.id, 'choices', index, 'match'], `match "${matcher.words}" là lệnh sẵn có (menu, gặp cán bộ, dừng…) nên lựa chọn này không bao giờ nghe được`, 'bỏ lời ấy khỏi match')]
    : [])))
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

const triggerPath = ({ written }: FlowFile, index: number): Path => (Array.isArray(written.triggers) ? ['triggers', index] : ['triggers'])

/** What people write that is about no flow in particular. A pattern that fits several of them fits anything. */
const strangeMessages: readonly string[] = [
  'Trời hôm nay mưa to quá', 'con mèo nhà ai đây', 'Lịch bóng đá tối nay', 'quán phở nào ngon', 'ĐỌC TRUYỆN CƯỜI', 'ok', 'zzz', '?!', '👍', '12', 'phòng 7 tầng 3', '1.500',
]
const mostStrange = 3

const isGreedy = (matcher: Extract<Matcher, { pattern: string }>): boolean =>
  matcher.test('') !== null || strangeMessages.filter((message) => matcher.test(message) !== null).length >= mostStrange

/** Triggers that catch too much, or nothing. */
function checkTriggers(file: FlowFile): Problem[] {
  return file.flow.triggers.flatMap((matcher, index) => {
    const path = triggerPath(file, index)
    if ('words' in matcher) {
      return commandOf(matcher.words) === null ? oneOfMany(file, path, file.flow.triggers)
        : [complain(file, path, `trigger "${matcher.words}" là lệnh sẵn có (menu, gặp cán bộ, dừng, nhận tin, dữ liệu của tôi…) nên không bao giờ mở kịch bản này`, 'bỏ trigger này, hoặc viết lời khác')]
    }
    const greedy = !isGreedy(matcher) ? [] : [complain(file, path, `trigger có mẫu "${matcher.pattern}" khớp cả những tin không liên quan, như “${strangeMessages.find((message) => matcher.test(message) !== null) ?? ''}”`, 'viết mẫu chặt hơn: có chữ cụ thể, không để trống một vế của dấu |')]
    return [...greedy, ...blindBoundary(file, [...path, 'pattern'], matcher)]
  })
}

/** Several phrases written without brackets are one, which nobody ever types. */
function oneOfMany(file: FlowFile, path: Path, [matcher, ...others]: readonly Matcher[]): Problem[] {
  if (matcher === undefined || others.length > 0 || !('words' in matcher) || !/[,;]/.test(matcher.words)) return []
  return [complain(file, path, `"${matcher.words}" được hiểu là một lời, bà con phải nhắn đúng cả câu ấy`, 'nhiều lời thì đặt trong ngoặc vuông: [lời một, lời hai]', 'warning')]
}

function blindBoundary(file: FlowFile, path: Path, matcher: Matcher): Problem[] {
  if (!('pattern' in matcher) || !hasBlindBoundary(matcher.pattern)) return []
  return [complain(file, path, `\\b cạnh chữ có dấu trong mẫu "${matcher.pattern}" không nhận ra chỗ hết từ`, 'thay \\b bằng ^, $, dấu cách, hoặc (?:^|[^\\p{L}]) và (?:[^\\p{L}]|$)', 'warning')]
}

function doubleTriggers(files: readonly FlowFile[]): Problem[] {
  const seen = new Map<string, FlowFile>()
  return files.flatMap((file) => file.flow.triggers.flatMap((matcher, index) => {
    const key = 'words' in matcher ? bareWords(matcher.words) : `/${matcher.pattern}/`
    const before = seen.get(key)
    seen.set(key, before ?? file)
    const said = 'words' in matcher ? matcher.words : matcher.pattern
    return before === undefined ? []
      : [complain(file, triggerPath(file, index), `trigger "${said}" đã có trong ${before.flow.file}`, 'mỗi cụm từ chỉ mở một kịch bản: bỏ một trong hai')]
  }))
}

/** Words of one flow that a pattern of another fits: whichever is looked at first would win, and nobody meant to choose. */
function clashingTriggers(files: readonly FlowFile[]): Problem[] {
  const said = files.flatMap((file) => file.flow.triggers.flatMap((matcher) => ('words' in matcher ? [{ file, words: matcher.words }] : plainWords(matcher.pattern).map((words) => ({ file, words })))))
  return files.flatMap((file) => file.flow.triggers.flatMap((matcher, index): Problem[] => {
    if ('words' in matcher || isGreedy(matcher)) return []
    const found = said.find((other) => other.file !== file && matcher.test(other.words) !== null)
    return found === undefined ? [] : [complain(file, [...triggerPath(file, index), 'pattern'], `trigger có mẫu "${matcher.pattern}" khớp cả lời "${found.words}" mở kịch bản trong ${found.file.flow.file}`, 'viết mẫu chặt hơn, hoặc bỏ lời ấy ở kịch bản kia: mỗi lời chỉ mở một kịch bản')]
  }))
}

/** What a pattern without signs of its own stands for. */
const plainWords = (pattern: string): string[] => /^\^?([\p{L}\p{N}, ]+)\$?$/u.exec(pattern)?.slice(1, 2) ?? []
