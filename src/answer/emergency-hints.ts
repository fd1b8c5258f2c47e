import { child, type EmergencyReply } from './emergency-signs.ts'
import { anyOf, type MessagePattern } from './message-pattern.ts'

/** Words so grave that one is enough, where nothing speaks for an everyday question. */
export const graveWords: readonly { reply: EmergencyReply; words: MessagePattern }[] = [
  { reply: 'emergency_suicide', words: anyOf('kết liễu', 'bế tắc … chết', 'chết (đi|quách|luôn|mới|là) (cho|hết|xong)',
    '(cắt|rạch|cứa) cổ? tay', '(cat|rach|cua) (co)? tay', 'tuyệt mệnh', 'không (tha|thiết|màng) sống', '(tuyệt vọng|cùng quẫn|«quẫn trí»)',
    '(bỏ đi|đi) chết', 'nhảy từ (trên|tầng|lầu|cầu)') },
  { reply: 'emergency_child', words: anyOf('đồi bại', '(em nhỏ|em bé|trẻ con|đứa nhỏ|bé) … (đi lạc|bị lạc|la khóc)',
    '(bé|trẻ|cháu|sơ sinh) … (bỏ rơi|bị bỏ)', `(mất tích|thất lạc) … ${child}`,
    `${child} … (mất tích|thất lạc|kêu cứu|bầm tím|tím người)`) },
  { reply: 'emergency_fire', words: anyOf('«lửa»', 'lua (ngut|boc|chay|to|lon)', '«khói»', 'khoi (boc|den|mu|nhieu|um)',
    'cháy (xe|rừng|nhà|đồi|chợ)', 'nổ (lớn|lò|nồi|bình|pin)', 'hỏa hoạn') },
  { reply: 'emergency_police', words: anyOf('«chém»', 'chem (lon|nhau|nguoi)', '«đâm»', 'dam chem', '«trộm»', 'trom (be|cay|leo|vao|dang)',
    '«cướp»', 'cuop (giat|xe|tiem|nha)', '(bị|đang) (bắt|giam) giữ', 'bắt giữ (em|con|tôi|vợ|mẹ|chồng|người)', '«súng»', '«dao»', '(cam|rut|vac) dao',
    '(rượt|đuổi) (đánh|chém|theo|cả nhà)',
    'hành hung', 'ẩu đả', 'đập đầu', 'phá cửa', 'khống chế', 'con tin', '(không|chẳng) cho (tôi|em|con|mình|ai)? (về|ra ngoài|đi đâu)', 'tra tấn',
    'đòi mạng', '(xâm hại|lạm dụng) tình dục', 'cưỡng đoạt',
    'bạo lực gia đình', 'bạo hành', '(đuổi|tống) … ra khỏi nhà') },
  { reply: 'emergency_medical', words: anyOf('tai nạn', '«máu»', 'mau (me|chay|ra|phun)', '(ra|xuất|băng) huyết', '«gãy»',
    'gay (chan|tay|xuong|co)', '«tông»', '«vùi»', '«sập»', '«đuối»', '«chìm»', 'khí độc', '«bỏng»', 'axit', '(nằm|nam) im … (không|khong)',
    '«nguy kịch»', 'hấp hối', 'tắt thở', '(đau|nhói) (tim|ngực)', '(đau|lên cơn) … (quằn quại|dữ dội)', 'lên cơn', 'cấp cứu', 'nước cuốn',
    'bị chó … cắn', 'uống nhầm', 'đẻ rớt',
    'lũ (lên|về|quét|ống|cuốn)', '(cứu|giúp) … (mẹ|bố|con|vợ|chồng|bà|ông|em|người) (tôi|em|với)') },
]

const each = (...patterns: string[]): MessagePattern[] => patterns.map((pattern) => anyOf(pattern))

/** First the graver: its numbers are given when hints of several kinds meet. */
export const hints: readonly { reply: EmergencyReply; words: readonly MessagePattern[] }[] = [
  { reply: 'emergency_fire', words: each('«lửa»', 'khói', 'khét', '«nổ»', '(phát|tiếng) nổ', '(đang|bị) đốt') },
  { reply: 'emergency_medical', words: each('(«máu»|mau me|chay mau)', '(«đứt»|«gãy»)', '(té|«ngã»)', '«tông»',
    '(xe tai|xe khach|container|xe buyt)', '(kẹt|«kẹt cứng»)', '«vùi»', '(«lở»|sạt)', '«sập»', '«lật»', '«chìm»',
    '(ngon tay|ngón tay|bàn tay|cánh tay|chân|đầu|bụng|ngực)', '(nằm|gục) (dưới|giữa|im|một chỗ)', '(«tím»|tím tái)', '«thở»', 'nôn',
    '(cứu|cấp cứu)', '(không|k) (dậy|tỉnh|cử động|nhúc nhích|phản ứng)') },
  { reply: 'emergency_police', words: each('«dao»', '(gậy|mã tấu|búa|rìu|axit)', '(đâm|«chém»)', 'trộm', 'cướp',
    '(leo|trèo) (rào|tường|cửa)', '(«dọa»|đe dọa)', '(«đốt»|dot nha)', 'chặn (cửa|đường|xe)', '(sợ (quá|lắm)|run (quá|lắm)|la hét|kêu cứu)',
    '(say rượu|ngáo|phê thuốc|côn đồ|giang hồ|du côn)') },
]

/** What such words are about on any ordinary day here. */
export const everyday = anyOf(
  '(vneid|app|ứng dụng|tài khoản|«thẻ»|«mã»|qr|sim|link|ngân hàng|điện thoại|máy tính|«mạng»|trên mạng|qua mạng|facebook|zalo|tin nhắn|lừa đảo|chuyển khoản|tiền)',
  '(hồ sơ|giấy|giấy tờ|căn cước|hộ khẩu|dịch vụ|thủ tục|đăng ký|cán bộ|trung tâm|tra cứu|nộp|khai|xác nhận)',
  '(thế nào|như thế nào|bao nhiêu|là gì|ở đâu|khi nào|bao lâu|được không|phải không|có cần)',
)

/** Nothing but a call for help: the police number leads to all others. */
export const callForHelp = anyOf('^(ad|ai|trời|làm ơn|xin|hãy)? (ơi)? (hãy|làm ơn|xin|mau)? cứu (với|tôi|em|mình|chúng tôi|tụi em|mạng|người)? (với|đi|gấp)?$')
