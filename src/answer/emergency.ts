import type { ReplyKey } from '../core/replies.ts'
import { anyOf, preparedForPatterns, type MessagePattern, type PatternText } from './message-pattern.ts'

export type EmergencyReply = Extract<ReplyKey, `emergency_${string}`>

/**
 * Whether somebody is in danger now, and which numbers to give. Missing a real one is worse than a false alarm; words
 * that only look like one ("cháy hàng", "đánh giá", "nộp phạt tai nạn") do not count.
 */
export function findEmergency(message: string): EmergencyReply | null {
  const text = preparedForPatterns(message)
  if (told.in(text) !== null && moneyWanted.in(text) !== null && aboutScams.in(text) === null) return 'emergency_scam'
  const calm = withoutLookalikes(text)
  for (const { reply, signs, unless } of kinds) {
    if (signs.in(calm) !== null && (unless.in(calm) === null || urgent.in(calm) !== null)) return reply
  }
  return null
}

/** Cuts out phrases whose words are emergency words by chance. */
const withoutLookalikes = (text: PatternText): PatternText => {
  let rest: string = text
  for (let found = lookalikes.in(rest as PatternText); found !== null; found = lookalikes.in(rest as PatternText)) {
    rest = rest.replace(` ${found} `, ' · ')
  }
  return rest as PatternText
}

const lookalikes = anyOf(
  'cháy (hàng|túi|vé|máy|nổ|phố|tài khoản|deadline|da)', 'phòng cháy( chữa cháy)?', 'như cháy', '(dập|chữa) cháy tài khoản', 'nắng … cháy',
  '(định|giả|mạo|xưng|nặc|địa|vinh|công) danh', 'danh (sách|mục|bạ|dự|tính|nghĩa|hiệu|thiếp|bộ)', 'ngắt (kết nối|mạng|điện|giữa chừng|máy|sóng)', 'cướp (sim|thẻ)', '(clip|video|phim|ảnh) … (đánh nhau|cháy|tai nạn|đâm nhau)', 'mẫu (đơn|số|tờ khai)',
  '«chạy»', '(chạy chữa|chạy chậm|chạy grab|chạy xe|chạy được|chạy không)',
  'đánh (giá|máy|cắp|mất|dấu|số|thuế|lừa|bạc|bài|vần|thức|rơi|tráo|đổi|điện thoại|văn bản|đơn|chữ|răng|bóng|cá|bắt)',
  'cướp (nick|acc|tài khoản|facebook|zalo|giật trên mạng)', 'tài khoản … cướp', 'bắt cóc (online|qua mạng|trên mạng|mạng)',
  '(nóng|lo|đói|lạnh|tức|vui|ngại|bực|rối|chậm|mỏi|đau đầu|nhức đầu) (quá )?muốn chết', 'muốn chết (với|vì) (cái|cục|app|vneid|mấy|mớ|vụ)',
  'chết (máy|nguồn|cha|mẹ|dở|tiệt|rồi quên|mê)', 'cấp cứu (tài khoản|nick|facebook|zalo|điện thoại|máy tính)', 'giết (thời gian|mổ)', 'điện giật lag',
  'trộm (thông tin|cắp|tiền|mật khẩu|dữ liệu|vía|nghĩ)', 'mất trộm', 'kết thúc (phiên|cuộc gọi|hợp đồng|chương trình)', 'khủng bố', 'nhốt tài khoản', 'lửa tình',
)

/** Somebody is calling for help now: overrules what else the message asks about. */
const urgent = anyOf('cứu (tôi|em|e|con|mẹ|với|giúp|mạng|người|gấp)', '(gọi|giúp) … (gấp|với|ngay)', 'gấp (lắm|quá)', 'đang (cháy|chảy máu|bị đánh|bị nhốt|nguy kịch)', 'bất tỉnh', 'đuối nước', '(giờ|bây giờ) … (làm sao|sao đây)')

/** Money, papers, rules, news, the past: a question about such a thing, not the thing. */
const asksAbout = anyOf(
  'bảo hiểm', 'thẻ bảo hiểm', 'bảo hiểm y tế', 'chi trả', 'xuất trình', 'thủ tục', 'hồ sơ', 'nộp phạt', 'mức phạt', 'tiền phạt', 'phạt nguội', 'bị phạt', 'hưởng', 'chế độ', 'trợ cấp', 'hỗ trợ (tiền|kinh phí)',
  'là gì', 'là sao', 'là như thế nào', 'giấy (chứng nhận|chứng tử|phép|tờ)', 'khai tử', 'hộ khẩu', 'mai táng', 'mai táng phí', 'tử tuất', 'quy định', 'luật', 'phòng (tránh|chống|ngừa)', 'tập huấn', 'khóa học', 'tuyển',
  'hôm qua', 'hôm kia', 'hôm trước', '(tuần|tháng|năm) (trước|ngoái|qua)', 'vụ (cháy|tai nạn|án|cướp|tự tử)', 'tin (cháy|tai nạn|tự tử|cướp)', 'thông tin', 'thiệt hại', 'trên mạng', 'online', 'facebook', 'vượt đèn đỏ', 'mua ở đâu', 'báo giảm',
)

const somebody = '(tôi|em|e|mình|tớ|cháu|con|mẹ|me|má|bố|ba|cha|chồng|vợ|ông|bà|bác|chú|cô|anh|chị|bé|nó|người|trẻ|con em|con tôi)'
const child = '(bé|em bé|đứa bé|bé gái|bé trai|cháu|cháu bé|cháu nhỏ|trẻ|trẻ em|con nít|con tôi|con em|con gái|con trai|học sinh|đứa nhỏ)'

const fire = anyOf(
  '«cháy» (nhà|rừng|rồi|xe|bếp|kho|chợ|lớn|to|trụi|lan|dữ|cửa|phòng|cứu|cháy)', 'cháy (nhà|rừng|rồi|bếp|kho|chợ|lan|cháy)', '^cháy$', '«cháy»$',
  '(nhà|bếp|kho|chợ|rừng|phòng|xưởng|trọ|quán|đồi|chung cư|nhà máy|hàng xóm|lửa) … (đang |bị |bốc |phát )?cháy', '(xe|xe máy|ô tô|xe khách|tủ lạnh|máy|điện) … (bốc cháy|«cháy»)',
  'đám cháy', 'bốc cháy', 'đang «cháy»', 'bị «cháy»', 'có cháy', '«lửa» … (to|lan|lớn|dữ|ngùn ngụt)', 'lua (chay|to|lon) (lam|qua|roi|lan)', 'chập điện … cháy', 'nổ (bình )?(gas|ga)', '(gas|ga) nổ', '(gọi|cần|số|xe) (cứu hỏa|chữa cháy|xe cứu hỏa|xe chữa cháy)', '^cứu hỏa',
)
const medical = anyOf(
  '^cấp cứu', '(gọi|cần|đưa|xe|số|số điện thoại|tổng đài|đi|đang) … cấp cứu', 'cấp cứu (gấp|với|giúp|ngay|số)', 'gọi 115', 'bất tỉnh', 'ngất (xỉu|rồi|lịm|đi|ra)', '(bị|mới|vừa) ngất', 'hôn mê', 'co giật', 'đột quỵ', 'méo miệng', '«tím tái»', '«tím» (mặt|người|ngắt|lịm)', 'tim tai (het|roi|lai|ca|qua|mat|nguoi)', 'tim tai$',
  'ngừng (thở|tim)', '(không|khó) … thở', 'hết thở', 'hóc (xương|dị vật|hạt|đồ)', 'bị hóc', 'sặc (sữa|nước|cháo)', 'đuối nước', 'chết đuối', 'điện giật', '(rắn|chó dại|ong) … cắn', 'ong đốt', 'ngộ độc', 'chảy … máu', 'máu (chảy|ra nhiều|me)', 'ra nhiều máu', 'mất máu', 'cầm máu',
  'uống (nhầm|lộn) (thuốc|xăng|dầu|hóa chất)', 'uống thuốc (trừ|diệt|sâu|cỏ|chuột)', 'sắp (đẻ|sinh)', 'vỡ ối', 'đau đẻ', `${somebody} … bị tai nạn`, 'có (vụ )?tai nạn', 'tai nạn … (nặng|thương|kẹt|nằm|chảy máu|cứu|trước|ngay)', 'bị thương', '(xe|thuyền|đò|ghe) … lật', 'lật (xe|thuyền|đò|ghe)',
  '(sạt lở|lở đất|«sập») … (vùi|kẹt|chôn|đè|người)', 'bị (vùi|vùi lấp|kẹt|mắc kẹt|cuốn|lũ cuốn|nước cuốn)', 'mắc kẹt', 'cuốn trôi', 'thoi thóp', 'nguy kịch', 'đau (ngực|tim) … (dữ|thở|quá|vã)', '(«rơi»|té|ngã) … (xuống (ao|giếng|sông|hồ|suối)|«lầu»|bất tỉnh|gãy|chảy máu)', 'roi xuong (ao|gieng|song|ho|suoi)',
)
const police = anyOf(
  '(có|bị|thằng|bọn) cướp', 'cướp (cướp|cứu|kìa|giật|tiền|xe|đang)', '^cướp$', `bị (${somebody} )?(tụi nó |bọn nó |chúng nó |bố dượng )?đánh`, `${somebody} (đang |lại |hay |mới |vừa )?đánh (em|e|tôi|con|vợ|mẹ|đập|chảy|bầm|hoài|tới tấp)`, 'đánh (nhau|đập|hội đồng|ghen)', 'đang đánh', 'bạo hành', 'hành hung',
  '(chém|đâm) (nhau|người|tôi|em|chết)', '(cầm|rút|kề|dí) (dao|mã tấu|súng|hung khí)', 'hung khí', '(đòi|dọa|định|hăm|đe dọa) (giết|chém|đâm|tạt axit)', 'giết (tôi|em|e|người|cả nhà|vợ|chết)',
  '(có|bắt|thằng|ăn) trộm', 'trộm … (vào nhà|trong nhà|đột nhập)', 'đột nhập', '(bị|đang) (nhốt|giam|trói|bắt giữ|giữ ở|giữ trong)', 'bị (bắt cóc|bán sang|lừa bán)', 'cứu … bắt cóc', 'bắt cóc', '(bị|cưỡng|đòi) (cưỡng )?hiếp', '(bị|cưỡng) (cưỡng )?bức', 'hiếp dâm', 'ép (bán dâm|tiếp khách)',
  '(đập|phá|dập) (phá|cửa|nhà|đồ)( nhà)?( tôi| em)?', 'gọi (giúp )?(công an|cảnh sát) (giúp|gấp|với|ngay|tới|đến)', 'gọi 113', 'có người … (theo dõi|bám theo) (tôi|em)',
)
const suicide = anyOf(
  '(muốn|nghĩ đến|nghĩ tới|có ý định|ý định) … chết', '«tự tử»', '(muon|dinh|se|doi|toan|tinh|y dinh|thuoc|sau|cau) tu tu', '^tu tu', '«tự vẫn»', 'tự sát', 'quyên sinh', '(không|chẳng|chả|hết|chán|không thiết|chẳng thiết) (muốn |còn muốn )?sống( nữa)?', 'thiết sống',
  'sống … (ý nghĩa|làm gì nữa|để làm gì|chi nữa)', '(rạch|cắt|cứa) (cổ )?tay', 'nhảy (cầu|lầu|sông|hồ)', 'kết thúc (cuộc đời|cuộc sống|tất cả|mọi thứ|đời)', 'muốn kết thúc$', 'chết (cho rồi|quách|đi cho|không đau|cho xong|cho nhẹ)', 'treo cổ', 'uống thuốc (ngủ|sâu) (tự tử|chết|để)', 'tìm đến cái chết', 'từ giã cõi đời',
)
const childInDanger = anyOf(
  `${child} … (bạo hành|đánh|đánh đập|hành hạ|xâm hại|sờ mó|dâm ô|hiếp|hiếp dâm|cưỡng hiếp|bắt cóc|đi lạc|bị lạc|mất tích|bỏ đói|bỏ rơi|bị nhốt|lạm dụng)`, `(bắt cóc|xâm hại|hành hạ|bạo hành|bỏ đói|đánh đập|dâm ô|nhốt|hiếp) … ${child}`,
)

const either = (one: MessagePattern, other: MessagePattern): MessagePattern => ({ in: (text) => one.in(text) ?? other.in(text) })

interface Kind { reply: EmergencyReply; signs: MessagePattern; unless: MessagePattern }

/** First that fits: who may die first comes first; a child before the same done to a grown-up. */
const kinds: readonly Kind[] = [
  { reply: 'emergency_suicide', signs: suicide, unless: anyOf('mai táng', 'mai táng phí', 'hưởng', 'bảo hiểm', 'khai tử', 'giấy chứng tử', 'tin … tự tử', 'vụ tự tử', 'nhảy việc') },
  { reply: 'emergency_fire', signs: fire, unless: asksAbout },
  { reply: 'emergency_child', signs: childInDanger, unless: anyOf('trên mạng', 'online', 'qua mạng', 'phòng (tránh|chống|ngừa)', 'là gì', 'tập huấn', 'quy định', 'luật', '(tuần|tháng|năm) (trước|ngoái|qua)') },
  { reply: 'emergency_police', signs: police, unless: either(asksAbout, anyOf('vneid', 'sim', 'khóa', 'app', 'ngân hàng')) },
  { reply: 'emergency_medical', signs: medical, unless: asksAbout },
]

/** What a caller tells to frighten: a relative hurt, arrested or held … */
const told = anyOf('cấp cứu', 'tai nạn', '(«mổ»|phẫu thuật|nhập viện|nguy kịch|đột quỵ)', '(can|phai|de) mo (gap|ngay|cap cuu|chuyen)', 'mổ (gấp|ngay)', 'bắt cóc', '(giữ|bắt) (con|chồng|vợ|mẹ|bố|cháu)', '(con|cháu) … (bị trói|bị giữ|bị bắt)', 'con tin')
/** … and that money must be sent. */
const moneyWanted = anyOf('chuyển (khoản|tiền|gấp|ngay|cho)', 'chuyển … (triệu|nghìn|số này|tài khoản)', 'bảo chuyển', 'số tài khoản', 'đóng tiền', 'viện phí', 'chuộc', 'gửi tiền')
const aboutScams = anyOf('là gì', 'là như thế nào', 'như thế nào$', 'cảnh báo', 'thủ đoạn', 'phòng (tránh|chống)', 'nhận biết', 'bảo hiểm', 'online là', 'nhầm', 'chuyển (viện|tuyến)')
