import type { Problem } from '../core/problem.ts'
import type { TextFile } from './files.ts'

/** Marks a line that speaks of the past on purpose. In YAML it stands in a comment. */
const history = '<!-- lịch sử -->'

/** Words by which a line says itself that it speaks of the past. */
const past = /không còn|đã bỏ|bãi bỏ|bỏ cấp|trước đây|trước kia|thay cho|đã đóng|đóng giao diện/iu

const districtOffice = String.raw`(?:UBND|[UỦ][ỷy] ban(?: nhân dân)?|Công an|Phòng|Trung tâm|TT VH-TT|Tòa án|Chi cục|Bộ phận)[^.;,\n]{0,40}`

/** What was abolished in 2025 or before and must not be told as today's. */
const abolished: { words: RegExp; todo: string }[] = [
  {
    words: new RegExp(String.raw`(?<!\p{L})(?:(?:${districtOffice}|cấp )(?<!\p{L})(?:quận\/)?huyện|${districtOffice}(?<!\p{L})(?:quận|thị xã|thị trấn)|(?:lên|ra) huyện)(?!\p{L})`, 'iu'),
    todo: 'từ 01/7/2025 không còn cấp huyện: ghi xã, phường, đặc khu hoặc tỉnh',
  },
  { words: /(?<!\p{L})(?:Sở|Bộ) (?:Thông tin và Truyền thông|TT\s?&\s?TT|TTTT)(?!\p{L})|(?<![\p{L}-])mic\.gov\.vn/iu, todo: 'từ 3/2025 là Sở (Bộ) Khoa học và Công nghệ' },
  {
    words: /(?<!\p{L})(?:Sở|Bộ|Phòng) (?:Lao động(?:,| ?[-–])? ?Thương binh(?:,| và)? ?(?:[-–] ?)?Xã hội|LĐ ?-? ?TB ?(?:&|và)? ?XH)(?!\p{L})/iu,
    todo: 'từ 3/2025 không còn: người có công, việc làm hỏi Sở (Bộ) Nội vụ; trẻ em, bảo trợ xã hội hỏi Sở (Bộ) Y tế',
  },
  { words: /(?<!\p{L})(?:Sở|Bộ|Phòng) (?:Tài nguyên (?:và|&) Môi trường|TN ?& ?MT|TNMT)(?!\p{L})/iu, todo: 'từ 3/2025 là Sở (Bộ) Nông nghiệp và Môi trường' },
  { words: /(?<!\p{L})Cục An toàn thông tin(?!\p{L})/iu, todo: 'từ 3/2025 việc này thuộc Bộ Công an (Cục An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao)' },
  { words: /(?<!\d)63 (?:tỉnh|địa phương)/iu, todo: 'từ 01/7/2025 cả nước có 34 tỉnh, thành phố' },
  { words: /(?:mức|cấp) độ (?:cung cấp )?(?:3|4|ba|bốn)(?![\p{L}\d]| rủi ro)/iu, todo: 'nay gọi là dịch vụ công toàn trình hoặc một phần' },
  {
    words: /(?<![\p{L}.-])(?:dichvucong|dvc|motcua)\.[a-z-]+\.gov\.vn|cổng dịch vụ công (?:trực tuyến )?(?:(?:của|cấp) )?(?:tỉnh|thành phố)(?!\p{L})/iu,
    todo: 'từ 01/7/2025 cổng riêng của tỉnh đã đóng: chỉ còn Cổng Dịch vụ công quốc gia, dichvucong.gov.vn',
  },
]

/**
 * Lines that still use abolished names. A line may keep them with `<!-- lịch sử -->`, or by saying that they are gone.
 * What citizens say (`questions`, `match`, `triggers`) and what old papers are called (`sources`) may be old.
 */
export function oldWords({ file, text }: TextFile): Problem[] {
  return ownWords(text.normalize('NFC')).split('\n').flatMap((line, index) => {
    if (line.includes(history) || past.test(line)) return []
    return abolished.flatMap(({ words, todo }): Problem[] => {
      const found = words.exec(line)
      return found === null ? [] : [{
        file, line: index + 1, column: found.index + 1, severity: 'error',
        what: `tên gọi cũ "${found[0]}"`, todo: `${todo}; nếu cố ý nói chuyện trước đây thì thêm ${history} vào cuối dòng`,
      }]
    })
  })
}

/** The text with quoted words blanked out, every other letter where it was. */
function ownWords(text: string): string {
  return text
    .replace(/^(?:questions|sources):.*\n(?:(?:[ \t]+|- ).*\n|[ \t]*\n)*/gmu, blanked)
    .replace(/(?<![\p{L}_])(?:match|triggers): *(?:\[[^\]]*\]|[^\n,}]*)/gu, blanked)
}

const blanked = (quoted: string): string => quoted.replace(/[^\n]/gu, ' ')
