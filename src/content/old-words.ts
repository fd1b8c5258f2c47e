import type { Problem } from '../core/problem.ts'
import type { TextFile } from './files.ts'

/** Marks a line that speaks of the past on purpose. In YAML it stands in a comment. */
const history = '<!-- lịch sử -->'

/** Words right before a name by which the line says itself that it is gone. */
const goneBefore = /(?:không còn|bỏ|đóng|thay cho|thay thế|trước đây là|trước kia là|tên cũ là)(?: (?:của|các|những|tên|tên gọi|cách gọi))*[ “"(]*$/iu
/** The same right after it. */
const goneAfter = /^[^.;!?\n]{0,40}?(?:không còn|không dùng|không dùng nữa|đã bỏ|đã đóng|đóng giao diện|bãi bỏ|trước đây|trước kia)/iu
/** Anywhere before it in the same sentence: the whole of it is about the past. */
const longAgo = /(?:trước đây|trước kia)[^.;!?\n]*$/iu

const districtOffice = String.raw`(?:UBND|[UỦ][ỷy] ban(?: nhân dân)?|Công an|Phòng|Trung tâm|TT VH-TT|Tòa án|Viện kiểm sát|Chi cục|Bộ phận|Bảo hiểm xã hội|BHXH|Kho bạc|Đài|Mặt trận|Hội|Đoàn)[^.;,\n]{0,40}`
const state = (names: string): RegExp => new RegExp(String.raw`(?<!\p{L})(?:Sở|Bộ|Phòng) (?:${names})(?!\p{L})`, 'iu')

/** What was abolished in 2025 or before and must not be told as today's. */
const abolished: { words: RegExp; todo: string }[] = [
  {
    words: new RegExp(String.raw`(?<!\p{L})(?:(?:${districtOffice}|cấp )(?<!\p{L})(?:quận\/)?huyện|${districtOffice}(?<!\p{L})(?:quận|thị xã|thị trấn)|(?:lên|ra) huyện|(?:huyện|quận|thị) [uủ][ỷy]|(?:xã|phường)(?:,| và| hoặc| hay|\/) ?thị trấn)(?!\p{L})`, 'iu'),
    todo: 'từ 01/7/2025 không còn cấp huyện: ghi xã, phường, đặc khu hoặc tỉnh',
  },
  { words: new RegExp(String.raw`${state(String.raw`Thông tin (?:và|&) Truyền thông|TT ?(?:&|và|-)? ?TT`).source}|(?<![\p{L}-])mic\.gov\.vn|(?<![\p{L}-])ais\.gov\.vn`, 'iu'), todo: 'từ 3/2025 là Sở (Bộ) Khoa học và Công nghệ' },
  {
    words: state(String.raw`Lao động(?:,? ?[-–]? ?Thương binh(?:,| và)? ?(?:[-–] ?)?Xã hội)?|LĐ ?-? ?TB ?(?:&|và)? ?XH`),
    todo: 'từ 3/2025 không còn: người có công, việc làm hỏi Sở (Bộ) Nội vụ; trẻ em, bảo trợ xã hội hỏi Sở (Bộ) Y tế',
  },
  { words: state(String.raw`Tài nguyên (?:và|&) Môi trường|TN ?(?:&|và)? ?MT|Nông nghiệp (?:và|&) Phát triển nông thôn|NN ?(?:&|và)? ?PTNT`), todo: 'từ 3/2025 là Sở (Bộ) Nông nghiệp và Môi trường' },
  { words: state(String.raw`Kế hoạch (?:và|&) Đầu tư|KH ?(?:&|và)? ?ĐT`), todo: 'từ 3/2025 là Sở (Bộ) Tài chính' },
  { words: state('Giao thông [Vv]ận tải|GTVT'), todo: 'từ 3/2025 là Sở (Bộ) Xây dựng; giấy phép lái xe thì hỏi công an' },
  { words: /(?<!\p{L})(?:Tổng cục Thuế|Cục Thuế (?:tỉnh|thành phố)|Chi cục Thuế)(?!\p{L})/iu, todo: 'nay là Cục Thuế (Bộ Tài chính), Thuế tỉnh và Thuế cơ sở' },
  { words: /(?<!\p{L})Cục (?:An toàn thông tin|ATTT)(?!\p{L})/iu, todo: 'từ 3/2025 việc này thuộc Bộ Công an (Cục An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao)' },
  { words: /(?<!\d)63 (?:tỉnh|địa phương)/iu, todo: 'từ 01/7/2025 cả nước có 34 tỉnh, thành phố' },
  { words: /(?:(?:mức|cấp) độ (?:cung cấp )?|dịch vụ công(?: trực tuyến)? mức )(?:3|4|ba|bốn)(?![\p{L}\d]| rủi ro)/iu, todo: 'nay gọi là dịch vụ công toàn trình hoặc một phần' },
  {
    words: /(?<![\p{L}.-])(?:dichvucong|dvc|motcua)\.[a-z-]+\.gov\.vn|cổng dịch vụ công (?:trực tuyến )?(?:(?:của|cấp) )?(?:tỉnh|thành phố)(?!\p{L})/iu,
    todo: 'từ 01/7/2025 cổng riêng của tỉnh đã đóng: chỉ còn Cổng Dịch vụ công quốc gia, dichvucong.gov.vn',
  },
]

/**
 * Lines that still use abolished names. A line may keep them with `<!-- lịch sử -->`, or by saying right there that they are gone.
 * What citizens say (`questions`, `match`, `triggers`) and what old papers are called (`sources`) may be old.
 */
export function oldWords({ file, text }: TextFile): Problem[] {
  return ownWords(text.normalize('NFC')).split('\n').flatMap((line, index) => {
    if (line.includes(history)) return []
    return abolishedIn(line).map(({ name, at, todo }): Problem => ({
      file, line: index + 1, column: at + 1, severity: 'error',
      what: `tên gọi cũ "${name}"`, todo: `${todo}; nếu cố ý nói chuyện trước đây thì thêm ${history} vào cuối dòng`,
    }))
  })
}

/** The abolished names that a line tells as today's, one for each rule. */
export function abolishedIn(line: string): { name: string; at: number; todo: string }[] {
  return abolished.flatMap(({ words, todo }) => {
    const found = [...line.matchAll(new RegExp(words, 'giu'))].find(({ 0: name, index }) => !isPast(line.slice(0, index), line.slice(index + name.length)))
    return found === undefined ? [] : [{ name: found[0], at: found.index, todo }]
  })
}

const isPast = (before: string, after: string): boolean => goneBefore.test(before) || longAgo.test(before) || goneAfter.test(after)

/** The text with quoted words blanked out, every other letter where it was. */
function ownWords(text: string): string {
  return text
    .replace(/^(?:questions|sources):.*\n(?:(?:[ \t]+|- ).*\n|[ \t]*\n)*/gmu, blanked)
    .replace(/(?<![\p{L}_])(?:match|triggers): *(?:\[[^\]]*\]|[^\n,}]*)/gu, blanked)
}

const blanked = (quoted: string): string => quoted.replace(/[^\n]/gu, ' ')
