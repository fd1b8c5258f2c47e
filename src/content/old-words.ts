import type { Problem } from '../core/problem.ts'
import { fold } from '../core/text.ts'
import type { TextFile } from './files.ts'

/** Marks the sentence before it as one that speaks of the past on purpose. In YAML it stands in a comment behind the line, and marks its last sentence. */
const history = '<!-- lịch sử -->'

/** A day before there were no districts any more; "trước 30/12/2026" is a term. */
const oldDay = String.raw`(?:ngày |tháng |năm )?(?:(?:0?1[/.-])?0?[1-7][/.-]2025|(?:\d{1,2}[/.-]){0,2}(?:19\d\d|20[01]\d|202[0-4])(?![/\d])|0?1 tháng 0?7(?! năm 202[6-9])|(?<=năm )2025)`
/** Words right before a name by which the line says itself that it is gone. */
const goneBefore = new RegExp(String.raw`(?:(?:không còn|bỏ|đóng|thay cho|thay thế|trước đây là|trước kia là|tên cũ là)(?: (?:của|các|những|tên|tên gọi|cách gọi))*|(?<!\p{L})ngày ${oldDay} của)[ “"(]*$`, 'iu')
/** The same right after it. What somebody no longer does is not gone: "UBND huyện không còn nhận hồ sơ" speaks of an office that is there. */
const goneAfter = new RegExp([
  String.raw`^[^.;!?\n]{0,40}?(?:không còn(?= *(?:[.,;:!?”")]|$)| (?:nữa|dùng|áp dụng|hiệu lực|giá trị|hoạt động|tồn tại|tên)(?!\p{L}))|không dùng|đã bỏ|đã đóng|đóng giao diện|bãi bỏ`,
  String.raw`(?<!(?:như|giống|theo) )trước (?:đây|kia|${oldDay})`,
  String.raw`(?<!\p{L})(?:nay|giờ|bây giờ) (?:là|thuộc|gọi là|thành|do|chuyển)(?!\p{L})`,
  String.raw`(?:giải thể|sáp nhập|hợp nhất|đã (?:được )?nhập|chuyển thành|đổi (?:tên )?thành)(?!\p{L})`,
  String.raw`(?:cấp|ký|lập) vẫn (?:còn |có |được )?(?:dùng|giá trị|hiệu lực)`,
  String.raw`(?<!\p{L})thành (?:Sở|Bộ|Cục|Thuế) |(?:còn|thành)(?: lại)? 34 (?:tỉnh|địa phương))`,
  String.raw`^(?-i: \p{Lu}\p{L}*){0,4}[”"]? ?\(?cũ(?!\p{L})`,
].join('|'), 'iu')
/** Before it in the same sentence, as long as the sentence has not come back to today. */
const longAgo = new RegExp(String.raw`(?:trước đây|trước kia|ngày trước|ngày xưa|hồi còn|thời còn|trước khi (?:sáp nhập|sắp xếp|hợp nhất|bỏ cấp huyện)|trước ${oldDay})(?:(?!(?<!\p{L})(?:nay|giờ|hiện|bây giờ|từ nay)(?!\p{L}))(?:[^.;!?\n]|\.(?=\S)))*$`, 'iu')

const districtOffice = String.raw`(?:UBND|[UỦ][ỷy] ban(?: nhân dân)?|Công an|Phòng|Trung tâm|TT VH-TT|Tòa án|Viện kiểm sát|Chi cục|Bộ phận|Bảo hiểm xã hội|BHXH|Kho bạc|Đài|Mặt trận|Hội|Đoàn)[^.;,\n]{0,40}`
const state = (names: string): RegExp => new RegExp(String.raw`(?<!\p{L})(?:Sở|Bộ|Phòng) (?:${names})(?!\p{L})`, 'iu')

/** What was abolished in 2025 or before and must not be told as today's. */
const rules: readonly { words: RegExp; todo: string }[] = [
  {
    words: new RegExp(String.raw`(?<![\p{L}/-])(?:(?:${districtOffice}|cấp )(?<!\p{L})(?:quận\/)?huyện|${districtOffice}(?<!\p{L})(?:quận|thị xã|thị trấn)|(?:lên|ra) huyện|(?:huyện|quận|thị) [uủ][ỷy]|(?:huyện|quận) đoàn|(?:xã|phường)(?:,| và| hoặc| hay|\/) ?thị trấn)(?!\p{L})`, 'iu'),
    todo: 'từ 01/7/2025 không còn cấp huyện: ghi xã, phường, đặc khu hoặc tỉnh',
  },
  { words: new RegExp(String.raw`${state(String.raw`Thông tin ?(?:và|&|[-–]) ?Truyền thông|TT ?(?:&|và|-)? ?TT|4 ?T`).source}|(?<![\p{L}-])mic\.gov\.vn|(?<![\p{L}-])ais\.gov\.vn`, 'iu'), todo: 'từ 3/2025 là Sở (Bộ) Khoa học và Công nghệ' },
  {
    words: state(String.raw`Lao động(?:,? ?[-–]? ?Thương binh(?:,| và)? ?(?:[-–] ?)?Xã hội)?|LĐ ?-? ?TB ?(?:&|và)? ?XH`),
    todo: 'từ 3/2025 không còn: người có công, việc làm hỏi Sở (Bộ) Nội vụ; trẻ em, bảo trợ xã hội hỏi Sở (Bộ) Y tế',
  },
  {
    words: /(?<!\p{L})Phòng (?:Văn hóa ?(?:và|&|[-–]) ?Thông tin|VH ?(?:&|và|-)? ?TT|Giáo dục ?(?:và|&|[-–]) ?Đào tạo|GD ?(?:&|và|-)? ?ĐT)(?!\p{L})/iu,
    todo: 'từ 01/7/2025 không còn phòng của huyện: ở xã, phường là Phòng Văn hóa – Xã hội',
  },
  {
    words: /(?<!\p{L})(?:UBND|[UỦ][ỷy] ban nhân dân) (?:thành phố|TP\.?) (?!Hà Nội|Hồ Chí Minh|HCM|Hải Phòng|Đà Nẵng|Cần Thơ|Huế)(?-i:\p{Lu})\p{L}*/iu,
    todo: 'từ 01/7/2025 không còn thành phố thuộc tỉnh: ghi xã, phường hoặc tỉnh',
  },
  { words: state(String.raw`Tài nguyên (?:và|&) Môi trường|TN ?(?:&|và)? ?MT|Nông nghiệp (?:và|&) Phát triển nông thôn|NN ?(?:&|và)? ?PTNT`), todo: 'từ 3/2025 là Sở (Bộ) Nông nghiệp và Môi trường' },
  { words: state(String.raw`Kế hoạch (?:và|&) Đầu tư|KH ?(?:&|và)? ?ĐT`), todo: 'từ 3/2025 là Sở (Bộ) Tài chính' },
  { words: state('Giao thông [Vv]ận tải|GTVT'), todo: 'từ 3/2025 là Sở (Bộ) Xây dựng; giấy phép lái xe thì hỏi công an' },
  { words: /(?<!\p{L})(?:Tổng cục Thuế|Cục Thuế (?:tỉnh|thành phố)|Chi cục Thuế)(?!\p{L})/iu, todo: 'nay là Cục Thuế (Bộ Tài chính), Thuế tỉnh và Thuế cơ sở' },
  { words: /(?<!\p{L})Cục (?:An toàn thông tin|ATTT)(?!\p{L})/iu, todo: 'từ 3/2025 việc này thuộc Bộ Công an (Cục An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao)' },
  { words: /(?<![\d\p{L}])(?:63(?:\/63)?|sáu (?:mươi |chục )?ba)(?: \(63\))?(?: tỉnh| địa phương)/iu, todo: 'từ 01/7/2025 cả nước có 34 tỉnh, thành phố' },
  { words: /(?:(?:mức|cấp) độ (?:cung cấp )?|dịch vụ công(?: trực tuyến)? mức )(?:3|4|ba|bốn)(?![\p{L}\d]| rủi ro)/iu, todo: 'nay gọi là dịch vụ công toàn trình hoặc một phần' },
  {
    words: /(?<![\p{L}.-])(?:dichvucong|dvc|motcua)\.[a-z-]+\.gov\.vn|cổng dịch vụ công (?:trực tuyến )?(?:(?:của|cấp) )?(?:tỉnh|thành phố)(?!\p{L})/iu,
    todo: 'từ 01/7/2025 cổng riêng của tỉnh đã đóng: chỉ còn Cổng Dịch vụ công quốc gia, dichvucong.gov.vn',
  },
]

/** The expression for names that are written without marks too: every letter with marks also fits the bare one. */
const bareToo = ({ source }: RegExp): RegExp => {
  let inClass = false
  return new RegExp([...source.normalize('NFC')].map((letter) => {
    if (letter === '[') inClass = true
    if (letter === ']') inClass = false
    const bare = fold(letter)
    return bare === letter.toLowerCase() ? letter : inClass ? letter + bare : `[${letter}${bare}]`
  }).join(''), 'giu')
}

const abolished = rules.map(({ words, todo }) => ({ words: bareToo(words), todo }))

/**
 * Lines that still use abolished names. A sentence may keep them with `<!-- lịch sử -->` behind it, or by saying itself that
 * they are gone. What citizens say (`questions`, `match`, `triggers`) and what old papers are called (`sources`) may be old.
 */
export function oldWords({ file, text }: TextFile): Problem[] {
  return ownWords(text.normalize('NFC').replaceAll('\u00a0', ' ')).split('\n').flatMap((line, index) => {
    return abolishedIn(withoutHistory(line)).map(({ name, at, todo }): Problem => ({
      file, line: index + 1, column: at + 1, severity: 'error',
      what: `tên gọi cũ "${name}"`, todo: `${todo}; nếu cố ý nói chuyện trước đây thì thêm ${history} ngay sau câu ấy`,
    }))
  })
}

/** The abolished names that a line tells as today's, one for each rule. */
export function abolishedIn(line: string): { name: string; at: number; todo: string }[] {
  return abolished.flatMap(({ words, todo }) => {
    const found = [...line.matchAll(words)].find(({ 0: name, index }) => !isOtherWord(name) && !isPast(line.slice(0, index), line.slice(index + name.length)))
    return found === undefined ? [] : [{ name: found[0], at: found.index, todo }]
  })
}

/** "cơ quan" in a text with marks is no "quận". */
const isOtherWord = (name: string): boolean => /(?<!\p{L})quan$/iu.test(name) && fold(name) !== name.toLowerCase()

const isPast = (before: string, after: string): boolean => goneBefore.test(before) || longAgo.test(before) || goneAfter.test(after)

/** Without the sentences that are marked, every other letter where it was. */
function withoutHistory(line: string): string {
  const pieces = line.split(history)
  return pieces.map((piece, index) => (index === pieces.length - 1 ? piece : `${piece.replace(lastSentence, blanked)}${blanked(history)}`)).join('')
}

/** From after the end of the sentence before; its own end, a closing quote and the beginning of a comment belong to it. */
const lastSentence = /(?<=^|[.;!?]["”’)]*\s+)(?:[^.;!?]|[.;!?](?=\S))*[.;!?]?["”’)]*\s*(?:#\s*)?$/u

/** The text with quoted words blanked out, every other letter where it was. */
function ownWords(text: string): string {
  return text
    .replace(/^(?:questions|sources):.*\n(?:(?:[ \t]+|- ).*\n|[ \t]*\n)*/gmu, blanked)
    .replace(/(?<![\p{L}_])(?:match|triggers): *(?:\[[^\]]*\]|[^\n,}]*)/gu, blanked)
}

const blanked = (quoted: string): string => quoted.replace(/[^\n]/gu, ' ')
