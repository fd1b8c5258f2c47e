/** Numbers that are written in words: "một triệu đồng", "hai mươi ngày", "không chín một hai". */

/** Words that count only beside another one or before what they count: `năm` is also a year, `không` is also no. */
const digitWords: ReadonlySet<string> = new Set([
  'không', 'một', 'mốt', 'hai', 'ba', 'bốn', 'tư', 'năm', 'lăm', 'nhăm', 'sáu', 'bảy', 'bẩy', 'tám', 'chín', 'linh', 'lẻ', 'vài', 'dăm', 'mot', 'bon',
])
/** Words that tell of a number wherever they stand, and how they look without marks where that is no other word. */
const magnitudeWords: ReadonlySet<string> = new Set([
  'mươi', 'mười', 'chục', 'trăm', 'nghìn', 'ngàn', 'vạn', 'triệu', 'tỷ', 'tỉ', 'rưỡi', 'nửa', 'muoi', 'chuc', 'nghin', 'ngan', 'trieu', 'ruoi', 'nua',
])

/** What figures count and measure. With one of these a figure is one fact: "5 ngày" does not stand in "5 triệu". */
const units: ReadonlySet<string> = new Set([
  'đồng', 'đ', 'vnd', 'vnđ', 'usd', 'đô', 'nghìn', 'ngàn', 'triệu', 'tỷ', 'tỉ', 'trăm', 'chục', 'k', 'tr',
  'giây', 'phút', 'giờ', 'tiếng', 'ngày', 'tuần', 'tháng', 'quý', 'năm', 'tuổi', 'lần', 'bước', 'bản', 'tờ', 'người', 'số', 'thẻ',
  'hộ', 'xã', 'tỉnh', 'khoản', 'loại', 'cách', 'phần', 'g', 'kg', 'km', 'm', 'cm', 'mb', 'gb', 'w', 'v', 'kw',
])
/** Units that no longer say what is counted, so that the next word still belongs to them. */
const openUnits: ReadonlySet<string> = new Set(['nghìn', 'ngàn', 'triệu', 'tỷ', 'tỉ', 'trăm', 'chục', 'k', 'tr', 'phần'])

/** What stands before a figure and says which one it is: "mức 2", "Điều 5", "năm 2026". */
export const labels: ReadonlySet<string> = new Set([
  'định', 'tư', 'luật', 'quyết', 'điều', 'khoản', 'mục', 'chương', 'điểm', 'thị', 'văn', 'mức', 'hạng', 'bước', 'cấp', 'lớp', 'loại', 'nhóm', 'bậc', 'kỳ', 'quý', 'tháng', 'năm', 'thứ', 'lần', 'số',
])

const word = /\p{L}+/gu

interface Word { text: string; start: number; end: number }

/** Runs of number words that surely mean a number, with what they count. */
export function findNumberWords(text: string): { start: number; end: number; key: string }[] {
  const all: Word[] = [...text.matchAll(word)].map((found) => ({ text: found[0].toLowerCase(), start: found.index, end: found.index + found[0].length }))
  const found: { start: number; end: number; key: string }[] = []
  for (let at = 0; at < all.length; at++) {
    if (!isNumberWord(all[at]!)) continue
    let to = at
    while (to + 1 < all.length && isNumberWord(all[to + 1]!) && touches(text, all[to]!, all[to + 1]!)) to++
    const counted = unitsAfter(text, all[to]!.end)
    const run = all.slice(at, to + 1)
    const label = at > 0 && /^\s+$/u.test(text.slice(all[at - 1]!.end, run[0]!.start)) && labels.has(all[at - 1]!.text) ? all[at - 1]!.text : ''
    if (run.length > 1 || magnitudeWords.has(run[0]!.text) || isCounted(run[0]!.text, counted.key, label)) {
      found.push({ start: label === '' ? run[0]!.start : all[at - 1]!.start, end: counted.end, key: [label, ...run.map(({ text: said }) => said), counted.key].filter((part) => part !== '').join(' ') })
    }
    at = to
  }
  return found
}

/** Whether a digit word on its own is a number. "không" is one only as a price; "một số" is none. */
function isCounted(digit: string, unit: string, label: string): boolean {
  if (digit === 'không') return unit.startsWith('đồng')
  return label !== '' || (unit !== '' && !(digit === 'một' && unit === 'số'))
}

const isNumberWord = ({ text }: Word): boolean => digitWords.has(text) || magnitudeWords.has(text)

/** Next to each other: only spaces, or the dots, commas and dashes that a spelled number may be broken with. */
const touches = (text: string, a: Word, b: Word): boolean => /^[\s.,\-–]*$/u.test(text.slice(a.end, b.start))

/** The units that follow a number at `end`, in one spelling: `triệu đồng` and `tr` are `triệu`. The end moves behind them. */
export function unitsAfter(text: string, end: number): { key: string; end: number } {
  const parts: string[] = []
  let at = end
  for (let open = true; open && parts.length < 3;) {
    const found = /^[\s\u00a0]?(%|₫|\p{L}+)/u.exec(text.slice(at))
    const unit = found === null ? '' : canonical(found[1]!.toLowerCase())
    if (found === null || !(unit === '%' || units.has(unit))) break
    parts.push(unit)
    at += found[0].length
    open = openUnits.has(unit)
  }
  if (parts.length === 0) return { key: '', end }
  const workingDays = parts.at(-1) === 'ngày' ? /^[\s\u00a0]làm[\s\u00a0]việc(?!\p{L})/iu.exec(text.slice(at)) : null
  if (workingDays !== null) {
    parts[parts.length - 1] = 'ngày làm việc'
    at += workingDays[0].length
  }
  const each = /^[\s\u00a0]?(?:\/|(?:mỗi|một|hằng|hàng)[\s\u00a0])[\s\u00a0]?(\p{L}+)/iu.exec(text.slice(at))
  const per = each !== null && units.has(each[1]!.toLowerCase()) ? each[1]!.toLowerCase() : null
  const money = parts.length > 1 && parts.at(-1) === 'đồng' ? parts.slice(0, -1) : parts
  const key = money.join(' ').replace('phần trăm', '%')
  return per === null ? { key, end: at } : { key: `${key}/${per}`, end: at + each![0].length }
}

const spellings: Readonly<Record<string, string>> = { đ: 'đồng', '₫': 'đồng', vnd: 'đồng', vnđ: 'đồng', ngàn: 'nghìn', k: 'nghìn', tr: 'triệu', tỉ: 'tỷ' }
const canonical = (unit: string): string => spellings[unit] ?? unit
