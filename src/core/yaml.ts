import { LineCounter, isAlias, isMap, isPair, isScalar, isSeq, parseDocument, visit, type Document, type Node, type YAMLError } from 'yaml'
import * as z from 'zod'
import { fileStart, nearest, type Position, type Problem } from './problem.ts'
import { faultMessages, hiddenLetter, silentFaults, syntaxFault } from './yaml-faults.ts'

/** YAML that people write, read so that every complaint names its line. */

export type Path = readonly PropertyKey[]

/** Where something stands in the file: the value at `path` (its key where it is no plain text), or the nearest thing above it. `within` finds a piece of that text. */
export type Locate = (path: Path, within?: string) => Position

export interface YamlFile<T> {
  /** Null when the file cannot be used: then there are errors. */
  value: T | null
  problems: Problem[]
  locate: Locate
}

/**
 * Reads one document against a schema. Every plain value is text, whatever it looks like: `0259` keeps its zero,
 * `2026-11-21` stays a day, `true` is the word. Messages of the schema are written `what → what to do`.
 */
export function readYaml<T>(file: string, source: string, schema: z.ZodType<T>): YamlFile<T> {
  const text = source.normalize('NFC')
  const lines = new LineCounter()
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const locate = locator(document, text, position)
  const complain = (at: Position, message: string): Problem => ({ file, ...at, severity: 'error', ...splitMessage(message) })

  const syntax = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])
  if (syntax.length > 0) {
    const written = text.split('\n')
    const problems = worthTelling(syntax).map((error) => {
      const offset = error.message.startsWith('Missing closing') ? openedBefore(document, error.pos[0]) : error.pos[0]
      const { message, ...at } = syntaxFault(error, syntax, written, position(Math.min(offset, Math.max(0, text.trimEnd().length - 1))))
      return complain(at, message)
    })
    return { value: null, problems, locate }
  }

  const raw = plain(document)
  if (raw === undefined) return { value: null, problems: [complain(firstAlias(document, position), faultMessages.alias)], locate }
  const silent = silentFaults(document, text)
  if (silent.length > 0) return { value: null, problems: silent.map(({ offset, message }) => complain(position(offset), message)), locate }
  const checked = schema.safeParse(raw, { error: typeMessage })
  if (checked.success) return { value: checked.data, problems: [], locate }
  const problems = worthMending(checked.error.issues).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key, index) => complain(keyPosition(document, [...issue.path, key], position) ?? locate(issue.path), hiddenLetter(key) ?? issue.message.split('\n')[index] ?? issue.message))
      : [complain(locate(issue.path), slipBehind(document, text, issue) ?? issue.message + meaning(schema, issue))])
  return { value: null, problems, locate }
}

/** A group of keys in which any other key is refused, with the nearest known one suggested. */
export function keys<S extends z.ZodRawShape>(shape: S) {
  const known = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) => issue.code === 'unrecognized_keys' ? issue.keys.map((key) => unknownKey(key, known)).join('\n') : undefined,
  })
}

/** Text with something in it, trimmed. */
export const someText = z.string().trim().min(1, 'chỗ này đang bỏ trống → viết nội dung vào, hoặc bỏ cả khóa đi nếu không cần')

/** The same on one line: what stands on a button, in a list or a heading. */
export const oneLine = someText.regex(/^[^\n]*$/, 'chỗ này có xuống dòng ở giữa → viết cả câu trên một dòng')

/** `YYYY-MM-DD`, a day of the calendar. */
export const dayText = z.string().trim().refine(isDay, 'ngày viết sai dạng, hoặc không có trong lịch → viết năm-tháng-ngày, ví dụ 2026-11-21')

function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day
}

/** What the schema says a missing or misused key is for. */
function meaning(schema: z.core.$ZodType, { code, path }: z.core.$ZodIssue): string {
  const told = code === 'invalid_type' && path.length > 0 ? describedAt(schema, path) : null
  return told === null ? '' : ` (${told.replace(/\.$/, '')})`
}

/** The description of what stands at `path`; null where the schema gives none. */
function describedAt(schema: z.core.$ZodType | undefined, path: Path): string | null {
  if (schema === undefined) return null
  const { def } = (schema as z.core.$ZodTypes)._zod
  const own = path.length === 0 ? z.globalRegistry.get(schema)?.description : undefined
  if (own !== undefined) return own
  const [step, ...rest] = path
  switch (def.type) {
    case 'optional': return describedAt(def.innerType, path)
    case 'pipe': return describedAt(def.in, path) ?? describedAt(def.out, path)
    case 'union': return def.options.map((option) => describedAt(option, path)).find((told) => told !== null) ?? null
    case 'object': return step === undefined ? null : describedAt(def.shape[String(step)], rest)
    case 'array': return step === undefined ? null : describedAt(def.element, rest)
    case 'record': return step === undefined ? null : describedAt(def.valueType, rest)
    default: return null
  }
}

function unknownKey(key: string, known: readonly string[]): string {
  if (known.some((one) => key.startsWith(`${one}:`))) return faultMessages.keySpace
  const meant = nearest(key, known)
  const all = known.length <= 12 ? `dùng được: ${known.join(', ')}` : ''
  return `không có khóa "${key}" ở đây → ${[meant === null ? '' : `có phải "${meant}"?`, all].filter((part) => part !== '').join(' ') || 'bỏ dòng này'}`
}

function splitMessage(message: string): { what: string; todo: string } {
  const at = message.indexOf(' → ')
  return at === -1 ? { what: message, todo: 'xem một tệp cùng loại rồi viết lại chỗ này' } : { what: message.slice(0, at), todo: message.slice(at + 3) }
}

const kinds: Readonly<Record<string, string>> = { string: 'một đoạn chữ', array: 'một danh sách (mỗi dòng một dấu "- ")', object: 'một nhóm khóa: giá trị', record: 'một nhóm khóa: giá trị' }

/** Words for what zod finds by itself. */
const typeMessage: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message
  const name = typeof issue.path?.at(-1) === 'string' ? ` "${String(issue.path.at(-1))}"` : ''
  if (issue.code === 'invalid_type' && issue.input === undefined) return `thiếu khóa${name} → thêm dòng ${name === '' ? 'còn thiếu' : `${name.trim().replaceAll('"', '')}: …`}`
  if (issue.code === 'invalid_type' && (issue.path?.length ?? 0) === 0) return 'tệp trống, hoặc không viết theo dạng khóa: giá trị → chép lại bản trước đó, hoặc xem một tệp cùng loại để viết theo'
  if (issue.code === 'invalid_type') return `giá trị${name} phải là ${kinds[issue.expected] ?? 'dạng khác'} → viết lại như trong một tệp cùng loại`
  return `giá trị${name} không dùng được → viết lại như trong một tệp cùng loại`
}

/** One slip makes the parser complain many times: the first counts, and every doubled key. */
function worthTelling(errors: YAMLError[]): YAMLError[] {
  const first = errors.find(({ code }) => code !== 'DUPLICATE_KEY')
  return errors.filter((error) => error === first || error.code === 'DUPLICATE_KEY')
}

/** Undefined when aliases cannot be resolved or blow up. */
function plain(document: Document): unknown {
  try {
    return document.toJS()
  } catch {
    return undefined
  }
}

/** A quote that is never closed is missed where its line, or the whole file, ends; it is mended where it was opened. */
function openedBefore(document: Document, missed: number): number {
  let at = 0
  visit(document, {
    Scalar: (_, scalar) => {
      if (scalar.type?.startsWith('QUOTE') === true && scalar.range != null && scalar.range[0] < missed) at = scalar.range[0]
    },
  })
  return at
}

function firstAlias(document: Document, position: (offset: number) => Position): Position {
  let at = fileStart
  visit(document, {
    Alias: (_, alias) => {
      if (alias.range != null) at = position(alias.range[0])
      return visit.BREAK
    },
  })
  return at
}

/** A misspelt key also looks like a missing one, and like a group that lacks something: then only the spelling is told. */
function worthMending(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const pathOf = (path: Path): string => path.map(String).join('\0')
  const misspelt = new Map(issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path, message }) => [pathOf(path), message]))
  const isTold = ({ message, path }: z.core.$ZodIssue): boolean => {
    const told = misspelt.get(pathOf(path.slice(0, -1)))
    return told !== undefined && (told.includes(`có phải "${String(path.at(-1))}"`) || told.includes(faultMessages.keySpace)) && message.startsWith('thiếu khóa')
  }
  return issues.filter((issue) => !(issue.code === 'custom' && misspelt.has(pathOf(issue.path))) && !isTold(issue))
}

/** Key and value nodes on the way down `path`, as far as it exists. */
function walk(document: Document, path: Path): { key: Node | null; value: Node | null; complete: boolean } {
  let at: { key: Node | null; value: Node | null } = { key: null, value: document.contents as Node | null }
  for (const step of path) {
    const into = at.value
    const pair = isMap(into) ? into.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step)) : undefined
    const item = isSeq(into) ? (into.items[Number(step)] as Node | undefined) : undefined
    if (pair !== undefined) at = { key: pair.key as Node, value: pair.value as Node | null }
    else if (item !== undefined) at = { key: null, value: item }
    else return { ...at, complete: false }
  }
  return { ...at, complete: true }
}

function locator(document: Document, text: string, position: (offset: number) => Position): Locate {
  return (path, within) => {
    const { key, value } = walk(document, path)
    const shown = (isScalar(value) || isAlias(value)) && value.range && value.range[1] > value.range[0] ? value : (key ?? value)
    if (shown?.range == null) return fileStart
    const inside = within === undefined || value?.range == null ? -1 : text.slice(0, value.range[1]).indexOf(within, value.range[0])
    return position(inside === -1 ? shown.range[0] : inside)
  }
}

function keyPosition(document: Document, path: Path, position: (offset: number) => Position): Position | null {
  const { key, complete } = walk(document, path)
  return complete && key?.range != null ? position(key.range[0]) : null
}

/** The slip in YAML that made a value look like something else; null where the value is simply not what is asked for. */
function slipBehind(document: Document, text: string, { code, path, ...issue }: z.core.$ZodIssue): string | null {
  const { value, complete } = walk(document, path)
  if (!complete || value?.range == null) return null
  const [from] = value.range
  if (isScalar(value) && hiddenLetter(String(value.value)) !== null) return hiddenLetter(String(value.value))
  if (isMap(value)) {
    if (text.startsWith('{{', from)) return faultMessages.braces
    return code === 'invalid_type' && 'expected' in issue && issue.expected === 'string' && value.flow !== true ? faultMessages.quote : null
  }
  return isScalar(value) && value.value === '' && value.type === 'PLAIN' && /^[ \t]*#/.test(text.slice(from)) ? faultMessages.comment : null
}
