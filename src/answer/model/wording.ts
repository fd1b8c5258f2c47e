import { isSyllable, takeApart } from '../syllable.ts'

/** Words as they are compared here: with their marks, the tone wherever it stands (`hoà` and `hòa` are one word); a blanked figure is the word `|`. */
export interface Word {
  key: string
  typed: string
  start: number
}

export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/\p{L}+|\|+/gu)].map((found) => ({ key: keyOf(found[0]), typed: found[0], start: found.index }))
}

function keyOf(word: string): string {
  if (word.startsWith('|')) return '|'
  const { letters, tone } = takeApart(word.toLowerCase())
  return letters + tone
}

const keySet = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/).map(keyOf))

/** Words that carry no fact: they may be added and left out. */
const glue = keySet(`
  | bà con anh chị em bác cô chú mình bạn xin hãy nên có thể để thì là của theo như sau khi và hoặc hay rồi đó này đây kia ấy nhé ạ dạ vâng thưa với cho
  cũng vẫn đã sẽ đang các những một mà tại ở vào ra lên xuống đến từ trong ngoài về việc cách làm tiếp trước hết tiếp đầu tiên cuối cùng cụ ngoài ra lại bằng qua do vì nếu
  thông tin hiện tới cần thêm muốn gì nào đâu sao thế vậy được bị`)

/**
 * Words on which money, duty, time or danger hangs. They stand in the passage in the same company, or they are not said.
 * Among them are the words by which a link is spelled out ("chấm vn") and numbers that count what is no unit ("hai đơn").
 */
const guarded = keySet(`
  phí tiền phạt tù tội buộc phải cấm miễn luôn mọi tất đều duy tối chuyển khoản nộp trả thu vay bán mua thưởng tặng giảm hoàn cọc đóng gửi lệ thuế nợ lãi
  mật khẩu otp mã thẻ pin căn cước ngân hàng tài cài tải bấm nhấn quét link đường dẫn website trang chấm còng gạch phẩy nhắn gọi liên hệ zalo facebook telegram
  trên dưới hơn kém ít nhiều quá đủ chỉ không chưa đừng chớ chẳng trừ khỏi hộ tuổi hạn ngay lập tức hôm nay mai hết mất khóa xóa hủy
  hai ba bốn tư năm sáu bảy bẩy tám chín mười chục trăm nghìn ngàn triệu tỷ tỉ nửa rưỡi đôi vài mấy tuần tháng sáng chiều đêm thứ nhật`)

/** Taking one away or putting one in turns a rule round. */
const turning = keySet('không chưa đừng chớ chẳng trừ chỉ miễn cấm khỏi')

/** Part of the words that must stand in the passage. */
const leastShare = 0.7

/** Promises, verdicts, and talk about itself. Never said, whatever stands in the passage. */
const forbidden = [
  'chắc chắn', 'cam kết', 'cam đoan', 'đảm bảo', 'bảo đảm', 'xin hứa', 'tôi hứa', 'trợ lý hứa', 'yên tâm', 'tuyệt đối an toàn', 'an toàn tuyệt đối', 'nhất định sẽ', 'nhất định được', 'thế nào cũng được', 'khỏi lo', 'không lo', 'không sao đâu', 'sẽ được duyệt', 'sẽ được giải quyết',
  'phạm tội', 'có tội', 'vô tội', 'phạm pháp', 'trái luật', 'trái pháp luật', 'đúng luật', 'hợp pháp', 'vi phạm pháp luật', 'bị tù', 'đi tù', 'phạt tù', 'thắng kiện',
  'mô hình ngôn ngữ', 'lời nhắc hệ thống', 'chỉ dẫn hệ thống', 'hướng dẫn hệ thống', 'system prompt', 'prompt', 'json', 'passage', 'chatgpt', 'openai',
].map((phrase) => ` ${wordsOf(phrase).map(({ key }) => key).join(' ')} `)

/**
 * Why a sentence does not say what its passage says; null when it does. Figures are for `facts.ts`: `sentence` and
 * `passage` come without them, each replaced by `|`.
 */
export function whyUnlike(sentence: string, passage: string): 'forbidden_phrase' | 'strange_word' | 'unsupported_word' | 'changed_meaning' | 'far_from_passage' | null {
  const said = wordsOf(sentence)
  const given = wordsOf(passage)
  const known = new Set(given.map(({ key }) => key))
  const line = ` ${said.map(({ key }) => key).join(' ')} `
  if (forbidden.some((phrase) => line.includes(phrase))) return 'forbidden_phrase'
  const added = said.filter(({ key }) => !known.has(key))
  if (added.some((word) => !isPlain(word, sentence))) return 'strange_word'
  if (said.some((_, index) => isUnsupported(said, index, given))) return 'unsupported_word'
  const meant = said.filter(({ key }) => !glue.has(key))
  const found = meant.filter(({ key }) => known.has(key)).length
  if (added.length > 0 && (meant.length === 0 || found / meant.length < leastShare)) return 'far_from_passage'
  return turnsRound(sentence, passage) ? 'changed_meaning' : null
}

/** An ordinary Vietnamese word: no name, no foreign word, no letters dressed up as figures. */
function isPlain({ typed, start }: Word, sentence: string): boolean {
  const first = /^[^\p{L}]*$|[:.!?“"(]\s*$/u.test(sentence.slice(0, start))
  const lower = typed.toLowerCase()
  if (typed !== lower && !(first && typed.slice(1) === lower.slice(1))) return false
  const { letters, tone } = takeApart(lower)
  return isSyllable(letters, tone)
}

/** A guarded word that the passage has not, or only in other company: "miễn phí" does not allow "mất phí". */
function isUnsupported(said: readonly Word[], index: number, given: readonly Word[]): boolean {
  const { key } = said[index]!
  if (!guarded.has(key)) return false
  const [before, after] = [said[index - 1]?.key, said[index + 1]?.key]
  return !given.some((word, at) => word.key === key && (given[at - 1]?.key === before || given[at + 1]?.key === after))
}

/** A turning word whose next word is another one than in the passage, or a clause with fewer of them than the one it retells. */
function turnsRound(sentence: string, passage: string): boolean {
  const said = clausesOf(sentence)
  const given = clausesOf(passage)
  const pairs = new Set(given.flatMap(turningPairs))
  if (said.flatMap(turningPairs).some((pair) => !pairs.has(pair))) return true
  return said.filter((clause) => clause.some((key) => !glue.has(key))).some((clause) => turningPairs(clause).length < turningPairs(nearest(given, clause)).length)
}

/** The words of each clause. */
const clausesOf = (text: string): string[][] => text.split(/[.;!?\n]/u).map((clause) => wordsOf(clause).map(({ key }) => key))

/** Each turning word with the word it turns: the next one; none at a clause's end. */
const turningPairs = (clause: readonly string[]): string[] =>
  clause.flatMap((key, index) => (turning.has(key) ? [`${key} ${clause[index + 1] ?? ''}`] : []))

/** The clause that has most of what is said. */
function nearest(clauses: readonly string[][], said: readonly string[]): readonly string[] {
  const meant = new Set(said.filter((key) => !glue.has(key)))
  const shared = (clause: readonly string[]): number => new Set(clause.filter((key) => meant.has(key))).size
  return clauses.reduce((best, clause) => (shared(clause) > shared(best) ? clause : best), clauses[0] ?? [])
}

/** A piece of a text: where a fact stands. */
interface Place { start: number; end: number }

/**
 * Whether a fact is said of the same thing: half of the words around it also stand around it in the passage, and no other
 * fact of its kind fits better there. `own`: where it stands in the passage; `others`: where the others do.
 */
export function inSameCompany(sentence: string, at: Place, passage: string, own: readonly Place[], others: readonly Place[]): boolean {
  const company = around(sentence, at, 4).flat().filter((key) => !glue.has(key))
  const met = (place: Place): number => {
    const there = new Set(around(passage, place, 9).flat())
    return company.filter((key) => there.has(key)).length
  }
  const fit = (places: readonly Place[]): number => Math.max(0, ...places.map((place) => 10 * met(place) + sameNeighbours(around(sentence, at, 2), around(passage, place, 2))))
  return own.some((place) => met(place) * 2 >= company.length) && fit(own) >= fit(others)
}

/** How many of the two words before and the two after are the same, each in its place. */
function sameNeighbours([before, after]: Around, [thereBefore, thereAfter]: Around): number {
  const same = (a: readonly string[], b: readonly string[]): number => a.filter((key, index) => key === b[index]).length
  return same(before.toReversed(), thereBefore.toReversed()) + same(after, thereAfter)
}

type Around = [before: string[], after: string[]]

function around(text: string, { start, end }: Place, reach: number): Around {
  const keys = (clause: string): string[] => wordsOf(clause).map(({ key }) => key)
  return [keys(lastClause(text.slice(0, start))).slice(-reach), keys(firstClause(text.slice(end))).slice(0, reach)]
}

const lastClause = (text: string): string => text.slice(Math.max(...['. ', '; ', '\n', '! ', '? '].map((sign) => text.lastIndexOf(sign))) + 1)
const firstClause = (text: string): string => /^(?:(?![.;!?]\s)[^\n])*/u.exec(text)![0]
