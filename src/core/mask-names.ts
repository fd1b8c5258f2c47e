/**
 * People's names and addresses as they are typed: in capitals, in small letters, without marks. Compared without marks,
 * letter by letter, so that what is found stands at the same place in what was typed; where marks were typed they must fit.
 */

/** `text` with names and addresses replaced by `[tên]` and `[địa chỉ]`. Rather a word too many than a name left. */
export const maskNames = (text: string): string => rules.reduce((rest, rule) => hide(rest, rule), text)

/** `hide` in the pattern is what goes; `fits` looks at the words with their marks: those before it in the match, and those hidden. */
interface Rule { pattern: RegExp; instead: string; fits?: (before: string, hidden: string) => boolean }

function hide(text: string, { pattern, instead, fits }: Rule): string {
  let out = ''
  let at = 0
  for (const found of bareOf(text).matchAll(pattern)) {
    const [start, end] = found.indices!.groups!['hide']!
    if (fits?.(text.slice(found.index, start).trim().toLowerCase(), text.slice(start, end)) === false) continue
    out += text.slice(at, start) + instead
    at = end
  }
  return out + text.slice(at)
}

/** Small letters without marks, of the same length. */
const bareOf = (text: string): string => Array.from(text, (character) => {
  const bare = character.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/, 'd').toLowerCase()
  return bare.length === character.length ? bare : character
}).join('')

const setOf = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s*\|\s*/u))
const anyOf = (set: ReadonlySet<string>): string => [...new Set([...set].map(bareOf))].sort((a, b) => b.length - a.length).join('|')
const isBare = (text: string): boolean => text === bareOf(text)

const surnames = setOf(`nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|trịnh|mai|đoàn|cao|lâm|lương|vàng|giàng|sùng|thào|nông|vi|lò|lô|cà|quàng|lường|hà|triệu|ma|mã|châu|lục|phùng|tô|tạ|thái|đào|mùa|hạng|cứ|bế|hứa|la|lù|lầu|tống|đàm|quách|trương|tăng|kiều|nghiêm|chu|từ|kha|khổng|phù|sầm|phàn|chảo|tẩn|y|h'|ksor|rơ`)
/** Without marks these are hardly ever another word. */
const plainSurnames = setOf('nguyễn|trần|phạm|hoàng|huỳnh|trịnh|phùng|quách')
const middles = setOf('văn|thị|đức|hữu|công|minh|quang|thanh|thành|xuân|ngọc|a|thu|hồng|kim|bá|đình|duy|quốc|trọng|viết|thế|mạnh|tuấn|như|mỹ|thùy|thuỳ|bích|phương|hải|anh|gia|bảo|khánh|tiến|trung')
const commonMiddles = setOf('văn|thị')
/** With marks nothing but surnames; men's names then go on with "a": "giàng a páo". */
const highlandSurnames = setOf('giàng|sùng|thào|hạng')
const introductions = setOf('ông|bà|anh|chị|chú|bác|cô|cháu|thầy|dì|cậu|chồng|vợ|tên|tên là|tôi là|em là|tao là|tui là|mình là|họ tên|họ và tên')
const persons = setOf('ông|bà|anh|chị|chú|bác|cô|cháu|con|thầy|dì|cậu|chồng|vợ|bố|mẹ|ba|má|cha|em|tôi|tui|mình|nó|này|ấy')
/** Words that end a name in small letters. */
const notNames = 'la|gi|chi|ai|sao|bi|co|khong|ko|k|o|thi|ma|muon|nop|cua|va|voi|cho|di|da|dang|se|duoc|dc|nay|do|kia|vua|moi|hoi|noi|goi|nhan|lam|mat|dia|sinh|so|sdt|cccd|mien|tren|trong|cu|khac|sai|nao|vay|a|nhe|roi|xin|can|thon|xa|xom|ban|ap|huyen|tinh|phuong|to|tai|hay|hoac|nhung|nen|thu|tuc|nhap|day|oi|vao|ra|may|nha|que|den|tu|dung|the|de|qua|nua|chua|con|bao|toi|em|minh|ho|trung|giong|day'
const nameWord = String.raw`(?!(?:${notNames})\b)[a-z]+`
const streets = setOf('số nhà|nhà số|nhà em số|nhà tôi số|ngõ|ngách|hẻm|kiệt|tổ|tổ dân phố|khu phố|đội|thôn|ấp|xóm|khóm|khối|bản|đường|căn hộ|khu')
/** Without marks these are as well something else: đòi, tờ, lỡ, bán. */
const doubtfulStreets: ReadonlySet<string> = new Set(['to', 'doi', 'khoi', 'ban', 'khu', 'ap'])
const villages = setOf('thôn|ấp|xóm|khóm|bản|buôn|làng')
const notPlaces = 'sao|than|minh|chinh|goc|toi|em|an|quyen|tin|do|ve|chup|quet|khai|la|gi|nao|nay|kia|khac|ben|link|dan|truyen|ca|tui|ta|cua|co|khong|bi|thi|hang|may|ai|o|va|bac|hoi|quoc|tren|tinh|xa|cap|giay|dien|moi|cu|thoai|phi|ke|trinh|ghi|dich|dau|mang|lam|nghe|chung|ma|muon|cho|duoc|noi|da|se|di|ra|vao'
const placeWord = String.raw`(?!(?:${notPlaces})\b)[a-z]+`
const place = String.raw`${placeWord}(?:\s+${placeWord})?`

/** Words with marks must be the very ones; typed without any they may be. */
const areThose = (words: string, set: ReadonlySet<string>): boolean => isBare(words) || set.has(words)
/** "nguyễn minh anh", "LÝ MINH ANH"; of small letters most surnames are other words too ("xử lý thế nào"), unless "văn", "thị" or a highlander's "a" follows. */
function isName(hidden: string): boolean {
  const [first = '', middle = ''] = hidden.toLowerCase().split(/\s+/u)
  if (isBare(hidden.toLowerCase())) return plainNames.test(hidden.toLowerCase())
  if (!surnames.has(first) || !middles.has(middle)) return false
  return commonMiddles.has(middle) || (middle === 'a' && highlandSurnames.has(first)) || /^\p{Lu}/u.test(hidden) || (plainSurnames.has(first) && first !== 'phạm')
}
const plainNames = new RegExp(`^(?:${anyOf(plainSurnames)}) (?:${anyOf(commonMiddles)}) `)

const rules: Rule[] = [
  // số nhà 12, ngõ 5, tổ 7, thôn 3
  { pattern: new RegExp(String.raw`(?<![a-z])(?:${anyOf(streets)})(?:\s+|\s*:\s*)(?<hide>\d[\da-z/.-]*)`, 'gd'), instead: '[địa chỉ]',
    fits: (before) => areThose(before.replace(/[\s:]+$/u, ''), streets) && !doubtfulStreets.has(before) },
  { pattern: /(?<![a-z\d])(?<hide>\d+[a-z]?(?:\/\d+[a-z]?)*,?\s+(?:duong|pho)\s+[a-z]+(?:\s+[a-z]+)?)/gd, instead: '[địa chỉ]', fits: (_, hidden) => isBare(hidden) || /\s(?:đường|phố)\s/u.test(hidden) },
  // thôn nà pàn xã mẫu sơn huyện lộc bình: only in a row are small places told from words
  { pattern: new RegExp(String.raw`(?:(?<![a-z])(?:${anyOf(villages)})|\[dia chi\],?)\s+(?<hide>(?:(?:\d+|${place}),?\s+)?(?:xa|phuong|thi tran|duong)\s+${place}(?:,?\s+(?:huyen|quan|thi xa|tinh|tp)\s+${place})*)`, 'gd'), instead: '[địa chỉ]' },
  { pattern: new RegExp(String.raw`(?<![a-z])(?:thon|xom|buon|khom)\s+(?<hide>${placeWord}\s+${placeWord})(?=\s*(?:$|[,.;]))`, 'gd'), instead: '[địa chỉ]', fits: (before) => areThose(before, villages) },
  // NGUYỄN VĂN TÈO, nguyen thi hoa; any surname with "văn" or "thị" where marks show it
  { pattern: new RegExp(String.raw`(?<![a-z])(?<hide>(?:${anyOf(surnames)})\s+(?:${anyOf(middles)})\s+[a-z]+(?:\s+${nameWord})?)`, 'gd'), instead: '[tên]',
    fits: (_, hidden) => isName(hidden) },
  // lò thị mai, ly thi sen, trần b: after a title
  { pattern: new RegExp(String.raw`(?<![a-z])(?:${anyOf(introductions)})\s+(?<hide>(?:${anyOf(surnames)})\s+(?:${anyOf(commonMiddles)}|a)\s+[a-z]+(?:\s+${nameWord})?)`, 'gd'), instead: '[tên]',
    fits: (before, hidden) => (isBare(hidden) || commonMiddles.has(hidden.toLowerCase().split(/\s+/u)[1]!) || /\sa\s/iu.test(hidden)) && areThose(before, introductions) && !/^(?:co|vo|ba)$/.test(before) },
  // họ tên: …, tên em là lò thị mai, em tên mai, chồng tôi tên hùng
  { pattern: new RegExp(String.raw`(?<![a-z])(?:ho va ten|ho ten|ten (?:toi|em|minh|tui|chau|con|anh|chi|ong|ba) la|ten la|ten day du la)\s*:?\s*(?<hide>${nameWord}(?:\s+${nameWord}){0,3})`, 'gd'), instead: '[tên]' },
  { pattern: new RegExp(String.raw`(?<![a-z])(?:${anyOf(persons)})\s+ten\s+(?<hide>${nameWord}(?:\s+${nameWord}){0,3})`, 'gd'), instead: '[tên]',
    fits: (before) => areThose(before.split(/\s+/u)[0]!, persons) && (isBare(before) || /\stên$/u.test(before)) && !/^co\s/.test(before) },
]
