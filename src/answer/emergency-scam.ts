import { pastHarm } from './emergency-everyday.ts'
import { anyOf, type PatternText } from './message-pattern.ts'

/** A pasted or told "your child is in hospital, send money". */
export function demandsMoney(text: PatternText): boolean {
  if (onlyAsking.in(text) !== null) return false
  if (told.in(text) !== null) return moneyWanted.in(text) !== null || (reported.in(text) !== null && sum.in(text) !== null)
  return hospitalBill.in(text) !== null && transfer.in(text) !== null
}

/** What a caller tells to frighten: a relative hurt, arrested or held … */
const tellings = [
  'cấp cứu', '(nhắn|gọi|báo|nói) … (bệnh viện|nằm viện|gây tai nạn)', '(đang|phải) (ở|nằm) (bệnh viện|viện)', 'tai nạn',
  '(«mổ»|phẫu thuật|nhập viện|nguy kịch|đột quỵ)', '(can|phai|de) mo (gap|ngay|cap cuu|chuyen)', 'mổ (gấp|ngay|liền)', 'mo (lien|cap cuu)',
  'xe (tông|đụng|cán)', '(đâm|tông|đụng) (xe)? (vào|phải|trúng|chết) (người|vào người)', '«đâm» xe', '(đền|bồi thường) … (cho người ta|nạn nhân)',
  'bắt cóc', 'con tin', '(giữ|bắt) (con|chồng|vợ|mẹ|bố|cháu)', '(con|cháu) … (bị trói|bị giữ|bị bắt|bị nhốt|bị bắt cóc)', 'bị (công an|cảnh sát) bắt',
  '(ở|trên|trong|tại|dưới) (đồn|trại|đồn công an)', '(con|cháu|chồng|vợ|em) … (trong tay|ở chỗ|đang nằm trong tay) (tụi|bọn|chúng|tôi|tao)',
  '(gọi|báo|nhắn) … (bị ngã|bị té|nga cau thang|ngã cầu thang|té lầu|té cầu thang|gãy chân|chấn thương)', '(gọi|báo|nhắn|nói) … gãy (chân|tay)',
  '(té|ngã) (lầu|cầu thang) … (trường|lớp)',
]
const told = anyOf(...tellings)
/** … and that money must be sent. */
const moneyWanted = anyOf(
  'chuyển (khoản|tiền|gấp|ngay|cho|liền|giùm|giúp)', 'bảo chuyển', 'chuyển … (nghìn|số này|tài khoản)', '(chuyển|gửi) … số tài khoản', 'số tài khoản',
  '(chuyển|gửi|đưa|nộp|đóng|lo|cần|xin|chạy|mượn) … (triệu|«củ»)', 'nộp … tiền', '(đóng|gửi) tiền', '(cần|xin|lo) tiền (mổ|phẫu thuật|cấp cứu|viện|chuộc|đền|gấp|liền|ngay)', 'viện phí', 'tạm ứng', 'chuộc', 'đòi … (triệu|«củ»|tỷ)',
)
/** … or somebody reports it and names a sum. */
const reported = anyOf('(gọi|báo|nhắn|nói)')
const sum = anyOf('(triệu|nghìn|ngàn|«củ»)')

/** A hospital bill alone is everyday; one to be paid at once by transfer is not. */
const bills = ['(kẹt|thiếu|đóng|nộp|trả|cần|lo) … viện phí']
const hospitalBill = anyOf(...bills)
const transfer = anyOf('(chuyển|gửi) … (ngay|gấp|liền|nhanh|triệu|số này|mau)', '(gấp|ngay|liền) … (chuyển|gửi)')

/** Without one of these nobody demands anything. */
export const demandPatterns: readonly string[] = [...tellings, ...bills]

const onlyAsking = anyOf(
  ...pastHarm,
  'là gì', 'là như thế nào', 'như thế nào$', 'online là', 'cảnh báo', 'thủ đoạn', 'phòng (tránh|chống)', 'nhận biết', 'bảo hiểm', 'tai nạn lao động', 'kiện (ở đâu|ai)', 'nhầm', 'chuyển (viện|tuyến)',
  'có (phải )?lừa đảo không', 'mức (đóng|hưởng)',
)
