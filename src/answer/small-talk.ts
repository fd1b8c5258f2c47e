import type { ReplyKey } from '../core/replies.ts'
import { anyOf, preparedForPatterns, type PatternText } from './message-pattern.ts'
import { isFoldedSyllable } from './syllable.ts'
import { words } from '../core/text.ts'

export type SmallTalkReply = Extract<ReplyKey,
  'hello' | 'thanks' | 'goodbye' | 'who_are_you' | 'abuse' | 'other_language' | 'blocked_question' | 'off_topic' | 'gibberish' | 'sticker' | 'empty'>

/**
 * What a message is that is surely no question to the handbook: looked at before the articles. A greeting or thanks
 * with a question beside it is the question. `knows`: whether a folded word stands in any article.
 */
export function findSmallTalk(message: string, knows: (word: string) => boolean): SmallTalkReply | null {
  const wordless = withoutWords(message)
  if (wordless !== null) return wordless
  const text = preparedForPatterns(message)
  if (blocked.in(text) !== null) return 'blocked_question'
  return courtesy(text) ?? (isForeign(message) ? 'other_language' : isGibberish(message, knows) ? 'gibberish' : null)
}

/** What a message is that may also be a question: looked at only where no article answers it. */
export function findOffTopic(message: string): SmallTalkReply | null {
  const text = preparedForPatterns(message)
  if (insults.in(text) !== null) return 'abuse'
  if (aboutBot.in(text) !== null) return 'who_are_you'
  return elsewhere.in(text) === null ? null : 'off_topic'
}

function withoutWords(message: string): SmallTalkReply | null {
  const text = message.trim()
  if (text === '') return 'empty'
  if (/^\[(?:nhãn dán|sticker)\]$/iu.test(text)) return 'sticker'
  if (/[\p{L}\p{N}]/u.test(text)) return null
  return /\p{Extended_Pictographic}|[:;]-?[)(D3]/u.test(text) ? 'sticker' : 'gibberish'
}

const wordSet = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))
const greetings = wordSet('chao hello hi hey helo alo allo hallo hellu halo')
const thanking = wordSet('cam on thanks thank tks thks thanhs ok oke okie okela vang u uh uk ro hieu')
const parting = wordSet('bye bai biet baibai goodbye')
/** What may stand beside a greeting without making it a question. */
const fillers = wordSet(`
  xin kinh tam a ah da oi nhe nha nhi nghe hen hi he ha ak ad admin bot em e anh chi co chu bac ban cac moi nguoi ca nha toi minh chau con tui
  buoi sang trua chieu toi dem nay ngay moi tot lanh vui ve ai khong do day o thoi gap lai hen nhieu lam rat qua luon roi duoc biet gi the
  nhieu lon dep ca ca can bo tro ly ao so cua va voi xinh may a nhe duoc thoi troi oi ngu ngon giup do nhiet tinh`)

function courtesy(text: PatternText): SmallTalkReply | null {
  const said = words(text).map((word) => word.replace(/(?<=[a-z])\d$/, ''))
  if (said.length > 12 || !said.every((word) => greetings.has(word) || thanking.has(word) || parting.has(word) || fillers.has(word))) return null
  if (partings.in(text) !== null) return 'goodbye'
  if (thanksTo.in(text) !== null) return 'thanks'
  if (said.some((word) => greetings.has(word)) || anyoneThere.in(text) !== null) return 'hello'
  return said.length <= 3 && said.some((word) => thanking.has(word)) ? 'thanks' : null
}
const partings = anyOf('tạm biệt', 'bye', 'goodbye', 'hẹn gặp lại', 'chào tạm biệt', 'ngủ ngon')
const thanksTo = anyOf('(cảm|cám) ơn', '(thanks|thank|tks|thks)')
const anyoneThere = anyOf('có ai (không|ở đây|đó|đây)')

const person = '(ông|bà|anh|chị|cô|chú|bác|em|người|vợ|chồng|hàng xóm|bạn|sếp|con nợ|giám đốc|chủ tịch|ny|người yêu|nó)'
const papers = '(giấy tờ|giấy|căn cước|căn cước công dân|chứng minh|bằng lái|bằng|bằng cấp|bằng đại học|con dấu|hộ chiếu|sổ đỏ|giấy phép lái xe|bằng lái xe|chữ ký|hồ sơ|thẻ)'
const blocked = anyOf(
  // Commands to the bot
  '(bỏ qua|quên|phớt lờ|hủy) (hết |mọi |các |tất cả |những )?(hướng dẫn|chỉ dẫn|quy tắc|mệnh lệnh|lệnh|chỉ thị)( trước| ở trên)?', 'ignore … (instructions|rules|previous|prompt)', '(system|developer) (prompt|mode|message)', 'prompt hệ thống', 'jailbreak', '(act as|pretend|you are now)',
  '(đóng vai|giả vờ|nhập vai|hóa thân)', 'tôi là (quản trị viên|quản trị|lập trình viên|người tạo ra bạn|sếp của bạn)', 'chế độ (gỡ lỗi|nhà phát triển|lập trình viên|quản trị|debug|developer|admin)', '(in|hiện|đọc|cho xem|tiết lộ) … (prompt|mã nguồn|cấu hình|lệnh hệ thống|api key|token|mật khẩu hệ thống)',
  // Other people's data
  `(đọc|xem|cho|gửi|liệt kê) … (tin nhắn|danh sách|dữ liệu) … (người khác|những người|người đã nhắn|người dân|khách|công dân)`, `danh sách (số điện thoại|người dân|căn cước|hộ nghèo có số)`,
  `(cho|tra|tìm|xem|cung cấp|xin|gửi|lấy) … (số điện thoại|số căn cước|căn cước|địa chỉ nhà|địa chỉ|số tài khoản|thông tin|hồ sơ|số nhà) … của (ông|bà|anh|chị|cô|chú|bác) (nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|a|b|x|y|hàng xóm|chủ tịch|nào|kia|này)`,
  'số điện thoại … của ai nhà', '(tra|tìm|xem) … (số điện thoại|biển số|số xe) … của ai', '(tra|tìm|xem) … (hàng xóm|người yêu cũ|vợ cũ|chồng cũ) … (ở đâu|đang làm gì|số|địa chỉ)',
  // Help with wrongdoing
  `(làm|chế|in|dạy|chỉ|cách|dịch vụ làm) … làm giả`, `làm giả ${papers}`, `(mua|làm|đặt) ${papers} … giả`, `(mua|làm|đặt) ${papers} giả`, `mua (bằng|bằng lái|bằng lái xe|giấy phép lái xe|bằng đại học) … (không cần|khỏi|không phải) (thi|học)`, `giả (mạo )?chữ ký`,
  `(cách|cách để|chỉ|dạy|muốn|giúp|làm sao|làm sao để|làm thế nào để|chỉ tôi|chỉ cách) hack`, `hack (facebook|zalo|nick|tài khoản|điện thoại|wifi|tin nhắn)( zalo| facebook)?( của)? (người khác|${person.slice(1, -1)})`, '(cách|chỉ|dạy|làm sao|làm thế nào) … lừa (người|được|tiền|lấy|ông|bà)', '(cách|làm sao|chỉ|giúp) … trốn (thuế|nợ|nghĩa vụ|nộp phạt)', 'trốn thuế mà',
  '(theo dõi|nghe lén|đọc trộm|đọc lén|xem trộm|định vị) … (điện thoại|tin nhắn|zalo|facebook)? ?(của )?(vợ|chồng|người yêu|bạn gái|bạn trai|người khác|ny)', '(cách|làm sao|chỉ|dạy) … (hối lộ|đút lót|rửa tiền|chế bom|chế thuốc nổ|bẻ khóa|trộm|cướp|giết người|lách luật)', '(mua|bán|chế) (súng|bom|ma túy|thuốc nổ|tiền giả)', 'nói xấu',
)

const insults = anyOf(
  '(địt|đụ|đù|đéo|lồn|cặc|buồi|đĩ|dmm|dcm|đcm|dm|đm|vcl|vkl|clgt|cmm|cmn|cc)', '(đồ|thằng|con|bọn|lũ|bot|máy|ad|mày) … (ngu|chó|khốn nạn|súc vật|điên|đần|dốt|mất dạy|vô dụng|khùng)', '(ngu|dốt|đần) (như|vãi|vl|quá|thế|vậy|thật|ghê)', '^ngu$', 'óc (chó|lợn|heo)', 'mẹ kiếp', 'khốn (nạn|kiếp)', 'mất dạy', 'vô dụng', 'bố láo', 'chó (má|chết)', 'cút', '(mẹ|bà|cha|bố) (mày|chúng mày|nó)', 'lừa đảo nhân dân', 'ăn hại',
)

const aboutBot = anyOf(
  '(bạn|mày|em|anh|chị|ad|bot|đây|ai|bên này) (là|tên) (ai|gì|người hay|máy hay|bot|robot|máy|con gì)', '(là|phải) (người|máy|bot|robot|chatbot|người thật) (hay|hả|à|không|trả lời|thật|đúng)', '(bot|robot|máy) (hay|hả|ha|à|phải không|trả lời)', '(ai|cơ quan nào|đơn vị nào) (làm|tạo|lập trình|quản lý|vận hành|viết) (ra )?… (bot|chatbot|bạn|trang này)', 'bạn (tên|bao nhiêu tuổi|mấy tuổi)', 'bạn (làm|giúp) được (gì|những gì)',
)

/** Clear cases only: what merely has no article is said so, not sent away. */
const elsewhere = anyOf(
  'yêu (em|anh|bạn|bot|ad|tôi|mình)', '(bạn|em|anh|ad|bot) … (người yêu|vợ|chồng|bạn gái|bạn trai|ny)', '(thích|nhớ|hôn|cưới) (tôi|em|anh|mình|bạn)( không)?$', 'thời tiết', '(mưa|nắng|bão) (không|hôm nay|ngày mai)', 'xổ số', 'lô đề', 'số đề', 'soi cầu', 'giá (vàng|xăng|heo|lợn|cà phê|tiêu|đô|đô la|lúa|sầu riêng)', '(kể|đọc) (chuyện|truyện|thơ)( cười)?', '^hát', 'hát (cho|một bài)',
  '(giải|tính) (giúp |hộ |giùm |cho )?(phương trình|bài toán|bài tập|toán|hộ)', 'tính … (nhân|chia|cộng|trừ|bình phương)', 'phương trình', '(viết|làm|soạn) … (bài văn|bài thơ|bài phát biểu|văn tả|luận văn|tiểu luận|bài tập)', 'dịch … sang tiếng', '(nấu|cách nấu|hướng dẫn nấu)', '(đá bóng|bóng đá|đội tuyển|ngoại hạng|world cup)', '(cổ phiếu|bitcoin|coin) … (tăng|giảm|mua|lên)', '(nên|có nên) mua … (bitcoin|cổ phiếu|vàng|đất|iphone)', 'mua (bitcoin|cổ phiếu|vàng)',
  'uống thuốc', '(đặt|mua|gọi) … (trà sữa|đồ ăn|cơm|pizza|vé xem phim|vé xe)', '(quán|nhà hàng|nhà nghỉ|khách sạn|homestay) … (ngon|rẻ|gần|đẹp|sạch)', '(tổng thống|thủ đô) (mỹ|nước|nga|của)', 'tử vi', 'xem bói', 'phong thủy', 'cung hoàng đạo', '(phim|nhạc|game) (hay|gì)',
)

/** Mostly another script; or English by its small words. */
function isForeign(message: string): boolean {
  const letters = message.match(/\p{L}/gu) ?? []
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length
  if (latin < letters.length / 2) return true
  if (/[ăâđêôơưĂÂĐÊÔƠƯ\u0300-\u0309\u0323]/u.test(message.normalize('NFC')) || /[áàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ]/iu.test(message.normalize('NFC'))) return false
  const said = words(message)
  const english = said.filter((word) => englishWords.has(word))
  return english.length >= 2 && english.some((word) => !isFoldedSyllable(word)) && english.length >= said.length * 0.5
}
const englishWords = wordSet(`
  the a an is are was were be am i you he she it we they my your his her our their me him us them this that these those what where when who why which how
  can could will would should do does did have has had need want know help please register registration residence office passport card to for of in on at from with and or not no yes
  hello hi good morning afternoon thank thanks speak english language vietnamese visa foreigner apply application open account bank lost phone number there here any get make tell about if`)

/** No word that could be Vietnamese, known or a number: `asdfghjkl`, `a`, `hjkl hjkl`. */
function isGibberish(message: string, knows: (word: string) => boolean): boolean {
  const said = words(message.replace(/(\p{L})\1{2,}/gu, '$1'))
  return said.every((word) => !/\d/.test(word) && !knows(word) && (word.length === 1 || !isFoldedSyllable(word)) && !englishWords.has(word))
    || (said.length === 1 && said[0]!.length === 1 && /\p{L}/u.test(said[0]!))
}
