import { takeApart } from '../answer/syllable.ts'
import { clean, fold, words } from '../core/text.ts'

/** Short messages that mean something only where they are said: numbers of a list, yes and no, praise and blame. */

interface Said { marked: string; folded: string }

/** Words that address somebody or soften; they change nothing. */
const softeners: ReadonlySet<string> = new Set('a da oi nhe nha nhi em anh chi bac chu chau toi tui minh ban ad bot roi di thi vay the nhen hen luon nua qua'.split(' '))

/** What a yes or no says: `clear` yes leaves no doubt, `soft` may also be mere politeness ("ừ", "vâng"). */
export type YesOrNo = 'clear' | 'soft' | 'no'

/** "vâng xóa giúp em", "ok xóa hết": what is agreed to is named. */
const namedYes = ['có', 'ừ', 'ok', 'oke', 'vâng', 'dạ', 'dạ vâng', 'được', 'đồng ý'].flatMap((yes) => ['xóa', 'xóa hết', 'xóa luôn', 'xóa giúp', 'xóa dữ liệu', 'xóa hết dữ liệu'].map((named) => `${yes} ${named}`)).join('|')
const clearYes = phrasesOf(`${namedYes}|xóa giúp|có|có đồng ý|đồng ý|xóa|xóa hết|xóa luôn|xóa hết luôn|chắc chắn|nhất trí|đồng ý ghi nhớ|ghi nhớ|cho nhớ`)
const softYes = phrasesOf('ừ|ừm|uh|uk|um|ok|oke|okie|okay|oki|vâng|dạ|dạ vâng|phải|đúng|đúng vậy|được|đc|được chứ|cứ xóa')
const no = phrasesOf(`không|ko|k|hông|thôi|thôi không|thôi khỏi|khỏi|khỏi cần|giữ|giữ lại|giữ nguyên|để đó|để lại|hủy|hủy bỏ|hủy lệnh|thôi hủy|hủy yêu cầu|hủy bỏ yêu cầu|hủy xóa|cancel|dừng lại|đừng|đừng xóa|khoan|khoan đã|không xóa|không xóa nữa|
  không đồng ý|không cần|không cần nhớ|đừng nhớ|không phải|không muốn`)

/** The answer to a question that wants yes or no; null for any other message. */
export function yesOrNo(text: string): YesOrNo | null {
  const said = saidWords(text)
  if (said.some(couldBeAnything)) return null
  if (isOneOf(said, clearYes)) return 'clear'
  if (isOneOf(said, softYes)) return 'soft'
  return isOneOf(said, no) ? 'no' : null
}

const slips = phrasesOf('nhầm|lộn|ấy nhầm|ấy lộn|bấm nhầm|bấm lộn|nhấn nhầm|gõ nhầm|nhắn nhầm|lỡ bấm|lỡ tay|ấn nhầm|tôi nhầm|xin lỗi nhầm|không xóa nhầm')

/** "ấy, bấm nhầm": what was just ordered was not meant. */
export const takesBack = (text: string): boolean => isOneOf(saidWords(text), slips)

const erasing = phrasesOf(`${namedYes}|đồng ý xóa|đồng ý xóa dữ liệu|vẫn xóa|vẫn xóa dữ liệu|cứ xóa|xóa đi|xóa hết đi`)

/** A yes that says itself that it is about erasing. */
export const agreesToErase = (text: string): boolean => isOneOf(saidWords(text), erasing)

/** "dung" without its marks is "đúng", "đừng" or "dừng". */
const couldBeAnything = ({ marked }: Said): boolean => marked === 'dung'

const praise = phrasesOf('đúng|đúng ý|đúng cái tôi cần|chuẩn|hữu ích|hay|tốt|hiểu|đã hiểu|rõ|rõ ràng|làm được|được việc|xong')
const blame = phrasesOf(`vô dụng|vô ích|không hiểu|chưa hiểu|không hiểu gì|chẳng hiểu gì|chả hiểu gì|khó hiểu|khó hiểu quá|không đúng|không đúng ý|chưa đúng|chưa đúng ý|không phải|không phải ý đó|
  sai|sai bét|trả lời sai|không giúp được gì|chẳng giúp được gì|không liên quan|lạc đề`)

/** What is said of an answer just given; null for any other message. */
export function verdictOn(text: string): 'helpful' | 'not_helpful' | null {
  const said = saidWords(text)
  if (isOneOf(said, praise)) return 'helpful'
  return isOneOf(said, blame) ? 'not_helpful' : null
}

const cancelling = phrasesOf('hủy|hủy bỏ|thôi hủy|thôi hủy bỏ|hủy lệnh|hủy thao tác|cancel|dừng lại|thôi dừng lại')

/** Whether a whole message only says "hủy" or "dừng lại", not what. Without their marks they are names as well: `huy`. */
export const cancels = (text: string): boolean => isOneOf(saidWords(text), cancelling)

/** As `cancels`, where it can be nobody's name. */
export const surelyCancels = (text: string): boolean => /hủy|huỷ|dừng|cancel/iu.test(clean(text)) && cancels(text)

const noMore = phrasesOf(['không cần', 'khỏi cần', 'hết cần', 'không cần gặp', 'không gặp', 'không muốn gặp', 'khỏi gặp', 'không chờ', 'không cần chờ', 'khỏi chờ', 'không đợi', 'khỏi đợi'].flatMap((words) => [words, `thôi ${words}`]).join('|'))
const waitedLong = /^(?:(?:chờ|đợi|cho|doi)\s+)?(?:lâu|lau)\s+(?:quá|qua)(?:\s+(?:rồi|roi))?[\s,.]+/iu
const withdrawing = phrasesOf('hủy yêu cầu|thôi hủy yêu cầu|rút yêu cầu|rút lại yêu cầu|bỏ yêu cầu')

/** Whether a whole message says, of a request that waits, that it is needed no more: "thôi không cần nữa", "rút yêu cầu". */
export function needsNoMore(text: string): boolean {
  const said = saidWords(text.replace(waitedLong, ''))
  return isOneOf(said, withdrawing) || (/n[uữ]a/iu.test(clean(text)) && isOneOf(said, noMore))
}

const relatives = 'nguoi nha|nguoi than|nguoi quen|gia dinh|ca nha|bo me|ba me|cha me|ong ba|bo|me|vo|chong|con|cac con|con cai|con chau|con gai|con trai|ba con|hang xom|ban be|ban'
const forwarding = new RegExp(`^(?:(?:cho|xin|muon|can|giup|em|toi|minh|tui|chau|con) )*(?:gui|chuyen tiep|chia se)(?: (?:tin|cau|bai|cai|muc|noi dung|tra loi|nay|cho|toi|den|sang|qua))* (?:${relatives})(?: (?:toi|tui|em|minh|o nha|cung|giup|gium|dum|ho|voi|nhe|nha|a|di|xem|biet|doc|luon))*$`)

/** Whether a whole message asks for the answer in a form to pass on: "gửi người nhà", "chuyển tiếp cho hàng xóm giúp em". */
export function wantsToShare(text: string): boolean {
  // Without its mark "gởi" would also be "gọi".
  return text.length <= 60 && forwarding.test(words(clean(text).replace(/gởi/giu, 'gửi')).join(' '))
}

const again = /^(?:(?:da|a|em|ad|admin|bot|ban|lam on|xin|nho|vui long|cho|co the|toi|tui|minh|chau|con|bac|chua nghe ro|chua ro|hay) )*(?:noi|nhac|lap|gui|doc|viet|tra loi|xem|cho xem) lai(?: (?:di|voi|giup|gium|dum|ho|lan|nua|mot|1|cau|tin|doan|cai|muc|phan|o|phia|tren|vua|roi|nay|hoi|truoc|do|nghe|coi|xem|cho|toi|tui|em|minh|nha|nhe|a|duoc|khong|ko))*$/
const on = /^(?:(?:da|em|ad|bot|roi|cho|toi|tui|minh|muon|u) )*(?:tiep|tiep tuc|tiep theo|(?:xem|noi|doc|ke|gui|huong dan|chi) (?:them|tiep)|trang (?:sau|tiep|ke)|con nua|con gi nua|con nua khong|con gi nua khong|con muc nao nua|con muc nao nua khong)(?: (?:di|nua|nhe|nha|a|em|voi|giup|duoc|khong|ko|vay|the))*$/

/** Whether a whole message asks to be told the same once more: "nhắc lại giúp", "gửi lại tin hồi nãy". "Nói lại cách nộp hồ sơ" is a question. */
export const asksAgain = (text: string): boolean => text.length <= 60 && again.test(words(clean(text).replace(/gởi/giu, 'gửi')).join(' ')) && (!/[^\x00-\x7f]/.test(text) || /lại/iu.test(clean(text)))

/** Whether a whole message asks for what comes next: "xem thêm", "tiếp đi". */
export const asksOn = (text: string): boolean => text.length <= 60 && on.test(words(text).join(' '))

const numberWords = phrasesOf('không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười')
const nouns = phrasesOf(`số|mục|mục số|câu|câu số|ý|ý số|phần|phần số|cái|cái số|dòng|dòng số|việc số|lựa chọn|lựa chọn số|cái thứ|mục thứ|câu thứ|ý thứ|phần thứ|việc thứ|dòng thứ`)
/** What is done to a choice: alone with a number, or before one of the nouns. */
const picking = phrasesOf('chọn|bấm|gõ|nhấn|chọn thứ')
const wishing = phrasesOf('chọn|bấm|gõ|nhấn|cho|xem|xin|lấy|vào|mở|muốn|hỏi|giúp|giùm')
const first = phrasesOf(`thứ nhất|đầu tiên|trên cùng|${['cái', 'mục', 'câu', 'ý', 'phần', 'dòng', 'việc'].flatMap((noun) => [`${noun} thứ nhất`, `${noun} đầu`, `${noun} đầu tiên`, `${noun} trên cùng`]).join('|')}`)
const last = phrasesOf(`cuối cùng|chót|dưới cùng|${['cái', 'mục', 'câu', 'ý', 'phần', 'dòng', 'việc'].flatMap((noun) => [`${noun} cuối`, `${noun} cuối cùng`, `${noun} chót`, `${noun} dưới cùng`]).join('|')}`)

/** The number a whole message is, as it stands in a list: `2`, `2.`, `2)`, `(2)`, `②`, the key `2️⃣`; null for any other message. */
export function bareNumber(text: string): number | null {
  const found = /^\(?(\d{1,2})[.):]?$/.exec(text.normalize('NFKC').replace(/[\ufe0f\u20e3]/g, '').trim())
  return found === null ? null : Number(found[1])
}

/**
 * The number meant by "số 2", "chọn mục hai", "hai ạ", "cái đầu tiên", "cái cuối" (of a list of `count`; 0: there is none); null for any
 * other message. "mức 2" and "thứ hai" mean something else.
 */
export function numberInWords(text: string, count = 0): number | null {
  const said = saidWords(text.replace(asking, ''))
  const meant = withoutWishes(said)
  if (isOneOf(meant, first)) return 1
  if (count > 0 && isOneOf(meant, last)) return count
  const figure = said.at(-1)
  if (figure === undefined) return null
  const word = numberWords.findIndex((phrase) => isPhrase([figure], phrase))
  const number = /^\d{1,2}$/.test(figure.folded) ? Number(figure.folded) : word === -1 ? null : word
  if (number === null) return null
  const lead = said.slice(0, -1)
  if (lead.length > 0) return !lead.some(isUnmarkedMuc) && (isOneOf(lead, picking) || isOneOf(withoutWishes(lead), nouns)) ? number : null
  // Alone, "không" says no.
  return word === 0 ? null : number
}

const before = '(?:(?:da|a|chon|bam|go|nhan|cho|xem|xin|lay|muon|hoi|giup|toi|tui|em|minh|ca|luon) )*'
const number = '(?:(?:so|muc|cau|y|phan|cai|dong|viec|thu) )*(\\d{1,2}|mot|hai|ba|bon)'
const after = '(?: (?:a|nhe|nha|di|luon|giup|gium|dum|voi|em|toi|tui|minh|duoc khong|duoc ko|nua))*'
const several = new RegExp(`^${before}${number}(?: (?:(?:va|voi|cung|roi|ca|them|luon|hay|hoac) )*${number})+${after}$`)
const everything = new RegExp(`^${before}(?:ca (?:hai|2|ba|3|bon|4)|tat ca|het ca)(?: (?:cai|muc|viec|cau|y|so))?${after}$`)

/**
 * Whether a whole message picks more than one entry of a list of `count`: "1 và 2", "1, 3", "số 2 với số 4", "cả hai". Dates
 * ("10/10") do not, nor numbers that stand in no such list.
 */
export function picksSeveral(text: string, count: number): boolean {
  if (text.length > 40 || count < 2) return false
  const said = fold(clean(text).normalize('NFKC').replace(/[\ufe0f\u20e3]/g, '')).replace(/[,;+&\s]+/g, ' ').replace(/[.!?\s]+$/, '').trim()
  if (everything.test(said)) return true
  if (!several.test(said) || isNamed(text)) return false
  const numbers = said.match(/\d+|\b(?:mot|hai|ba|bon)\b/g)!.map(numberSaid)
  return new Set(numbers).size > 1 && numbers.every((one) => one >= 1 && one <= count)
}

const spelled = ['', 'mot', 'hai', 'ba', 'bon']
const numberSaid = (said: string): number => (/^\d/.test(said) ? Number(said) : spelled.indexOf(said))

/** "Hai Bà", "bà hai", "hai ba": spelled numbers are names and kinship too, unless something stands between them. */
const isNamed = (text: string): boolean => /[bB]à/u.test(clean(text)) || (/hai|ba|mot|bon/.test(fold(text)) && !/,|\s(?:va|voi)\s/.test(fold(text)))

const asking = /(?:\s+(?:giúp|giup|giùm|gium|dùm|dum|hộ|với|voi|nghe|xem|tôi|toi|tui|em|mình|con|cháu|bác))+[\s.!]*$/iu

/** "cho tôi xem cái số 1" without what only wishes. */
function withoutWishes(said: Said[]): Said[] {
  const from = said.findIndex((word) => !isOneOf([word], wishing))
  return from === -1 ? [] : said.slice(from)
}

/** Without its mark it is rather "mức 2" than "mục 2". */
const isUnmarkedMuc = ({ marked }: Said): boolean => marked === 'muc'

const mostOfFragment = 5
const asks = /(?:^|\s)(?:sao|gi|nao|dau|ai|may|bao|the nao|lam gi|co phai|huong dan|cach|xin|hoi|muon|can)(?:\s|$)|(?:^|\s)(?:khong|ko|chua|k)$/

const courtesy = /^(?:(?:da|vang|u|ok|a) )*(?:cam on|cam mon|camon|thank|thanks|tks|bye|tam biet|chao)(?:\s|$)/

/** Whether a message is a few words that ask nothing and are no thanks either. */
export function isFragment(text: string): boolean {
  const said = words(text)
  return said.length <= mostOfFragment && !text.includes('?') && !asks.test(said.join(' ')) && !courtesy.test(said.join(' '))
}

/** The words of a short message; softeners are left out unless nothing else is said. Long ones have none. */
function saidWords(text: string): Said[] {
  if (text.length > 60) return []
  const all = readWords(text)
  const bare = all.filter(({ folded }) => !softeners.has(folded))
  return bare.length > 0 ? bare : all
}

function readWords(text: string): Said[] {
  return (clean(text).toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => {
    const { letters, tone } = takeApart(word)
    return { marked: letters + tone, folded: fold(letters) }
  })
}

/** Read as messages are, softeners left out. */
function phrasesOf(list: string): Said[][] {
  return list.split('|').map((phrase) => saidWords(phrase.trim()))
}

const isOneOf = (said: readonly Said[], phrases: readonly (readonly Said[])[]): boolean => phrases.some((phrase) => isPhrase(said, phrase))

/** Word by word; a word typed without marks fits the one with marks, but "cô" is not "có". */
function isPhrase(said: readonly Said[], phrase: readonly Said[]): boolean {
  return said.length === phrase.length && said.every(({ marked, folded }, at) => marked === phrase[at]!.marked || (marked === folded && folded === phrase[at]!.folded))
}
