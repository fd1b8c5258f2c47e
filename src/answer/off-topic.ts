import { anyOf, type PatternText } from './message-pattern.ts'

/** Whether a message is clearly about something else than ours: the weather, the lottery, a poem to be written. What merely has no article is said so, not sent away. */
export const isElsewhere = (text: PatternText): boolean => elsewhere.in(text) !== null && ours.in(text) === null

const elsewhere = anyOf(
  '(tôi|em|anh|mình|bot|bạn|ad|có|rất|biết) yêu (em|anh|bạn|bot|ad|tôi|mình)', '(bạn|em|anh|ad|bot) (có|đã có|đang có) (người yêu|vợ|chồng|bạn gái|bạn trai|ny) (chưa|không|hả|rồi|nhỉ) (vậy|ạ|hả|nhỉ|ad|em)?$',
  '(thích|nhớ|hôn|cưới) (tôi|em|anh|mình|bạn)( không)?$', 'thời tiết', '(«mưa»|nắng|«bão») (không|hôm nay|ngày mai)', '(mai|nay) có mưa', 'xổ số',
  'lô đề', '«số đề»', 'soi cầu', 'giá (vàng|xăng|heo|lợn|cà phê|tiêu|đô|đô la|lúa|sầu riêng)', '(kể|đọc) (chuyện|truyện|thơ)( cười)?', '^hát',
  'hát (cho|một bài)',
  '(giải|«tính») (giúp|hộ|giùm|cho)? (phương trình|bài toán|bài tập|toán)', '«tính» … («nhân»|chia|«cộng»|«trừ»|bình phương)', '«phương trình»',
  '(viết|làm|soạn) … (bài văn|bài thơ|bài phát biểu|văn tả|luận văn|tiểu luận|bài tập)', 'dịch … sang tiếng', '^(bot|bạn|ad|em|hãy)? (hãy)? (viết|soạn|thảo) (giúp|hộ|giùm|cho) (tôi|em|mình|con|cháu)? (một|cái|lá|bài|bức)? (đơn|thư|văn|thơ|cv|caption|kịch bản|bài|lá đơn|lá thư)', '«nấu»', 'nau (an|com|mon|pho|bun|chao|canh|xoi|banh)',
  '(đá bóng|bóng đá|đội tuyển|ngoại hạng|world cup)', '(cổ phiếu|bitcoin|coin) … (tăng|giảm|mua|lên)',
  '(nên|có nên) mua … (bitcoin|cổ phiếu|vàng|đất|iphone)', 'mua (bitcoin|cổ phiếu|vàng)',
  'uống thuốc', '(đặt|mua|gọi) … (trà sữa|đồ ăn|cơm|pizza|vé xem phim|vé xe)', '(quán|nhà hàng|nhà nghỉ|khách sạn|homestay) … (ngon|rẻ|gần|đẹp|sạch)',
  '(tổng thống|thủ đô) (mỹ|nước|nga|của)', 'tử vi', 'xem bói', 'phong thủy', 'cung hoàng đạo', '(có|xem|chơi|nghe) (phim|nhạc|game) (nào|gì|hay)',
)


/** Money lost or asked for, accounts, codes, threats, papers, police: whoever speaks of these beside a sweetheart or a bus ticket may be asking for help. */
const ours = anyOf(
  '(«lừa»|lừa đảo|bị lừa|«giả» (mạo|danh)|mạo danh|kẻ gian)', 'lua (dao|mat|het|tien|lay|mua|ban|qua|roi)', '(bị|da|dang) lua',
  '(chuyển|nạp|rút|mất|đóng|nộp|ứng|vay|mượn|cọc|đặt cọc|gửi|trả|trừ|đòi|hoàn|chuyển khoản|quẹt|quyên góp|ủng hộ) (tôi|em|mình|mẹ|anh|nó|cho|họ|hết|trước|gấp|thêm|cọc|lại)? (được)? (tiền|khoản|cọc|phí|hết)', 'chuyển khoản',
  '(bắt|đòi|đặt|đóng|giữ|chuyển) cọc', 'mất (tăm|hút|liên lạc|dạng)', '(mất|tốn|lừa|mượn|gửi|chuyển|nạp|đóng|góp|rút|nợ) … (triệu|nghìn|trăm|«tỷ»|«củ»)', '(mất|hết|bay|trừ) (sạch|hết)? tiền', '(rút|lấy|trừ) (hết|sạch)', '(không|chưa|chẳng) rút được', 'rút (mãi|hoài)? (không|chẳng|chưa) được',
  '(tài khoản|ngân hàng|atm|otp|mã xác (nhận|thực)|mã qr|mật khẩu|passcode|ví điện tử|momo|thẻ (tín dụng|ngân hàng|atm)|số tài khoản|sổ tiết kiệm|sao kê)',
  '(vneid|căn cước|hộ khẩu|giấy tờ|hồ sơ|khai sinh|khai tử|hộ chiếu|sổ đỏ|bằng lái|thủ tục|đăng ký|bảo hiểm|dịch vụ công|lý lịch tư pháp|thuế|mã số|cổng)',
  '(dọa|đe dọa|tống tiền|tung (ảnh|clip|hình)|ảnh nóng|clip nóng|ảnh nhạy cảm|bôi nhọ|quấy rối|khủng bố|đòi nợ|vay app|app vay)', '(công an|trình báo|tố cáo|báo ở đâu|báo ai|kêu ai)',
  '(bị|họ|nó|rồi|đã) (chặn|block|khóa)|(chặn|block) (số|máy|tôi|em|mình|liên lạc|rồi|luôn|facebook|zalo|nick)', '(mất|bị hack|hack|chiếm|cướp|khóa) (nick|acc|facebook|zalo|điện thoại|sim|máy)',
  '(qua|trên|từ) (mạng|facebook|zalo|tiktok|telegram|shopee|web|app)', '(quen|mua|bán|đặt|vé|hàng) (qua|trên)? (mạng|online)', '(rủ|dụ|gạ|mời|xúi) (rê|tôi|em|mình|con|mẹ|bố|bà|ông|mua|đầu tư|chơi|vào|vô|góp)', '(đường link|link|đường dẫn)',
)
