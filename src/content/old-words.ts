import type { Problem } from '../core/problem.ts'
import type { TextFile } from './files.ts'

/** Marks a line that speaks of the past on purpose. In YAML it stands in a comment. */
const history = '<!-- lịch sử -->'

/** What was abolished in 2025 or before and must not be told as today's. */
const abolished: { words: RegExp; todo: string }[] = [
  { words: /(?<!\p{L})(?:(?:UBND|Ủy ban nhân dân|Công an|Phòng|Trung tâm|Tòa án|Chi cục|Bộ phận)[^.;,\n]{0,40}|cấp )(?<!\p{L})(?:quận\/)?huyện(?!\p{L})/iu, todo: 'từ 01/7/2025 không còn cấp huyện: ghi xã, phường, đặc khu hoặc tỉnh' },
  { words: /(?<!\p{L})(?:Sở|Bộ) (?:Thông tin và Truyền thông|TT\s?&\s?TT|TTTT)(?!\p{L})/iu, todo: 'từ 3/2025 là Sở (Bộ) Khoa học và Công nghệ' },
  { words: /(?<!\d)63 (?:tỉnh|địa phương)/iu, todo: 'từ 01/7/2025 cả nước có 34 tỉnh, thành phố' },
  { words: /mức độ (?:cung cấp )?(?:3|4|ba|bốn)(?!\p{L})/iu, todo: 'nay gọi là dịch vụ công toàn trình hoặc một phần' },
]

/** Lines that still use abolished names. A line may keep them with `<!-- lịch sử -->`, or by saying that they are gone. */
export function oldWords({ file, text }: TextFile): Problem[] {
  return text.normalize('NFC').split('\n').flatMap((line, index) => {
    if (line.includes(history) || /không còn|đã bỏ|bãi bỏ|bỏ cấp|trước đây|trước kia|thay cho/iu.test(line)) return []
    return abolished.flatMap(({ words, todo }): Problem[] => {
      const found = words.exec(line)
      return found === null ? [] : [{
        file, line: index + 1, column: found.index + 1, severity: 'warning',
        what: `tên gọi cũ "${found[0]}"`, todo: `${todo}; nếu cố ý nói chuyện trước đây thì thêm ${history} vào cuối dòng`,
      }]
    })
  })
}
