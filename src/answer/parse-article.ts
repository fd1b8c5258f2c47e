import * as z from 'zod'
import { fill } from '../core/fill.ts'
import type { Position, Problem } from '../core/problem.ts'
import { dayText, keys, oneLine, readYaml, someText, type Locate } from '../core/yaml.ts'
import type { Article } from './article.ts'

/** An article with the way back to the lines it was read from. */
export interface ArticleFile {
  article: Article
  locate: Locate
  /** Where a piece of the body stands; the body's beginning when it is not found there as it is. */
  locateBody: (piece: string) => Position
}

const sourceDay = z.string().trim().regex(/^\d{4}(-\d{2}){0,2}$/, 'ngày của nguồn viết sai dạng → viết năm-tháng-ngày, ví dụ 2024-07-01 (thiếu ngày thì 2024-07)')
const url = someText.regex(/^\S+$/, 'đường dẫn có khoảng trắng → viết liền một mạch, bắt đầu bằng https://')

/** No machine's translation goes out over a loudspeaker. */
const person = someText.regex(/^(?!.*(?:máy dịch|dịch máy|google|gpt|gemini|translate|trí tuệ nhân tạo))/iu, 'bản dịch của máy không được dùng → ghi tên người dịch, người kiểm tra')
const id = z.string().trim().regex(/^[a-z0-9-]{1,48}$/, 'mã mục viết sai → dùng 1–48 chữ thường không dấu, số, dấu gạch ngang')

/** What stands above an article. */
export const frontMatter = keys({
  id: id.describe('Mã mục, trùng tên tệp; in trên giấy nên không bao giờ đổi.'),
  title: oneLine.describe('Tên mục, tối đa 100 ký tự; 20 ký tự đầu đứng trên nút.'),
  questions: z.array(oneLine).min(1, 'chưa có câu hỏi nào → viết ít nhất sáu cách người dân hay hỏi').describe('Ít nhất sáu cách người dân hay hỏi: trang trọng, đời thường, tiếng địa phương.'),
  reviewed: dayText.describe('Ngày rà soát: năm-tháng-ngày.'),
  review_by: dayText.describe('Hạn rà soát lại: sau 90 ngày với dịch vụ, thanh toán, an toàn; 180 ngày với khái niệm.'),
  owner: oneLine.describe('Ai chịu trách nhiệm rà soát.'),
  sources: z.array(keys({ title: oneLine, number: oneLine.optional(), date: sourceDay, url: url.optional() })).min(1, 'chưa có nguồn nào → thêm ít nhất một nguồn: title, number, date, url')
    .describe('Nguồn: văn bản hoặc bài báo, có ngày; số văn bản và đường dẫn nếu có.'),
  actions: z.array(keys({ title: oneLine, url })).optional().describe('Nút mở trang chính thức.'),
  related: z.array(someText).optional().describe('Mã các mục liên quan.'),
  assets: z.array(someText).optional().describe('Mã các tệp đi kèm trong assets/assets.yaml.'),
  audio: z.array(keys({ language: someText, asset: someText, translated_by: person, checked_by: person })).optional().describe('Bản ghi âm bằng tiếng dân tộc, do người dịch và người kiểm tra.'),
  withdrawn: dayText.optional().describe('Ngày rút mục: không trả lời nữa, trang vẫn còn và nói rõ.'),
  replaced_by: id.optional().describe('Mã mục trả lời thay cho mục đã rút.'),
}).describe('Phần khai báo của một mục hỏi–đáp.')

/**
 * Reads one article: front matter between two `---` lines, then the short answer, a blank line, and the rest. Comments
 * `<!-- … -->` are dropped, and the section `## Đọc loa` is no part of the answer. Null with errors when it cannot be used.
 */
export function parseArticle(file: string, source: string, province: Readonly<Record<string, string>>): { read: ArticleFile | null; problems: Problem[] } {
  const parts = split(source.normalize('NFC').replaceAll('\r\n', '\n'))
  if (parts === null) return { read: null, problems: [unmarked(file, source.normalize('NFC').split(/\r?\n/))] }
  const { value, problems, locate } = readYaml(file, parts.frontMatter, frontMatter)
  if (value === null) return { read: null, problems }
  if (value.review_by < value.reviewed) {
    return refuse(file, locate(['review_by']), `hạn rà soát ${value.review_by} sớm hơn ngày rà soát ${value.reviewed}`, 'sửa review_by thành ngày sau reviewed')
  }
  if (value.replaced_by !== undefined && value.withdrawn === undefined) {
    return refuse(file, locate(['replaced_by']), 'có replaced_by mà không có withdrawn', 'thêm ngày rút mục: withdrawn: 2026-11-21, hoặc bỏ replaced_by')
  }
  const filled = (text: string): string => fillProvince(text, province)
  const { answer, loudspeaker } = sections(parts.body)
  const [short = '', ...details] = paragraphs(answer)
  if (short === '') return refuse(file, parts.bodyAt, 'chưa có câu trả lời', 'viết đoạn trả lời ngắn ngay dưới dòng --- thứ hai')
  const article: Article = {
    id: value.id,
    title: value.title,
    questions: value.questions,
    reviewed: value.reviewed,
    reviewBy: value.review_by,
    owner: value.owner,
    sources: value.sources.map(({ title, number, date, url }) => ({ title, number: number ?? null, date, url: url === undefined ? null : filled(url) })),
    actions: (value.actions ?? []).map(({ title, url }) => ({ title: filled(title), url: filled(url) })),
    related: value.related ?? [],
    short: filled(short),
    details: filled(details.join('\n\n')),
    loudspeaker: filled(paragraphs(loudspeaker).join('\n\n')),
    audio: (value.audio ?? []).map(({ language, asset, translated_by, checked_by }) => ({ language, asset, translatedBy: translated_by, checkedBy: checked_by })),
    assets: value.assets ?? [],
    withdrawn: value.withdrawn === undefined ? null : { on: value.withdrawn, replacedBy: value.replaced_by ?? null },
    file,
  }
  return { read: { article, locate, locateBody: (piece) => locateBody(parts, piece) }, problems: [] }
}

const refuse = (file: string, at: Position, what: string, todo: string): { read: null; problems: Problem[] } =>
  ({ read: null, problems: [{ file, ...at, severity: 'error', what, todo }] })

/** Where one of the two `---` lines should be: told at the line that was meant to be it, else where the declaration seems to end. */
function unmarked(file: string, lines: readonly string[]): Problem {
  const meant = /^\s*[-–—_*=]{1,6}\s*$/u
  const first = lines.findIndex((line) => line.trim() !== '')
  if (!/^---[ \t]*$/.test(lines[0] ?? '')) {
    const at = first > 0 && meant.test(lines[first]!) ? ' (trên nó không được có dòng trống)' : ''
    return { file, line: Math.max(1, first + 1), column: 1, severity: 'error', what: `không thấy phần khai báo đầu tệp: dòng đầu tiên phải là ba dấu gạch ---${at}`, todo: 'viết dòng đầu đúng ba dấu gạch ---, không có gì trước và sau' }
  }
  const like = lines.findIndex((line, index) => index > 0 && meant.test(line))
  const end = like !== -1 ? like : lines.findIndex((line, index) => index > 0 && !/^(?:\s|-|#|[\w-]+:)/u.test(line))
  return { file, line: end === -1 ? 1 : end + 1, column: 1, severity: 'error', what: 'không thấy dòng --- khép phần khai báo', todo: like === -1 ? 'thêm một dòng ba dấu gạch --- ngay trên câu trả lời' : 'viết dòng này đúng ba dấu gạch ---, không thụt vào' }
}

const fillProvince = (text: string, province: Readonly<Record<string, string>>): string =>
  fill(text, (name) => {
    const key = name.startsWith('province.') ? name.slice('province.'.length) : ''
    return Object.hasOwn(province, key) ? province[key]! : null
  })

interface Parts { frontMatter: string; body: string; bodyLine: number; bodyAt: Position }

function locateBody({ body, bodyLine, bodyAt }: Parts, piece: string): Position {
  const at = piece === '' ? -1 : body.indexOf(piece)
  if (at === -1) return bodyAt
  const before = body.slice(0, at).split('\n')
  return { line: bodyLine + before.length - 1, column: before.at(-1)!.length + 1 }
}

/** The front matter keeps its line numbers: its first line stands for the `---`. */
function split(text: string): Parts | null {
  const found = /^---[ \t]*\n([\s\S]*?\n)---[ \t]*(?:\n|$)/.exec(text)
  if (found === null) return null
  const body = text.slice(found[0].length)
  const bodyLine = found[0].split('\n').length
  const blankLines = (/^\s*\n/.exec(body)?.[0].split('\n').length ?? 1) - 1
  return { frontMatter: `\n${found[1]!}`, body, bodyLine, bodyAt: { line: bodyLine + blankLines, column: 1 } }
}

/** What is said in chat, and what is read out. */
function sections(body: string): { answer: string; loudspeaker: string } {
  const written = body.replace(/<!--[\s\S]*?-->/g, '')
  const section = /^## +Đọc loa\b[^\n]*\n?([\s\S]*?)(?=^## |$(?![\s\S]))/gimu
  return { answer: written.replace(section, ''), loudspeaker: [...written.matchAll(section)].map(([, text]) => text).join('\n\n') }
}

function paragraphs(text: string): string[] {
  return text
    .split('\n').map((line) => line.trimEnd()).join('\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
}
