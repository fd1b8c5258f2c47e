/** What follows a sum, a count or a distance rather than a number to call. */
const counted = String.raw`(?! (?:đồng|nghìn|ngàn|triệu|tỷ|tin|người|lần|km|mét|hồ sơ|trường hợp|giây|phút|giờ|ngày|tháng|năm|tuổi|thủ tục|tổ|tỉnh|xã|phường|thôn|hộ|trang|câu|bài|bước|điểm|nước|đơn vị|cơ quan|dịch vụ|học sinh|cán bộ|lượt|suất|chiếc|bản)(?!\p{L}))`
const end = String.raw`(?!\d|[./,-]\d|%)`

/** Other numbers of the same list before it: "Khẩn cấp: 113, 114 và 115". */
const listed = String.raw`(?:\d{1,4}\p{L}?(?: ?\([^()\n]{1,40}\))?(?:,| ?[/–-]|,? (?:và|hoặc|hay|đến)) ?)*`

/**
 * Where a bare 110 to 119 is a number to call: at the beginning, behind a sign, or behind words that lead to one. Behind any
 * other word it counts or names something: "đồi 112", "phòng 110, 112", "lỗi 116", "mẫu số 118".
 */
const leads = 'tra|tới|về|qua|ở|là|theo|vào|nhớ|lưu|dùng|các|những|bằng|ngay'
const afterLead = [
  String.raw`(?<=(?:(?:^|\n)[^\p{L}\d\n\t]*(?:\d{1,2}[.)] )?`,
  String.raw`(?<!(?<!\p{L})(?:phòng|số nhà|địa chỉ|tổ|ngõ|lỗi|mã|tổng|tổng số|tổng cộng|số lượng|sĩ số|điểm|tuyến|xe buýt|km|bài|câu|trang|mục|thửa|tờ|lô)):\s+`,
  String.raw`[;!?(“"→•]\s*`,
  String.raw`(?<!\d ?)[–—-] `,
  String.raw`(?<!\p{L})(?:${leads})[:"'“]*\s+`,
  String.raw`(?<!\d\p{L}?,? ?)(?<!\p{L})(?:hoặc|hay|và|đến)\s+)(?:(?:số|máy|đầu số|tổng đài)\s+){0,2}${listed})`,
].join('|')

/** Neither a count ("118 đơn") nor a house ("115 Lê Lợi", "số 118, đường …"). */
const notCounting = String.raw`(?! (?!(?:để|khi|ngay|nếu|hoặc|hay|và|rồi|miễn phí|nhờ|báo|là|thì|của|hỏi|tìm|cứu|gặp|xin|trước|cho)(?!\p{L}))(?-i:\p{Ll})| (?-i:\p{Lu}\p{Ll}+ \p{Lu})|,? (?:đường|phố|ngõ|ngách|hẻm|tổ|khu phố|thôn|ấp)(?!\p{L}))`

/** Full numbers, with the area code in brackets too; 1800 and 1900 numbers; three digits after "công an" and other rescuers, and the state's 110 to 119 where nothing says that they count. */
const anyPhone = new RegExp([
  String.raw`(?<![\d./,-])(?<!\d )(?:\+84|0)(?:[ .-]?\d){8,10}(?![\d/])`,
  String.raw`\((?:\+84 ?)?0?\d{2,3}\) ?\d(?:[ .-]?\d){5,8}(?![\d/])`,
  String.raw`(?<![\d./,-])1[ .-]?[89][ .-]?0[ .-]?0(?:[ .-]?\d){4,6}(?![\d/])`,
  String.raw`(?<=(?:công an|cảnh sát|cấp cứu|cứu hỏa|chữa cháy|cứu nạn)[,:]?\s+(?:số\s+)?)1 ?\d ?\d${end}${counted}`,
  String.raw`(?<![\p{L}\d./,*#–-])(?<!\d )${afterLead}1 ?1 ?\d${end}${notCounting}(?![\p{L}*#]| ?\d)`,
].join('|'), 'giu')

/** Short codes: three or four digits, which are a number to call only after such words. */
const shortCode = new RegExp(String.raw`(?<![\p{L}\d./,*#-])(?:\d{3,4}|\d(?: \d){2,3}(?! ?\d))${end}${counted}(?![\p{L}*#])`, 'gu')
const calls = 'gọi(?: điện)?|nhắn(?: tin)?|hỏi|báo|bấm|tra cứu|tổng đài|đường dây nóng|hotline|phone|điện thoại|đt|sđt|số máy|số khẩn cấp|khẩn cấp|đầu số|quay số|gửi|liên hệ|liên lạc'
/** Between the word and its number: where to, and other numbers of the same list. */
const onTheWay = String.raw`(?:(?:tới|đến|ngay|số|máy|đầu số|tổng đài|về|qua)\s+){0,3}`
const othersOfList = String.raw`(?:["'“]?\d[\d .-]{1,13}\d["'”]?(?: ?\([^()\n]{1,40}\))?(?:,| ?[/–-]|,? (?:hoặc|hay|và))\s*)*`
const shortly = new RegExp(String.raw`(?<!\p{L})(?:${calls})[:"']*\s+${onTheWay}${othersOfList}["'“]?$`, 'iu')
/** As far back as such a word is looked for. */
const within = 120

/** "Bài báo 2025": no number to call begins like this. */
const isYear = (digits: string): boolean => /^(?:19|20)\d\d$/.test(digits)

/** Spaces of every kind, and letters that the eye takes for digits. Each stays one character, so that places stay where they are. */
const asRead = (text: string): string => text
  .replace(/[\u00a0\u2000-\u200a\u202f]/g, ' ')
  .replaceAll('\u2011', '-')
  .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  .replace(/(?<=\d[ .-]?)[OoОо]+(?!\p{L})|(?<!\p{L})[OoОо]+(?=[ .-]?\d)/gu, (letters) => '0'.repeat(letters.length))
  .replace(/(?<=\d)[lI](?!\p{L})|(?<!\p{L})[lI](?=\d)/gu, '1')

/** Phone numbers in a text, as written and as bare digits with a leading zero. Short ones only where the words before say so. */
export function phoneNumbers(written: string): { raw: string; digits: string }[] {
  const text = asRead(written)
  const full = [...text.matchAll(anyPhone)].map((found) => ({ at: found.index, raw: found[0] }))
  const short = [...text.matchAll(shortCode)]
    .map((found) => ({ at: found.index, raw: found[0] }))
    .filter(({ at, raw }) => !isYear(raw) && !full.some((other) => at >= other.at && at < other.at + other.raw.length) && shortly.test(text.slice(Math.max(0, at - within), at)))
  return [...full, ...short].sort((a, b) => a.at - b.at)
    .map(({ at, raw }) => ({ raw: written.slice(at, at + raw.length), digits: raw.replace(/\D/g, '').replace(/^84(?=\d{9,10}$)/, '0') }))
}
