import { isScalar, visit, type Document, type YAMLError } from 'yaml'

/** What people do wrong in YAML, told by what they wrote rather than by what the parser missed. */

/** `line` and `column` from 1; `message` is written `what → what to do`. */
export interface SyntaxFault { line: number; column: number; message: string }

export const faultMessages = {
  alias: 'dấu * hoặc & ở đầu giá trị có nghĩa riêng trong YAML → đặt cả câu trong dấu nháy kép "…"',
  braces: 'câu bắt đầu bằng "{{" mà không có dấu nháy → đặt cả câu trong dấu nháy kép "…"',
  quote: 'câu có dấu hai chấm hoặc ký tự đặc biệt mà không có dấu nháy → đặt cả câu trong dấu nháy kép "…"',
  comment: 'chữ đứng sau dấu # bị coi là ghi chú, bà con không thấy → đặt cả câu trong dấu nháy kép "…"',
  blank: 'dấu cách ở chỗ này không phải dấu cách thường (chép từ Word hay trang khác) → xóa hết khoảng trống ấy rồi gõ lại bằng phím dấu cách',
  dash: 'thiếu dấu cách sau dấu gạch đầu dòng → viết dấu gạch, một dấu cách, rồi mới đến chữ',
  indent: 'dòng này thụt vào không thẳng với các dòng cùng nhóm, hoặc thiếu dấu đóng ] } → sửa số dấu cách ở đầu dòng, đóng đủ ngoặc',
  keySpace: 'thiếu dấu cách sau dấu hai chấm → viết khóa, dấu hai chấm, một dấu cách, rồi mới đến chữ, ví dụ title: Tên mục',
  keyColon: 'thiếu dấu hai chấm sau khóa → viết khóa, dấu hai chấm, một dấu cách, rồi mới đến chữ, ví dụ title: Tên mục',
} as const

const byCode: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'khóa này đã có ở trên trong cùng một nhóm → giữ lại một dòng, bỏ dòng kia',
  TAB_AS_INDENT: 'đầu dòng thụt vào bằng phím Tab → thụt vào bằng dấu cách',
  BLOCK_AS_IMPLICIT_KEY: faultMessages.quote,
  BAD_SCALAR_START: faultMessages.quote,
  TAG_RESOLVE_FAILED: 'dấu ! ở đầu giá trị có nghĩa riêng trong YAML → đặt cả câu trong dấu nháy kép "…"',
  BAD_INDENT: faultMessages.indent,
  BAD_DQ_ESCAPE: 'dấu \\ giữa hai dấu nháy kép có nghĩa riêng trong YAML → bỏ dấu \\, hoặc thay hai dấu nháy kép bằng nháy đơn',
  BLOCK_IN_FLOW: 'giữa hai ngoặc { } có một dấu hai chấm thừa, hoặc thiếu dấu phẩy giữa hai khóa → câu có dấu hai chấm thì đặt trong dấu nháy kép "…", giữa hai khóa có dấu phẩy',
  MISSING_CHAR: 'thiếu dấu nháy đóng, hoặc thiếu dấu hai chấm sau khóa → thêm dấu còn thiếu',
}
const other = 'dòng này không đúng cách viết YAML → xem lại dấu cách đầu dòng, dấu hai chấm, dấu phẩy, dấu nháy; câu có ký tự đặc biệt thì đặt trong dấu nháy kép "…"'

/** What to say of `error`, which the parser found at `line` and `column`, among `all` it found. */
export function syntaxFault(error: YAMLError, all: readonly YAMLError[], lines: readonly string[], { line, column }: { line: number; column: number }): SyntaxFault {
  const text = lines[line - 1] ?? ''
  const bullet = bulletOf(text)
  const at = (message: string, to = line): SyntaxFault => ({ line: to, column: to === line ? column : Math.max(1, (lines[to - 1] ?? '').search(/\S/) + 1), message })
  if (/(?::|-|\[|,)\s+\{\{/.test(text)) return at(faultMessages.braces)
  if (error.code === 'MULTIPLE_DOCS') return at('dòng --- hoặc ... chia tệp làm hai, phần sau không được đọc → bỏ dòng ấy', dividing(lines, line))
  if (error.code === 'DUPLICATE_KEY' || error.code === 'TAB_AS_INDENT') return at(byCode[error.code]!)
  if (bullet !== null) return at(bullet)
  if (oddBlank(text) !== null) return { line, column: oddBlank(text)!, message: faultMessages.blank }
  if (/^\s*-[^\s-]/u.test(text)) return at(faultMessages.dash)
  if (/^A block sequence/.test(error.message)) return at(faultMessages.indent)
  // The line after it stands deeper than a value leaves room for.
  if (/^Nested mappings/.test(error.message) && all.some(({ code }) => code === 'MULTILINE_IMPLICIT_KEY')) return at(faultMessages.indent, nextWritten(lines, line))
  if (/^Flow (?:map|sequence)/.test(error.message) && column === 1 + text.search(/\S/)) {
    return at('ngoặc mở ở dòng này chưa đóng → thêm dấu } hoặc ] vào cuối dòng', lastWritten(lines, line))
  }
  if (error.code === 'MULTILINE_IMPLICIT_KEY' || /^Implicit map keys/.test(error.message)) {
    if (/^\s*[\w-]+：/u.test(text)) return at('dấu hai chấm “：” là kiểu chữ rộng, máy không nhận → gõ lại dấu hai chấm thường rồi một dấu cách')
    return at(/^\s*[\w-]+:\S/u.test(text) ? faultMessages.keySpace : faultMessages.keyColon)
  }
  if (/at node end/.test(error.message)) {
    const before = text.slice(0, column - 1)
    if (/["']\s*$/.test(before)) return at('dấu nháy khép lại giữa câu, sau đó còn chữ → đặt cả câu trong dấu nháy kép "…"; lời nhắc lại bên trong dùng “ ”, và đủ cặp nháy')
    if (/(?:-|:|,|\{)\s+[*&][^\s]*\s*$/u.test(before)) return at(faultMessages.alias)
    if (/(?:-|:)\s+(?:\[[^\]]*\]|\{[^}]*\})\s*$/u.test(before)) return at('câu bắt đầu bằng ngoặc [ hoặc { mà không có dấu nháy → đặt cả câu trong dấu nháy kép "…"')
  }
  return at(byCode[error.code] ?? other)
}

/** What a list copied from Word or Excel begins its lines with, or what Word makes of a dash. */
function bulletOf(line: string): string | null {
  const sign = /^\s*([•●○▪◦‣➢✓·–—*+])(?=\s)/u.exec(line)?.[1]
  return sign === undefined ? null : `dấu đầu dòng “${sign}” không phải dấu gạch của danh sách → xóa dấu ấy, gõ dấu gạch ngang - rồi một dấu cách`
}

/** The column of a blank that only looks like one, at the beginning of a line or after its dash or key; null without one. */
function oddBlank(line: string): number | null {
  const before = /^[\s\u200b-\u200f\u2060]*(?:-[\s\u200b-\u200f\u2060]*)?(?:[\w-]+:[\s\u200b-\u200f\u2060]*)?/u.exec(line)![0]
  const at = before.search(/[^\w: \t\r-]/u)
  return at === -1 ? null : at + 1
}

/** What to say of a key, an id or a date that looks right and is not; null where nothing is hidden in it. */
export function hiddenLetter(word: string): string | null {
  if (word.includes('\u00a0')) return faultMessages.blank
  const hidden = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu
  return hidden.test(word) ? `có ký tự không nhìn thấy được trong “${word.replace(hidden, '')}” → xóa cả chữ ấy rồi gõ lại bằng tay (chữ chép từ trang khác hay mang theo ký tự này)` : null
}

const nextWritten = (lines: readonly string[], line: number): number => {
  const after = lines.findIndex((text, index) => index >= line && /^\s*[^\s#]/.test(text))
  return after === -1 ? line : after + 1
}

/** The line that ended the document before the one at `line`. */
const dividing = (lines: readonly string[], line: number): number => {
  const before = lines.findLastIndex((text, index) => index < line && /^(?:---|\.\.\.)(?:\s|$)/.test(text))
  return before === -1 ? line : before + 1
}

const lastWritten = (lines: readonly string[], line: number): number => {
  const before = lines.findLastIndex((text, index) => index < line - 1 && /^\s*[^\s#]/.test(text))
  return before === -1 ? line : before + 1
}

/** What YAML reads without complaint and nobody meant: a line swallowed by the one above it, words taken for a comment. With offsets into `source`. */
export function silentFaults(document: Document, source: string): { offset: number; message: string }[] {
  const found: { offset: number; message: string }[] = []
  visit(document, (_, node) => {
    if (!isScalar(node) || node.type !== 'PLAIN' || node.range == null) return
    const [from, to] = node.range
    const written = source.slice(from, to)
    const swallowed = /\n[ \t]*(?=-\s)/.exec(written)
    const bullet = swallowed === null ? null : bulletOf(written)
    if (bullet !== null) found.push({ offset: from, message: bullet })
    else if (written.startsWith('-') && swallowed !== null) found.push({ offset: from, message: faultMessages.dash })
    else if (swallowed !== null) found.push({ offset: from + swallowed.index + swallowed[0].length, message: 'dòng này thụt vào sâu quá nên bị nối vào dòng trên → cho dấu gạch thẳng với các dấu gạch cùng nhóm' })
    const cut = /^[ \t]+#(?=[^\s#])/u.exec(source.slice(to))
    if (cut !== null && written !== '') found.push({ offset: to + cut[0].length - 1, message: faultMessages.comment })
  })
  return found
}
