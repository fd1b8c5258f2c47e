import { clean, fold, words } from '../core/text.ts'
import { takeApart } from './syllable.ts'

interface WordList { marked: ReadonlySet<string>; folded: ReadonlySet<string> }

const wordList = (list: string): WordList => {
  const all = list.trim().split(/\s+/)
  return { marked: new Set(all.map(markedForm)), folded: new Set(all.map(fold)) }
}

/** Words that ask about whatever was spoken of last and name nothing of their own: "mất bao lâu?", "nộp ở đâu vậy ạ?". */
const aboutTheLast = wordList(`
  mất bao lâu mấy ngày bữa tháng giờ khi nào lúc hôm ở đâu chỗ nơi địa chỉ lệ phí giá tiền nhiêu nhiều hết tốn cước thế thể có không ko k hong hông hok hả hở
  cần gì giấy tờ mang theo chuẩn bị gồm những cái này đó nó kia làm sao cách bước ra thì mà còn con vậy a ạ à ah dạ nhé nha nhỉ ad bot em e ơi tôi toi tui mình anh chị chi
  ai phải được dc đc nộp gửi xong kết quả lấy nhận trả miễn bn như nữa rồi r xin hỏi biết với chi tiết hơn rõ rứa mô răng bằng thời hạn là nhanh liền muốn nếu và hay một lần tại j`)

/** These may be about the article given before, or a subject of their own: "nộp hồ sơ trực tuyến thế nào?". */
const eitherWay = wordList('hồ sơ số họ online trên mạng trực tuyến tiếp gọi điện hotline qua')

/** The message must ask something: one of these, not politeness alone. Folded. */
const asks: ReadonlySet<string> = new Set('bao may dau gi sao ai nao phi gia tien khong ko k giay cach mo rang buoc lau dia online j bn chi ro'.split(' '))

/** Typed without marks these look like such words, and are subjects: căn cước, kết hôn, tiền già, mất thẻ. */
const subjects = /\b(?:can cuoc|ket hon|tien gia|mat the)\b/

/**
 * Whether a short message only makes sense with the article given before: `surely`, `perhaps` (where no article answers
 * it by itself), or not.
 */
export function followsUp(message: string): 'surely' | 'perhaps' | 'no' {
  const said = words(message)
  if (said.length === 0 || said.length > 10 || !said.some((word) => asks.has(word)) || subjects.test(said.join(' '))) return 'no'
  const typed = clean(message).toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  if (typed.every((word) => isIn(aboutTheLast, word))) return 'surely'
  return typed.every((word) => isIn(aboutTheLast, word) || isIn(eitherWay, word)) ? 'perhaps' : 'no'
}

/** A word typed with marks must have the same ones: "thẻ" is not "thế". */
const isIn = ({ marked, folded }: WordList, word: string): boolean => (/^[a-z\d]+$/.test(word) ? folded.has(word) : marked.has(markedForm(word)))

function markedForm(word: string): string {
  const { letters, tone } = takeApart(word)
  return letters + tone
}
