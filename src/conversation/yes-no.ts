import { clean } from '../core/text.ts'

/** What a step that asks for yes or no is told: "vâng", "chắc có", "có, họ bắt chuyển tiền", "đâu có". Longer stories are read by their beginning. */

const lead = '(?:(?:dạ|da|vâng|vang|ừ|thì|thi|mà|ma|chắc|chac|hình như|hinh nhu|cũng|cung|hên xui|em|tôi|toi|bác|bac|con) )*'
const soften = '(?: (?:đó|đấy|do|day|ạ|a|chứ|chu|rồi|roi|mà|ma|nè|ne|nhé|nhe|nha|vậy|vay|thế|luôn|luon|em|anh|chị|chi|ad|bạn|ơi|oi|thiệt|that|thật|hết|het))*'
const yes = new RegExp(`^(?:dạ|da|${lead}(?:có|co|đúng|dung|phải|phai|ừ|ừm|uh|uhm|um|vâng|vang|yes|yep|chuẩn|chuan|chính xác|chinh xac))${soften}$`, 'u')
const no = new RegExp(`^${lead}(?:không|khong|ko|kg|k|hông|hong|hổng|hok|chưa|chua|đâu có|dau co|làm gì có|lam gi co|nope)(?: (?:có|co|phải|phai|đúng|dung|đâu|dau|ạ|a|thấy|thay|rõ|ro|biết|biet|gì|gi|chắc|chac|nhớ|nho|hề|he|nhé|nhe|nha|em|anh|chị|ad|hết|het))*$`, 'u')
/** "có, nó dọa bắt tôi": what follows tells more of the same. */
const told = new RegExp(`^${lead}(?:(có|co)|(?:không|khong|ko|hông|chưa|chua))(?:\\s*[,.;:!]\\s*| (?=(?:nó|no|họ|ho|hắn|han|người ta|nguoi ta|người đó|nguoi do|bọn|bon|tụi|tui no|thằng|thang) ))(?=\\S)`, 'u')
/** "có, giờ phải làm sao": asked after all. */
const asking = /(?:không|khong|ko|hông|chưa|chua|sao|gì|gi|nào|nao|đâu|dau|bao nhiêu|bao nhieu|\?)[\s.!?ạa]*$/u

/** Null: neither. Read only where a yes or no was asked for: "dung" without marks is "đúng" there, and "dừng" anywhere else. */
export function answersYesNo(text: string): 'yes' | 'no' | null {
  const said = clean(text).toLowerCase().trim().replace(/[\s.!]+$/u, '')
  const short = said.replace(/\s*[,;]\s*/gu, ' ')
  if (yes.test(short)) return 'yes'
  if (no.test(short)) return 'no'
  const first = told.exec(said)
  if (first === null || asking.test(said)) return null
  return first[1] === undefined ? 'no' : 'yes'
}
