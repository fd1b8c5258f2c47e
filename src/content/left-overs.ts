import type { Problem } from '../core/problem.ts'
import type { ShownText } from './shown-text.ts'

/** How other programs mark a place to fill in, and how people mark what they will write later. */
const marks: readonly RegExp[] = [
  /\[{1,2}[^[\]\n]{1,60}\]{1,2}(?!\()/gu,
  /(?<![\p{L}\p{N}])%[\p{L}_][\p{L}\p{N}_. ]{0,40}%(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])%[sd](?![\p{L}\p{N}])/gu,
  /[｛｝]{1,2}[^｛｝\n]{0,60}[｛｝]{0,2}/gu,
  /\$?\{[^{}\n]{0,60}\}?|\}/gu,
  /<(?!\/?(?:a|b|i|u|s|p|br|hr|em|ul|ol|li|div|span|strong|table|tr|td|th|img|h[1-6]|font|center|small|big|mark|code|pre)(?:[\s/>]))(?!https?:)\p{L}[^<>\n]{0,60}>/giu,
  /\.{5,}|…{2,}|_{4,}/gu,
  /(?<![\p{L}\p{N}])(?:TODO|TBD|FIXME|lorem ipsum|x{3,}|x{2,}(?:[/.-]x{2,})+|\?{3,})(?![\p{L}\p{N}])/giu,
]

/** A note to colleagues that runs on: nobody closed it, or a word processor made one dash of two. */
const openNote = /<!(?=[-–—])(?![^]*?-->)/u

/** Places nobody filled in, other than our own `{{…}}`, in what citizens read. */
export const leftOvers = (texts: readonly ShownText[]): Problem[] => texts.flatMap(({ file, text: shown, locate }) => {
  const [text = '', note] = shown.split(openNote)
  const others = text.replace(/\{\{[^{}\n]*\}\}/g, ' ')
  const open: Problem[] = note === undefined ? [] : [{
    file, ...locate('<!'), severity: 'error', what: 'ghi chú mở bằng <!-- mà không đóng, bà con sẽ thấy cả ghi chú', todo: 'thêm --> vào cuối ghi chú, bằng hai dấu gạch ngắn; hoặc xóa ghi chú',
  }]
  return [...open, ...[...new Set(marks.flatMap((mark) => others.match(mark) ?? []).map((raw) => raw.trim()))].map((raw): Problem => ({
    file, ...locate(raw), severity: 'error', what: `"${raw}" trông như chỗ chưa điền, bà con sẽ thấy nguyên như vậy`, todo: 'điền nội dung thật vào; muốn máy tự điền thông tin của tỉnh thì viết dạng {{province.hotline}}',
  }))]
})
