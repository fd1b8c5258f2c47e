import { needOfPersonIn } from '../core/asking.ts'
import { clean, fold, words } from '../core/text.ts'
import { isBare, takeApart } from './syllable.ts'

interface WordList { marked: ReadonlySet<string>; folded: ReadonlySet<string> }

const wordList = (list: string): WordList => {
  const all = list.trim().split(/\s+/)
  return { marked: new Set(all.map(markedForm)), folded: new Set(all.map(fold)) }
}

/** Words that ask about whatever was spoken of last and name nothing of their own: "mất bao lâu?", "nộp ở đâu vậy ạ?". */
const aboutTheLast = wordList(`
  mất bao lâu mấy ngày bữa tháng giờ khi nào lúc hôm ở đâu chỗ nơi địa chỉ lệ phí giá tiền nhiêu nhiều hết tốn cước thế thể có không ko k hong hông hok hả hở
  cần gì giấy tờ mang theo chuẩn bị gồm những cái này đó nó kia làm sao cách bước ra thì mà còn con vậy a ạ à ah dạ nhé nha nhỉ ad bot em e ơi tôi toi tui mình anh chị chi
  ai phải được dc đc nộp gửi xong kết quả lấy nhận trả miễn bn như nữa rồi r xin hỏi biết với chi tiết hơn rõ rứa mô răng bằng thời hạn là nhanh liền muốn nếu và hay một lần tại j bị phạt dzậy zậy dậy vại hè rứa nhiu bắt buộc bước tiếp theo chờ đợi gấp vì tại lý do chừng khoảng sớm tốn luôn hồi bữa z zị v vạy à hửm đồng
  lãnh mần nạp chừ giừ nỏ hổng hè hỉ nghen đặng`)

/**
 * These may be about the article given before, or a subject of their own: "nộp hồ sơ trực tuyến thế nào?", "thế còn trẻ
 * em?", "phải đến tận nơi à". Numbers with them: "mới 72 tuổi có được không".
 */
const eitherWay = wordList(`
  hồ sơ số họ online trên mạng trực tuyến tiếp gọi điện hotline qua
  trẻ con nít bé cháu người già lớn cao tuổi vợ chồng bố mẹ cha má ba ông bà cả nhà hai sinh viên học sinh khuyết tật nghèo nước ngoài dân tộc
  đến tận đi về thay hộ giúp giùm cùng trực tiếp ảnh hình bản sao chính gốc mới cũ rồi đổi làm mang tuần cuối thứ bảy chủ nhật sáng chiều tối ngày nghỉ lễ mở cửa
  cấp xin đăng ký mở gia hạn kích hoạt cập nhật
  đủ quá dưới chưa sớm muộn trước sau lại lâu sợ đúng sai hạn`)

/** Of these, what can be the subject of an article. */
const naming = wordList('trẻ nít bé cháu già tuổi vợ chồng bố mẹ cha má viên sinh khuyết tật nghèo ngoài dân tộc hồ sơ online mạng trực tuyến thay hộ giúp giùm')

/** Whether a message that may follow up names what a text (title and phrasings of an article) is about: "nộp hộ được không?". */
export function namesSubject(message: string, text: string): boolean {
  const told = new Set(wordsTyped(text).map(markedForm))
  const toldBare = new Set(wordsTyped(text).map(fold))
  return wordsTyped(message).some((word) => isIn(naming, word) && (isBare(word) ? toldBare.has(word) : told.has(markedForm(word))))
}

/** What asks about nothing that an article could be told by: "ở đâu?", "mất bao lâu?". Asked first of all it can only be asked back. */
export const namesNothing = (message: string): boolean => !wordsTyped(message).some((word) => isIn(telling, word))
const telling = wordList('phí giá tiền hạn giấy tờ phạt kết quả cước miễn')

/** Whether a message that may follow up holds no word at all that an article could be told by: "có lấy lại được không", "cấp lại hết nhiêu tiền". */
export const namesNoSubject = (message: string): boolean => !wordsTyped(message).some((word) => isIn(naming, word) || isIn(results, word) || /\d/.test(word))
const results = wordList('kết quả cước miễn phạt')

const wordsTyped = (text: string): string[] => clean(text).toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/** More of the same: "xem thêm", "tiếp đi", "nói tiếp nghe". Folded. */
const goesOn = /^(?:(?:da|em|ad|bot|roi|cho|toi|tui|minh|muon) )*(?:tiep|tiep tuc|tiep theo|(?:xem|noi|doc|ke|huong dan|chi) (?:them|tiep))(?: (?:di|nua|nhe|nha|a|em|voi|giup|nghe|coi|duoc|khong|ko))*$/

/** "không phải cái này": what was spoken of last is just what is not meant. Folded. */
const rejects = /^(?:da |a |u )*(?:khong|ko|k|hong|chang|dau co) (?:phai|dung)(?: (?:cai|y|viec|chuyen|muc|cau|the|vay|nay|do|kia|nua|dau|roi|a|em|toi|hoi))*$/

/** The message must ask something: one of these, a question mark or "thế còn …", not politeness alone. Folded. */
const asks: ReadonlySet<string> = new Set('phai ha hu bao may dau gi sao ai nao phi gia tien khong ko k giay cach mo rang buoc lau dia online j bn chi ro hong hok hem chua'.split(' '))

/** Typed without marks these look like such words, and are subjects: căn cước, kết hôn, tiền già, mất thẻ. */
const subjects = /\b(?:can cuoc|ket hon|ly hon|ly lich|tien gia|mat the)\b/

/**
 * Whether a short message only makes sense with the article given before: `surely`, `perhaps` (where no article answers
 * it by itself), or not.
 */
export function followsUp(message: string): 'surely' | 'perhaps' | 'no' {
  const said = words(message)
  if (rejects.test(said.join(' '))) return 'no'
  if (goesOn.test(said.join(' '))) return 'surely'
  if (asksAfterMeeting(message, said)) return 'surely'
  if (said.length === 0 || said.length > 10 || !isAsking(message, said) || subjects.test(said.join(' '))) return 'no'
  const typed = wordsTyped(message)
  if (typed.every((word) => isIn(aboutTheLast, word))) return 'surely'
  return typed.every((word) => isIn(aboutTheLast, word) || isIn(eitherWay, word) || /^\d{1,2}$/.test(word)) ? 'perhaps' : 'no'
}

/** "có cần gặp cán bộ không hay làm trên mạng được": of what was spoken of last, where it names nothing else. */
function asksAfterMeeting(message: string, said: readonly string[]): boolean {
  if (said.length > mostWordsOfNeed || !isAsking(message, said)) return false
  const need = needOfPersonIn(said)
  return need !== null && wordsTyped(message).every((word, at) => (at >= need.from && at < need.to) || isIn(aboutTheLast, word) || isIn(eitherWay, word))
}
const mostWordsOfNeed = 16

/**
 * Of a short message that asks, the words that a subject could be told by ("không đăng ký thì có bị phạt không": đăng, ký);
 * as typed; null where there are none or more than four of them (two, if without
 * marks: then many words look like others).
 */
export function tellingWords(message: string): string[] | null {
  const said = words(message)
  if (said.length > 9 || !isAsking(message, said)) return null
  const rest = wordsTyped(message).filter((word) => !isIn(aboutTheLast, word) && !isIn(eitherWay, word) && !/^\d+$/.test(word))
  return rest.length === 0 || rest.length > (rest.every(isBare) ? 2 : 4) ? null : rest
}

/** "chờ lâu quá" asks nothing: it complains. */
const complains = /\b(?:cho|doi)(?: \w+)? lau\b|\blau (?:qua|lam|the|roi)\b/

/** Whether a message, or a part of one, has a word that asks or a question mark. */
export const asksSomething = (message: string): boolean => isAsking(message, words(message))

const isAsking = (message: string, said: readonly string[]): boolean =>
  said.some((word) => asks.has(word) && !(word === 'lau' && complains.test(said.join(' ')))) || /\?\s*$/.test(message) || /^(?:the|vay) con$/.test(said.slice(0, 2).join(' '))

/** A word typed with marks must have the same ones: "thẻ" is not "thế". */
const isIn = ({ marked, folded }: WordList, word: string): boolean => (/^[a-z\d]+$/.test(word) ? folded.has(word) : marked.has(markedForm(word)))

function markedForm(word: string): string {
  const { letters, tone } = takeApart(word)
  return letters + tone
}
