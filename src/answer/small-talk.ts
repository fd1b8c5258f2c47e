import type { ReplyKey } from '../core/replies.ts'
import { abbreviations, chatSpellings } from './chat-spellings.ts'
import { anyOf, preparedForPatterns, type PatternText } from './message-pattern.ts'
import { isElsewhere } from './off-topic.ts'
import { plainTalk } from './plain-talk.ts'
import { asksWhoWeAre } from './who-are-you.ts'
import { isFoldedSyllable } from './syllable.ts'
import { undoTelex } from './telex.ts'
import { wordList } from './word-list.ts'
import { clean, fold, words } from '../core/text.ts'

export type SmallTalkReply = Extract<ReplyKey,
  'hello' | 'thanks' | 'goodbye' | 'who_are_you' | 'abuse' | 'other_language' | 'blocked_question' | 'off_topic' | 'gibberish' | 'sticker' | 'empty' | 'say_what' | 'confused'>

/**
 * What a message is that is surely no question to the handbook: looked at before the articles. A greeting or thanks
 * with a question beside it is the question. `knows`: whether a folded word stands in any article.
 */
export function findSmallTalk(message: string, knows: (word: string) => boolean): SmallTalkReply | null {
  const wordless = withoutWords(message)
  if (wordless !== null) return wordless
  const text = preparedForPatterns(plainTalk(message))
  if (blocked.in(text) !== null || (roles.in(text) !== null && told.in(text) === null) || machineOrders.test(fold(message)) || asksForSomebody.test(clean(message))) return 'blocked_question'
  if (asksWhoWeAre(text)) return 'who_are_you'
  if (aboutBotItself.in(text) !== null) return 'off_topic'
  return remark(text) ?? courtesy(text) ?? (isForeign(message) ? 'other_language' : isGibberish(text, knows) ? 'gibberish' : null)
}

/** What a message is that may also be a question: looked at only where no article answers it. */
export function findOffTopic(message: string, knows: (word: string) => boolean): SmallTalkReply | null {
  const text = preparedForPatterns(plainTalk(message))
  if (insults.in(text) !== null) return 'abuse'
  if (aboutBot.in(text) !== null) return 'who_are_you'
  if (questioning.in(text) === null) {
    if (politeOpening.in(text) !== null) return partings.in(text) === null ? 'thanks' : 'goodbye'
    if (waiting.in(text) !== null) return 'say_what'
    if (later.in(text) !== null) return 'goodbye'
  }
  if (isElsewhere(text)) return 'off_topic'
  return !hasVietnamese(message) && isOtherLanguage(text, knows) ? 'other_language' : null
}

function withoutWords(message: string): SmallTalkReply | null {
  const text = message.trim()
  if (text === '') return 'empty'
  if (/^\[(?:nhãn dán|sticker)\]$/iu.test(text)) return 'sticker'
  if (/[\p{L}\p{N}]/u.test(text)) return null
  return /\p{Extended_Pictographic}|[:;]-?[)(D3]/u.test(text) ? 'sticker' : 'gibberish'
}

const wordSet = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))
const greetings = wordList('chào hello hi hey helo alo allo hallo hellu halo')
const thanking = wordList('cảm cám ơn thanks thank kiu kíu thanku thankiu tks thks tkss thanhs senkiu sankiu ok ôk oke okie okela ôkê vâng ừ ừm uh ùh ừh uk rõ hiểu')
const parting = wordList('bye bai bái biệt baibai goodbye')
/** What may stand beside a greeting without making it a question. */
const fillers = wordList(`
  xin kính tạm a à á ạ ah da dạ ơi nhé nhe nha nhỉ nghe hen hén hỉ hi hì hí he hé hè hế hê hề ha há hả hà ak ad admin bot em e anh chị cô chú bác bạn các mọi người cả nhà tôi tui mình cháu con tui you u ủ very much so
  buổi sáng trưa chiều tối đêm nay ngày mới tốt lành vui vẻ ai không đó đấy ở đây thôi gặp lại hẹn nhiều lắm làm rất quá luôn rồi được biết gì thế thì
  lớn đẹp chúc mừng năm sức khỏe một hỏi chút hết an khang thịnh vượng tết cán bộ trợ lý ảo sổ số của và vả với xinh mày may trời ngủ ngon giúp đỡ nhiệt tình hihi hehe haha hjhj kaka hichic cuối tuần đầu trực giỏi có tuyệt hay dễ thương tận tâm nghen ơ mi lo lô lố`)

/** "Tôi không biết chữ" is not nothing. */
const otherWords = anyOf('(không|chưa|chẳng) biết chữ', 'mù chữ')

function courtesy(text: PatternText): SmallTalkReply | null {
  if (otherWords.in(text) !== null) return null
  const said = text.trim().split(' ')
  if (said.length > 12 || !said.every((word) => greetings.has(word) || thanking.has(word) || parting.has(word) || fillers.has(word))) return null
  if (partings.in(text) !== null) return 'goodbye'
  if (thanksTo.in(text) !== null || wishes.in(text) !== null) return 'thanks'
  if (said.some((word) => greetings.has(word)) || anyoneThere.in(text) !== null) return 'hello'
  return said.length <= 3 && said.some((word) => thanking.has(word)) ? 'thanks' : null
}
const wishes = anyOf('^chúc (mừng|cả nhà|mọi người|ad|bạn|em|anh|chị|cô|các bạn|anh chị|bà con|sức khỏe|một ngày|ngày mới|buổi|ngủ ngon|năm mới)')
const partings = anyOf('tạm biệt', 'bye', '(bai|bái) (bai|bái)', 'goodbye', 'hẹn gặp lại', 'chào tạm biệt', 'ngủ ngon')
const thanksTo = anyOf('(cảm|cám) ơn', '(thanks|thank|tks|thks|thanku|senkiu|sankiu)')
/** Thanks or a farewell with more behind it: that, where nothing is asked. */
const politeOpening = anyOf('^(dạ|vâng|ok|ờ|à)? (cảm ơn|cám ơn|tks|thanks|tạm biệt|bye)')
/** "chờ tí": they go on at once. */
const waiting = anyOf('^(dạ|vâng|ok|ừ|ad|em|bạn)? (ơi)? (đợi|chờ|khoan|từ từ) (đã)? (tôi|em|mình|bác|cô|chú|con|cháu)? (một)? (chút|tí|xíu|tẹo|lát|lúc|đã|tí xíu|chút xíu) (đã|nhé|nha|ạ|em)?$')
/** "để mai hỏi tiếp", "thôi để tui ra xã": later, or elsewhere. */
const later = anyOf(
  '^(dạ|vâng|ok|ừ|thôi|vậy|thế)? để (mai|mốt|lát|lát nữa|tối|chiều|sáng mai|hôm khác|hôm sau|bữa khác|khi khác|lúc khác|rảnh) … (hỏi|coi|xem|tính|ra|lên|đi|nhờ|làm|nhắn|gọi|nói)',
  '^(dạ|vâng|ok|ừ|thôi|vậy|thế) (thì)? để (tôi|em|mình|con|cháu|bác|cô|chú) (tự)? (ra|lên|đi|nhờ|hỏi|về|suy nghĩ|tính|coi|xem)',
)
const questioning = anyOf('(sao|gì|đâu|nào|ai|mấy|bao nhiêu|bao lâu|không|chưa|hả|à)')
/** "lo" alone is worry, or a slip (lỡ): a greeting only as "a lô", "hế lô". */
const anyoneThere = anyOf('có ai (không|ở đây|đó|đây)', '(a|á|à|he|hê|hế|hé|hề|hè) (lo|lô|lố)')

/** "đúng rồi", "vô dụng", "không hiểu", "không cần nữa": said of us, about nothing in particular. */
function remark(text: PatternText): SmallTalkReply | null {
  if (contented.in(text) !== null) return 'thanks'
  if (discontented.in(text) !== null) return 'abuse'
  if (finished.in(text) !== null) return 'goodbye'
  return puzzled.in(text) === null ? null : 'confused'
}
const contented = anyOf('^(ha|haha|hihi|hehe|hì hì|kaka) (vui|hay|dễ thương|cưng)? (quá|ghê|thế|vậy)? (đi|luôn)?$', '^(dạ|à|ờ|ừ|vâng)? (đúng|chuẩn|chính xác|hay|tuyệt|tuyệt vời) (rồi|vậy|thế|luôn|quá)? (ạ|đó|đấy)?$', '^(dạ|à|ờ|ừ|vâng)? (tôi|em|mình)? (đã)? (hiểu|rõ) rồi (ạ)?$', '^(ok|oke|dạ|vâng|rồi|ừ)? (để)? (tôi|em|mình|tui)? (sẽ)? (làm thử|thử|thử xem|thử làm|làm theo) (xem|đã|nhé|ạ|coi)?$')
const discontented = anyOf('^(thật|quá|đúng là)? (vô dụng|vô ích|vô tích sự) (quá|thật|thế|vậy|luôn)?$', '^(bạn|máy|bot)? (chẳng|chả|không) giúp được gì (cả|hết)?$', '^(làm ăn|trả lời|nói) như (hạch|cái máy hỏng|máy hỏng|con vẹt|đấm vào tai|không)$', '(câm|ngậm) (mồm|miệng|họng)', '^(bọn|tụi|lũ|chúng) (mày|bay|nó) (toàn)? lừa (dân|người|đảo)', '^(trả lời|nói)? (sai|tào lao|linh tinh|vớ vẩn|lung tung) (rồi|quá|bét|hết)?$')
const finished = anyOf(
  '^(dạ|à|ờ|ừ|rồi)? (thôi)? (tôi|em|mình|con)? (không|khỏi|hết|chẳng|chả) (cần|muốn|cần hỏi|muốn hỏi|hỏi|còn|còn gì|cần gì|có gì|hỏi gì|còn gì hỏi|còn hỏi gì) (gì|chi)? (nữa|thêm|đâu|rồi) (đâu|rồi)? (ạ|em|ad|nha|nhé)? ((cảm|cám) ơn)?$',
  '^(dạ|à|ờ|ừ|rồi)? (thôi khỏi|«khỏi»|khỏi cần|thôi không|không cần|không cần đâu|vậy thôi|thế thôi|nhiêu đó thôi|bấy nhiêu thôi|hết rồi|đủ rồi|thế là đủ|vậy là đủ|vậy là được|xong rồi|không có gì|thoát|thoát ra|kết thúc|thôi nghỉ) (ạ|em|ad|nha|nhé)? ((cảm|cám) ơn)?$',
)
const puzzled = anyOf('^(dạ|ủa|ơ|tôi|em|mình|vẫn)? (vẫn)? (không|chưa|chẳng|chả) hiểu (gì|lắm)? (cả|hết|luôn)? (ạ)?$', '^khó hiểu (quá|vậy|thế|thật)?$', '^(bạn)? nói (gì|cái gì) (vậy|thế|đấy)?$', '^(nói|trả lời) (rối|khó hiểu) quá$')

/**
 * Whether a message has no word that a question could be about: "có", "hai", "tôi muốn hỏi cái này". Whether it answers
 * something said before is for whoever knows what that was.
 */
export function saysNothing(message: string): boolean {
  const said = clean(message).toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  if (said.length === 0 || said.length > 10 || said.filter((word) => /\d/.test(word)).length > 1) return false
  return said.every((word) => hollow.has(word) || /^\d{1,2}$/.test(word)) && otherWords.in(preparedForPatterns(message)) === null
}
const hollow = wordList(`
  a à á ạ ah da dạ dà đã vâng u ừ ư um ừm ưm uh ùh ừh uk uhm ok ôk oke okê okie oki ơi ở ờ ơ ô ha há hả hà hử hở nhé nhe nhá nha nhỉ nhi nhen hen hén hè hỉ vậy thế thì là mà má và với rồi đi đấy đây này nay nầy nì kia kìa ấy nọ nó có không ko k hổng hông hong hok được dc đc dùng đúng đừng phải thôi
  một hai ba bốn năm sáu bảy bẩy tám chín mười mươi số thứ tư cái việc chọn bấm gõ
  tôi toi tui em e mình anh chị chi bác cô chú cháu con bạn ad admin bot ông bà các mọi người họ
  cho xin hỏi hổi muốn cần nhờ giúp giùm giúm dùm hộ hãy hay lại làm lắm on ơn biết nói nghe chào chút xíu xiu tí tẹo tèo chuyện thêm nữa nửa luôn cũng đang sẽ định vui lòng long trợ lý ý`)

const papers = '(giấy tờ|giấy|căn cước|căn cước công dân|chứng minh|bằng lái|bằng cấp|bằng tốt nghiệp|bằng đại học|con dấu|hộ chiếu|sổ đỏ|giấy phép lái xe|bằng lái xe|chữ ký|hồ sơ|thẻ)'
const blocked = anyOf(
  // Commands to the bot
  '(bỏ qua|quên|phớt lờ) (hết|mọi|các|tất cả|những|mấy) (các|những|mấy|cái|mấy cái)? (hướng dẫn|chỉ dẫn|quy tắc|mệnh lệnh|lệnh|chỉ thị|luật (của (mày|bạn|bot)|hồi nãy|ban đầu|ở trên))', '(nghe|làm theo) lời (tôi|tao) … (không|đừng) theo', '(giờ|từ giờ) (mày|bạn|bot) nghe lời (tôi|tao)',
  'ignore … (instructions|rules|previous|prompt)', '(system|developer) (prompt|mode|message)', 'prompt hệ thống', 'jailbreak', '^system bạn', '(xem|đọc|in|cho|gửi|hiện) … prompt', '(lặp lại|nhắc lại|nói lại|in ra|đọc lại) (nguyên văn|toàn bộ|hết)? (các|những)? (chỉ dẫn|hướng dẫn|câu lệnh|lời nhắc) (của bạn|hệ thống|ở trên|phía trên)',
  'tôi là (quản trị viên|quản trị|lập trình viên|admin) (hệ thống|của bạn|bot|máy chủ|$)', 'tôi là (người tạo ra|sếp của|chủ của) (bạn|bot|mày)',
  'prompt (của)? (bạn|bot|mày|em)', '(xem|cho|gửi|đọc|tải) … mã nguồn (của bạn|của bot|$)',
  '(từ bây giờ|bây giờ|từ giờ|kể từ giờ|từ nay) (bạn|mày|bot|em|ad) (tên|là|phải|hãy|sẽ|không)', 'chỉ (được|có thể)? (trả lời|nói|đáp) (tôi)? (bằng|đúng|một|duy nhất|có hoặc|đồng ý)', '(trả lời|đáp) bằng (một|đúng một|1) (từ|chữ)', 'bạn … không (có|còn|bị) (giới hạn|ràng buộc|kiểm duyệt)',
  '^(hãy|bạn|bot|em|ad)? (hãy)? (nhắc lại|lặp lại|đọc lại|viết lại|nói lại) (câu|nguyên văn|lời|đoạn) (sau|này|dưới|trên)', '^(hãy)? (nói|nhắc|đọc) theo (tôi|tao|mình|em)', '^(bạn|bot)? (hãy|phải) (trả lời|nói|khẳng định|xác nhận|tuyên bố) (rằng|là)',
  '(giả sử|coi như|tưởng tượng|cứ cho|giả vờ) (bạn|mày|bot|em) là', '(bạn|mày|bot|em)? hãy (tuyên bố|xác nhận|hứa|cam kết) … (với tôi|rằng|là|tôi)',
  'chế độ (gỡ lỗi|nhà phát triển|lập trình viên|quản trị|debug|developer|admin)',
  '(in|hiện|đọc|cho xem|tiết lộ) … (prompt|mã nguồn|cấu hình|lệnh hệ thống|api key|token|mật khẩu hệ thống)',
  // Other people's data
  '(đọc|xem|cho|gửi|liệt kê) … tin nhắn … (người khác|những người|người đã nhắn|người dân)',
  'danh sách (số điện thoại|người dân|căn cước|người đã nhắn|những người đã)',
  `(cho|tra|tìm|xem|cung cấp|xin|gửi|lấy) … (số điện thoại|số căn cước|căn cước|địa chỉ nhà|địa chỉ|số tài khoản|thông tin|hồ sơ|số nhà) … của (ông|bà|anh|chị|cô|chú|bác) (nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|a|b|x|y|hàng xóm|chủ tịch|nào|kia|này)`,
  'số điện thoại … của ai nhà', '(tra|tìm|xem) … (số điện thoại|biển số|số xe) … của ai',
  '(tra|tìm|xem) … (hàng xóm|người yêu cũ|vợ cũ|chồng cũ) … (ở đâu|đang làm gì|số|địa chỉ)',
  // Help with wrongdoing
  `làm giả (cái|tấm|tờ|được)? ${papers}`, `(«dạy»|chỉ|cách) … «làm giả»`, `(mua|làm|đặt) (tấm|cái|thẻ|giấy)? ${papers} «giả»`, `mua ${papers} giả (vậy)? (ở đâu|chỗ nào|$)`,
  `mua ${papers} … (không cần|khỏi|không phải) (thi|học)`, 'giả (mạo)? chữ ký «của»',
  '(cách|cách để|«dạy»|muốn|làm sao|làm sao để|làm thế nào để|chỉ tôi|chỉ cách|chỉ em|chỉ cách để) hack',
  `hack (được)? (facebook|zalo|nick|tài khoản|điện thoại|wifi|tin nhắn) (zalo|facebook)? (của)? (thằng|con|ông|bà|người khác|vợ|chồng|người yêu|ny|bạn gái|bạn trai|hàng xóm)`,
  '(cách|cách để|«dạy»|«dạy» tôi|chỉ cách|làm sao để|làm thế nào để) lừa (người|được|tiền|lấy|ông|bà)',
  '(cách|làm sao|làm sao để|làm thế nào để|giúp tôi|chỉ tôi|muốn) (trốn|lách|né) (thuế|nghĩa vụ|nộp phạt|phạt nguội|phạt|công an)', '(cách|làm sao|làm sao để|giúp tôi|chỉ tôi) trốn nợ', 'trốn thuế mà',
  `(theo dõi|nghe lén|đọc trộm|đọc lén|xem trộm|định vị) (điện thoại|tin nhắn|zalo|facebook|máy) (của)? (vợ|chồng|người yêu|bạn gái|bạn trai|người khác|ny)`,
  '(cách|cách để|«dạy»|«dạy» tôi|chỉ cách|hướng dẫn|hướng dẫn tôi) (hối lộ|đút lót|rửa tiền|chế bom|chế thuốc nổ|bẻ khóa|lách luật)',
  '(mua|bán|chế) (súng|bom|ma túy|thuốc nổ|tiền giả)', '^(hãy)? nói xấu', 'nói xấu (chủ tịch|bí thư|lãnh đạo|đảng|nhà nước|cán bộ) … đi$',
)

/** To play somebody: an order, unless it is told of others. */
const roles = anyOf('^(hãy|bạn|mày|bot|em|ad)? (hãy|hãy thử|thử)? (đóng vai|nhập vai|hóa thân|giả vờ)', '(bạn|mày|bot|hãy) … (đóng vai|nhập vai|hóa thân)')
const told = anyOf('lừa', '(nhận|phát hiện) (ra|biết)', 'kẻ (gian|xấu)', '(gọi|nhắn) (điện|tin|cho tôi|tới|đến)', '(chúng|bọn|có người|thằng|hắn)', 'vai trò')
/** In English, and in the marks of chat templates: read as typed, since keys that look like Telex are none here. */
const machineOrders = /\b(?:act as|pretend (?:to|you)|you are now|from now on you)\b|<\|?\/?(?:im_start|im_end|system|assistant)\b|\[\/?inst\]|"role"\s*:\s*"(?:system|assistant)"/u

/** The number or address of somebody called by name, unless an official is meant: read as typed, since a name shows by its capital. */
const asksForSomebody = /^(?!.*(?:cán bộ|tổ công nghệ|tổ trưởng|trưởng (?:thôn|xóm|ấp|bản)|chủ tịch|công an)).*(?:cho|xin|tra|tìm|cung cấp|gửi|lấy).*(?:số điện thoại|sđt|căn cước|cccd|địa chỉ|số tài khoản|stk) (?:nhà )?của (?:ông|bà|anh|chị|cô|chú|bác|thằng|em) \p{Lu}\p{Ll}/u

/** Many of these are everyday words once the marks are gone (`các`, `buổi`, `điện`): those count only as typed. */
const insults = anyOf(
  '«địt»', '«đụ»', '«đéo»', '«lồn»', '«cặc»', '«buồi»', '«đĩ»', '(dmm|dcm|đcm|dm|đm|vcl|vkl|clgt|cmm|cmn)', 'dit (me|con|cu)', 'du ma',
  '(vai|nhu) lon$', 'con cac', '(đồ|thằng|con|bọn|lũ) (ngu|«chó»|khốn nạn|súc vật|«điên»|«đần»|mất dạy|vô dụng|ăn hại)', '^do cho$',
  '(bot|máy|ad|mày) … (ngu|«dốt»|«đần»|«điên»|vô dụng|ăn hại)', 'ngu (như|vãi|vl|quá|thế|vậy|thật|ghê|vcl|cc|dữ)', '(mày|máy|bot) ngu', '^câm (họng|mồm|miệng|không) (mày)? (lại|đi)', '(tổ|tiên sư|mả) cha (mày|chúng mày|nó)', '«dốt» đặc', '^(quân|lũ|bọn|phường) (lừa đảo|lừa) (chúng mày|tụi nó|này)?$', 'nói như (con)? (két|cứt)', '^ngu$',
  'óc (chó|lợn|heo)', 'mẹ kiếp', 'khốn (nạn|kiếp)', 'mất dạy', 'bố láo', '«chó» (má|chết)', '«cút»', '(mẹ|cha|bố) («mày»|chúng mày|tụi mày)', '(me|cha|bo) may$', '(du|dit|to|tien su) (me|cha|bo) may',
  '(nhu|như) (cc|cứt|«cặc»)', '^đồ (lừa đảo|lừa bịp|lừa|vô dụng|dỏm)', '(trả lời|nói) (chuyện)? như (con)? (vẹt|bò|hạch|máy hỏng)',
)

const aboutBot = anyOf(
  '(bạn|mày|em|anh|chị|ad|bot|đây|ai|bên này) (là|tên) (ai|gì|người hay|máy hay|bot|robot|máy|con gì)',
  '(là|phải) (người|máy|bot|robot|chatbot|người thật) (hay|hả|à|không|trả lời|thật|đúng)', '(bot|robot) (hay|hả|ha|à|phải không|trả lời)',
  '(người|máy) hay (là)? (máy|người) (trả lời|vậy|thế|thật|hả|$)',
  '(ai|cơ quan nào|đơn vị nào) (làm|tạo|lập trình|quản lý|vận hành|viết) (ra )?… (bot|chatbot|bạn|trang này)', 'bạn (tên|bao nhiêu tuổi|mấy tuổi)',
  'bạn (làm|giúp) được (gì|những gì)',
)

/** Said to the bot as to a person. */
const aboutBotItself = anyOf('^(em|bạn|anh|chị|ad|bot|mày) (bao nhiêu|mấy) tuổi (rồi|vậy|thế|ạ)?$', '^(em|bạn|ad|bot) ơi (em|bạn|ad|bot) (ăn cơm|ăn gì|ngủ|có người yêu|có vợ|có chồng) (chưa)?$', '^(bạn|em|anh|chị|ad|bot) (đã )?(có|yêu) (người yêu|vợ|chồng|bạn gái|bạn trai|ny|gia đình|con)( chưa| không)?( vậy| ạ)?$',
  '^(bạn|em|anh|chị|ad|bot) (đói|buồn|ngủ|ăn cơm|mệt|khỏe) (chưa|không)$')

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

/** A word with the dot or the hook of Vietnamese: "Shopee flash sale giảm 50%" is none of another language. */
const hasVietnamese = (message: string): boolean => (message.normalize('NFD').match(/[\p{L}\p{M}]*[\u0309\u0323][\p{L}\p{M}]*/gu) ?? []).some((word) => isFoldedSyllable(fold(word)))

/** Three words and more, most of them neither Vietnamese, known nor left by an input method: French, Hmong, Malay. Looked at where no article fits. */
function isOtherLanguage(text: PatternText, knows: (word: string) => boolean): boolean {
  const said = words(text).map(withoutTone).filter((word) => /^\p{L}{2,}$/u.test(word))
  const strange = said.filter((word) => !isFoldedSyllable(word) && !knows(word) && undoTelex(word) === null && !chatSpellings.has(word) && !abbreviations.has(word))
  return said.length >= 3 && strange.length >= said.length * 0.6
}

/** `trung1` as it is looked up: `trung`. */
const withoutTone = (word: string): string => word.replace(/(?<=\p{L})\d$/u, '')

/** No word that could be Vietnamese, known or a number: `asdfghjkl`, `a`, `hjkl hjkl`. */
function isGibberish(text: PatternText, knows: (word: string) => boolean): boolean {
  const said = words(text).map(withoutTone)
  return said.every((word) => word.length === 1 ? /\p{L}/u.test(word) : !/\d/.test(word) && !knows(word) && !isFoldedSyllable(word) && !englishWords.has(word))
}
