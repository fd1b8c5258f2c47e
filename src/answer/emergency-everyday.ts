// What stands beside these words makes them no danger, though without marks they look like one. Added to the look-alikes of `emergency-calm.ts`.

const seller = '(shop|người bán|bên bán|chủ shop|chủ trọ|chủ phòng|chủ nhà|chủ đất|chủ quán|chủ tiệm|nhà xe|nhà hàng|khách sạn|homestay|tiệm|cửa hàng|gara|thợ|môi giới|bên cho thuê|bên thuê|phòng trọ|thuê (trọ|nhà|phòng|xe)|đặt (hàng|phòng|xe|bàn|tiệc|vé)|mua (hàng|xe|máy|điện thoại|đất))'
const share = '(một|hai|ba|năm|mười|nửa|phân nửa|1|2|3|5|10|15|20|30|40|50|70|80|100|200|300|500)'
/** `bat coc`: a deposit. Whoever is abducted is named behind the words, a deposit's share or time is. */
const deposits = [
  `${seller} … bắt cọc (trước|tiền|hàng|xe|phòng|rồi|mới|nhiều|cao|không|có|luôn|hết|${share} (tháng|triệu|nghìn|trăm|ngàn|phần trăm|tiền|mới|rồi|thì|có|là)|${share}$)`, `${seller} … bắt cọc$`, `${seller} … bắt cọc ${share} (tr|trieu|thang)`,
  'bắt cọc (trước)? (tiền (phòng|hàng|xe|nhà|trước|vé|thuê|đặt|mới)|nửa|phân nửa|một nửa)', 'bắt cọc (trước)? (1|2|3|5|10|20|30|40|50|70|100|200|300|500|một|hai|ba) (triệu|nghìn|ngàn|trăm|tháng|phần trăm) (tiền|mới|để giữ|giữ (phòng|chỗ|hàng|xe)|rồi mới|có|là|thì|nhà|phòng)', 'bắt cọc trước (20|30|40|50|70|100|mới|khi (giao|nhận|gửi|thuê)|rồi mới|hàng)', 'bắt đặt cọc',
]

const death = '(mất|chết|qua đời|mat|chet)'
const lastPapers = '(khai tử|báo tử|mai táng|mai táng phí|giấy chứng tử|chứng tử|tử tuất|tiền tuất|xóa hộ khẩu|cắt hộ khẩu|xóa thường trú)'
/** Somebody died, of whatever: now papers or burial money are asked about. */
const bereaved = [
  `${death} … (đuối nước|tai nạn|đột ngột|đột quỵ|tự tử|cháy|điện giật|tai biến|chết đuối|bệnh viện) … … … ${lastPapers}`, `(chết đuối|đuối nước|tự tử|bị tai nạn|đột quỵ|điện giật) … (mất|chết|qua đời) … … ${lastPapers}`, `(chết đuối|tự tử|treo cổ|điện giật chết) (hôm qua|hôm kia|hôm trước|tuần trước|tháng trước|năm ngoái|rồi) … … ${lastPapers}`,
  `${lastPapers} … … (mất|chết|qua đời) … (đuối nước|tai nạn|đột ngột|đột quỵ|tự tử|cháy|điện giật|chết đuối)`, `${lastPapers} (cho)? (người)? (chết đuối|tự tử|đuối nước)`,
]

/** Without marks "nam ngoai" is also "nằm ngoài": only with what has become of it since. */
const longAgo = '(«năm ngoái»|nam ngoai (gay|cut|khong|gio|nen|den|lam|mat|tay|quet|app|van|chua|bi|co seo)|năm (trước|kia|rồi|xưa)|tháng trước|hồi (trước|xưa|nhỏ|năm|tháng|còn)|mấy năm (trước|nay|rồi)|lâu rồi|trước đây|từ (nhỏ|bé|hồi)|ngày trước|ngày xưa|(hai|ba|bốn|mấy|nhiều|1|2|3|4|5) (năm|tháng) (trước|rồi|nay))'
/** An accident of long ago, after which a face or a finger is not recognised any more. */
export const pastHarm = [`(bị|gặp)? (tai nạn|tai biến|đột quỵ|bỏng|té|ngã|cháy nhà|điện giật|gãy tay|cụt tay|liệt|ong đốt) (giao thông|xe|xe máy|lao động)? … ${longAgo} (bị|nên|làm)? (gãy|cụt|liệt|mất|tay|mù|sẹo)? (tay|chân|ngón)?`, `${longAgo} … bị (tai nạn|tai biến|đột quỵ|bỏng|té|ngã|điện giật|gãy tay|chém|đâm|đánh)`]

const things = '(điện thoại|dép|giày|dây sạc|sạc|dây cáp|cáp|thẻ|căn cước|giấy tờ|giấy|ví|bóp|sách|sổ|bằng|tiền|tai nghe|remote|máy|áo|quần|mũ|hộ chiếu)'
/** Habits (`nghien` is also `nghiền`) and beasts. */
const habits = [
  'nghien (youtube|game|điện thoại|dien thoai|tiktok|facebook|zalo|may|may tinh|xem|mang|internet|phim|truyen|ca phe|mua sam|livestream|choi game|choi dien thoai|coi|luot|ipad|tivi|ti vi)', `(chó|mèo|chuột|khỉ|bò|heo) (nhà)? (cắn|gặm|nhai|tha|ngoạm|nuốt) (mất|nát|hỏng|hư|đứt|rách|bể|luôn|mất tiêu)? (mất)? (cái|chiếc|sợi|tấm|cuốn|cục|đôi)? ${things}`,
]

export const everyday: readonly string[] = [...deposits, ...bereaved, ...pastHarm, ...habits]
