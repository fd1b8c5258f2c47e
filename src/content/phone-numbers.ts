/** What follows a sum, a count or a distance rather than a number to call. */
const counted = String.raw`(?! (?:đồng|nghìn|ngàn|triệu|tỷ|tin|người|lần|km|mét|hồ sơ|trường hợp|giây|phút|ngày|năm)(?!\p{L}))`
const end = String.raw`(?!\d|[./,-]\d|%)`

/** Full numbers, 1800 and 1900 numbers, three or four digits after "gọi", "số máy", "gửi" …, three after "công an" and other rescuers. */
const anyPhone = new RegExp([
  String.raw`(?<![\d./,-])(?:\+84|0)(?:[ .-]?\d){8,10}(?![\d/])`,
  String.raw`(?<![\d./,-])1[89]00(?:[ .-]?\d){4,6}(?![\d/])`,
  String.raw`(?<=(?:gọi|tổng đài|đường dây nóng|hotline|phone|số máy|gửi(?: đến| tới| về)?)[:"']*\s+(?:(?:tới|đến|ngay|số|tổng đài)\s+){0,2}["']?)\d{3,4}${end}${counted}`,
  String.raw`(?<=(?:công an|cảnh sát|cấp cứu|cứu hỏa|chữa cháy|cứu nạn)[,:]?\s+(?:số\s+)?)1\d{2}${end}${counted}`,
].join('|'), 'giu')

/** Phone numbers in a text, as written and as bare digits with a leading zero. Short ones only where the words around say so. */
export function phoneNumbers(text: string): { raw: string; digits: string }[] {
  return [...text.matchAll(anyPhone)].map(([raw]) => ({ raw, digits: raw.replace(/\D/g, '').replace(/^84(?=\d{9,10}$)/, '0') }))
}
