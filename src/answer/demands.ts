import { looksLikeStates, sayStatePages } from './addresses.ts'
import type { Article } from './article.ts'
import { anyOf, preparedForPatterns, type PatternText } from './message-pattern.ts'
import { perArticle } from './per-article.ts'

/** What strangers want, told by whom they meet; and the words by which the article that warns of it is found. */
const warningWords = { page: 'trang web giả mạo', notice: 'tin nhắn giả đường link lạ', call: 'giả danh gọi điện lừa đảo đòi tiền', middleman: 'quảng cáo làm giấy tờ nhanh trang giả lừa đảo' } as const
export type Demand = keyof typeof warningWords

/**
 * Whether a message tells of an address dressed up as the state's, a notice that was sent on, a call or visit that asks for
 * money, codes or papers, or somebody who gets papers made for money. The real procedure is never the sure answer to these,
 * only an article that warns.
 */
export function demandIn(message: string): Demand | null {
  const text = preparedForPatterns(message)
  if (looksLikeStates(message)) return 'page'
  if (isNotice(message, text)) return 'notice'
  if (callers.in(text) !== null && demands.in(text) !== null && bySlip.in(text) === null) return 'call'
  return middlemen.in(text) === null ? null : 'middleman'
}

/** The question in words by which the warning is found. */
export const asWarning = (question: string, demand: Demand): string => `${question} ${warningWords[demand]}`

/** Whether an article warns of such things in its title or short answer, or forbids handing something over. Each is read once. */
export function createWarningCheck(): (article: Article) => boolean {
  return perArticle(({ title, short }) => [title, short].some((text) => warning.in(preparedForPatterns(text)) !== null))
}

/** A notice that was pasted: a mobile number or a link that is not the state's, and what to do with it. */
const strangersAddress = /(?<!\d)0[35789]\d{8}(?!\d)|(?:https?:\/\/|www\.|\b[\w-]+\.(?:top|vip|xyz|cc|click|link|me|ly|info|online)\b)/iu
const orders = anyOf('(liên hệ|kết bạn|truy cập|bấm|nhấn|click|đăng nhập|quý khách|tải|cài|quét)')
const isNotice = (message: string, text: PatternText): boolean => strangersAddress.test(sayStatePages(message)) && orders.in(text) !== null

const somebody = '(ai|ai đó|người|người ta|người lạ|có người|đứa|thằng|họ|nó|số lạ|số này|đầu số|tổng đài|cán bộ|nhân viên|công an|công an khu vực|cảnh sát|cơ quan|cơ quan thuế|bên|ngân hàng|thuế|bảo hiểm|bảo hiểm xã hội|bưu điện|công ty|điện lực|nhà mạng|viễn thông|giáo viên|thầy giáo|cô giáo|y tế|bác sĩ|luật sư|công chứng viên|tổ trưởng|trưởng thôn|trưởng ấp|địa chính|xã|phường|trung tâm|dịch vụ công)'
const says = '(bảo|nói|kêu|đòi|bắt|xin|yêu cầu|kiu|biểu|báo|dụ|rủ|hứa|dọa|nhờ|hỏi|đọc|đóng|nộp|chuyển|đưa|gửi)'
/** Somebody called, wrote or came. */
const callers = anyOf(
  `${somebody} … (gọi|nhắn|xưng|tự xưng|rao|kết bạn|alo|inbox) … ${says}`, `${somebody} … (đến|tới|xuống|vô) (tận)? (nhà|cửa|quán|tiệm|xóm|thôn|trọ|chợ|cơ sở|xưởng|nơi) … (bảo|nói|kêu|đòi|bắt|xin|yêu cầu|kiu|biểu|mượn)`,
  `${somebody} … xuống (tận nơi)? (bảo|nói|kêu|đòi|thu)`, '^(gọi|gọi điện|nhắn|nhắn tin) … (bảo|nói|kêu|đòi|bắt|báo)', '(xưng|tự xưng|tự nhận|giả danh|mạo danh) (là)? (cán bộ|nhân viên|công an|người|bên|ngân hàng|thuế|điện lực|giáo viên|bưu điện|y tế|tòa án|tổ)',
  '(họ|nó|người ta|cán bộ|nhân viên|công an|ông|anh|cô|bà|chị) (kia|ta|đó|ấy|thuế|xã|phường)? (bảo|kêu|đòi|bắt|biểu|yêu cầu|xin) … (trước|qua zalo|vào tài khoản|tài khoản cá nhân|tiền mặt|mới (rút|nhận|lấy|làm|cho))',
)
/** And wants money, a code, papers, or something installed. */
const demands = anyOf(
  '(đóng|nộp|chuyển|đưa|trả|ứng|thu|gửi|lấy|cọc|mất|đòi|xin) … (tiền|phí|lệ phí|khoản|triệu|nghìn|ngàn|trăm|tài khoản|«củ»|phạt|cọc)', '(quét|chụp) … (mã|qr|mặt|khuôn mặt|căn cước|giấy tờ|thẻ|vân tay)',
  '(đọc|đưa|gửi|cho|xin|chụp|cung cấp|hỏi|khai|lấy|nhập|mượn|nói) … (căn cước|mã|otp|số tài khoản|số thẻ|thẻ|thông tin thẻ|ảnh|hình|mật khẩu|giấy tờ|giấy khai sinh|vân tay|điện thoại|sổ đỏ|sổ hồng)', '(kết bạn|kết bạn zalo|qua zalo|add zalo)',
  '(cài|tải|bấm|nhấn|click|vào|mở|truy cập) … (app|ứng dụng|link|đường link|đường dẫn|trang|web)', '(chia sẻ|xem) màn hình', 'điều khiển (từ xa|máy)',
)
/** The asker's own slip, or own call: nobody demands it. */
const bySlip = anyOf('(chuyển|gửi|gõ|bấm|ghi) … (nhầm|lộn|sai số)', '(tôi|em|mình|con|cháu) … (gọi|nhắn) (tổng đài|ngân hàng|công an|cho ngân hàng|cho tổng đài|lên|hỏi)')

const paper = '(giấy tờ|giấy|căn cước|bằng lái|bằng|giấy phép lái xe|hộ chiếu|lý lịch tư pháp|sổ đỏ|sổ hồng|hồ sơ|khai sinh|hộ khẩu|thẻ|thủ tục|tạm trú|visa|phạt nguội)'
/** Somebody who gets papers, lost accounts or lost money for a price. */
const middlemen = anyOf(
  `dịch vụ (nhận|chuyên|bao|online)? (làm|lo|chạy|bao|xóa|xin|cấp|đổi) … ${paper}`, 'dịch vụ (nào|gì|nhận|chuyên|giúp|trên mạng|online|này|kia|đó)? (lấy lại|lấy|thu hồi|đòi lại|đòi|cứu|mở khóa|xóa) … (facebook|zalo|nick|tài khoản|tiền|phạt)', `(«cò»|môi giới|đầu nậu) (nhận)? (làm|lo|chạy|bao|đất|giấy tờ|hồ sơ|bằng|kêu|bảo|nói|đòi|lấy)`,
  `(nhận (làm|chạy|lo)|(rao|quảng cáo|bao) (nhận)? (làm|cấp|đổi|chạy|lo|bán)) … ${paper}`, `${paper} … (bao đậu|bao đỗ|khỏi thi|không cần thi|không phải thi)`, `(làm|cấp|lấy|đổi|xin) … ${paper} … (nhanh|gấp|24h|lấy liền|lấy ngay|không cần đi|khỏi đi) … (giá|triệu|nghìn|trăm|tiền|phí|chuyển|đưa)`,
  `(họ|người ta|anh ấy|anh kia|chị kia|ông kia|người quen|người lạ|bên đó|chỗ đó|chỗ kia) … (làm|lo|chạy|đổi|lấy) (giùm|giúp|hộ|cho|nhanh|luôn) … (lấy|giá|đòi|thu|với giá|mất|hết) … (triệu|nghìn|trăm|tiền|phí)`, '(thuê|nhờ|có nên thuê|có nên nhờ) (dịch vụ|«cò»|môi giới|người ngoài|người trên mạng)',
)

const warning = anyOf('(«lừa»|lừa đảo|«giả»|giả mạo|giả danh|mã độc|«dọa»)', '(link|đường link|đường dẫn|trang web|tin nhắn|ứng dụng|cuộc gọi) lạ', '(không|đừng|chớ) (đưa|trả tiền)', '(cúp|tắt|dập) máy')
