import { everyday } from './emergency-everyday.ts'
import { anyOf } from './message-pattern.ts'

// Marks decide many of these words: without them `lửa` is also `lừa`, `sờ` is `hồ sơ`, `cạy cửa` is `tin cậy của`.
// Such words stand in «», and their forms without marks only inside longer phrases.

/** Phrases whose words are emergency words by chance. */
export const lookalikes = anyOf(
  ...everyday,
  'cháy (hàng|túi|vé|máy|nổ|phố|tài khoản|deadline|da|show|pin|bóng đèn|giỏ|sàn)', 'phòng cháy( chữa cháy)?', 'như cháy', '(dập|chữa) cháy tài khoản', 'nắng … cháy',
  'pccc', '(định|giả|mạo|xưng|nặc|địa|vinh|công|ghi|điền|điểm|báo|chức|học|hư|tiếng) danh', 'danh (sách|mục|bạ|dự|tính|nghĩa|hiệu|thiếp|bộ)', 'ngắt (kết nối|mạng|điện|giữa chừng|máy|sóng)',
  'ngất (ngây|ngưởng)', 'cướp (sim|thẻ|cò|lời|công)', '(clip|video|phim|ảnh) … (đánh nhau|cháy|tai nạn|đâm nhau)', 'mẫu (đơn|số|tờ khai)',
  'máu (lạnh|mặt|mê|chiến|ghen|nóng|ăn thua|kinh doanh)', '(nhóm|thử|xét nghiệm) máu', 'ngân hàng máu', '«chạy»',
  '(chạy chữa|chạy chậm|chạy grab|chạy xe|chạy được|chạy không)',
  'đánh (giá|máy|cắp|mất|dấu|số|thuế|lừa|bạc|bài|vần|thức|rơi|tráo|đổi|điện thoại|văn bản|đơn|chữ|răng|bóng|cá|bắt|vợt|đàn|trống|ghen trên mạng|đố|tiếng|bay|liều|cược|nhầm|sai|rớt|trượt)',
  'danh (rot|truot)', 'đánh (con (gì|mấy|nào|số)|đề|lô)', 'cướp (nick|acc|tài khoản|facebook|zalo|giật trên mạng)', 'tài khoản … cướp', 'bắt cóc (online|qua mạng|trên mạng|mạng)',
  '(nóng|lo|đói|lạnh|tức|vui|ngại|bực|rối|chậm|mỏi|lâu|mắc|nản|lag|xa|oải|ghét|chờ|đợi|đau đầu|nhức đầu) (quá )?muốn (chết|xỉu)',
  'muốn chết (với|vì) (cái|cục|app|vneid|mấy|mớ|vụ|hồ sơ)', 'muốn (xỉu|ngất|điên|khùng)',
  '(thương|đẹp|xinh|cưng|sợ|mắc|đắt|giá|ngon|cute|yêu|cười|mê|hết hồn|xỉu) (xỉu|ngất|chết đi được|muốn xỉu)', 'xỉu (up|ngang|luôn á|lên xỉu xuống)',
  'cười (chết|ngất|xỉu|té ghế|đau bụng)', '(nóng|lạnh|ồn|mệt|chán|mắc|tức|vui) chết (đi được|mất|luôn)', 'chết đi được', 'mê (mẩn|man phim)',
  '(treo|đơ|lag|lỗi|app|máy|web|trang|mạng) … muốn chết', 'chết (máy|nguồn|cha|mẹ|dở|tiệt|rồi quên|mê|rồi nộp|rồi hả|pin|đứng|link)',
  'chết (rồi|cha|mẹ|thật|dở) (em|tôi|quên|lỡ|nhập|mất|có)', 'cấp cứu (tài khoản|nick|facebook|zalo|điện thoại|máy tính)', 'giết (thời gian|mổ|virus)',
  '«diệt virus»', '(điện|có|bị|hay|app|máy|màn hình|mạng)? giật (lag|giá|tít)', '(giá|đắt|phí|mắc|lãi|lãi suất|chặt chém) … cắt cổ', 'chặt chém', 'hiến máu', 'chém (giá|gió)', '«tội danh»', 'tôi danh (gi|nao|la|cua|nay|do|khac)',
  'mua sắm', 'ép (giá|cân|nhựa|dẻo)', 'kẹp (phong bì|bì thư|tiền|hồ sơ|giấy)', 'giam (vốn|tiền|đơn hàng|điểm)',
  'ôm (cả|hết|nguyên|một)? (về|đống|xấp|mớ|tập|hồ sơ|giấy|tiền|nợ|hàng|đất|việc|show)',
  '(chống|phòng) (tránh)? đuối nước', 'học bơi', '«giá» … chữa cháy', 'dán đè', 'ghi đè', '(lưu|chép|viết|đóng) đè', 'đè lên (mã|nhau|thửa|đất)', 'bất động sản',
  'nghiên cứu', 'tra cứu', 'tra cuu', '(xem|tra|phúc) cứu', 'căn cứ', 'cứu cánh', 'không thở nổi (với|vì)', '(sống không nổi|không sống nổi) (với|vì)',
  'cứu (hộ xe|trợ|xét|hộ giao thông|vãn|net|bồ)', 'tông (màu|giọng|môn)', '«tổng» ',
  'tong (dai|cuc|hop|so|cong|ket|quan|the|bi|lien|thu|giam|tien|chi|dieu tra|hoi|bien|luc|tham)', '(giật|sốc) (tít|gân|giải|mình|nảy)', 'giật mình', 'rớt nước mắt',
  'rơi nước mắt', 'té (ngửa|ra|ghế|nước|tát)', 'giam lương', 'kẹt xe', 'tiệm sửa', 'sửa xe', 'cán bộ (đuổi|la|mắng|quát|chửi)', 'chết mất', 'gãy kính', 'sốt xuất huyết … nhiều không',
  '(giữ|tịch thu|lấy) (hết|mất)? (giấy tờ|căn cước|hộ chiếu|điện thoại)', '(tăng|mắc|rẻ|đắt|cao) (xỉu|ngất)', '(gãy|đổ) cành', 'đổ (rác|xăng|mồ hôi|nợ)',
  'muỗi (đốt|chích)', 'kẻ (xấu|gian)', 'trộm (thông tin|cắp|tiền|mật khẩu|dữ liệu|vía|nghĩ)', 'mất trộm',
  'kết thúc (phiên|cuộc gọi|hợp đồng|chương trình|khi nào|năm học|hồ sơ|đăng ký)', 'khủng bố', 'nhốt tài khoản', 'lửa tình', 'bạo lực học đường', '(hỏi|giải) đáp',
  'đáp (án|ứng|số)', '(kinh|thực|y|quốc|thuế|cụ|tinh) tế', '(bảo đảm|đảm bảo|đảm (nhận|đang|đương)|đám (cưới|ma|giỗ|hỏi|đông|tang|mây))', '«giảm» ',
  'giam (gia|tru|ngheo|thue|phi|muc|tien|le|nhe|doc|sat|dan)', 'treo («cờ»|giò|biển|máy|thưởng|ảnh|băng rôn)',
  'treo co (to quoc|do|ru|dip|ngay|nuoc|mung|trong|truoc|o)', '(không|chẳng|ko) muốn sống (ở|chung|với|cùng|tại|xa|gần|trong (nhà|xã|khu|thôn))',
  '(đời|kỹ năng|sinh|môi trường|chi phí|mức|nguồn) sống',
  '(thẻ|bằng|bằng lái|bằng lái xe|giấy phép lái xe|căn cước|căn cước công dân|sim|chìa khóa|ghế|bàn|kính|chân chống|gương) … (gãy|bể|nứt|vỡ)',
  '(xe|bằng lái|giấy tờ|giấy phép|hàng|tang vật|phương tiện|bằng) … (tạm giữ|giam giữ|bị giữ|bị giam|giam|giữ)',
  '(giam|giữ|tạm giữ) (xe|bằng|giấy|hình sự|hành chính|phương tiện|hàng)', '(đốt|hun) (rác|rơm|rạ|rơm rạ|vàng mã|nhang|đồng|lá)( … khói( mù mịt| um| đen)?)?',
  'khói (bụi|xe|thuốc|nhang|bếp|nhà máy)', '(pháo|súng) (hoa|nước|săn|đồ chơi|nhựa|phun)', 'ngã (ba|tư|năm|sáu|bảy|giá)',
  '(ngã tư|ngã ba|điểm|chỗ|đoạn|đường) … (hay|dễ|thường) … tai nạn', 'gây tai nạn nhiều', '(dễ|hay|thường|giảm) (xảy ra|bị|gây) tai nạn',
  'sập (web|mạng|trang|bẫy|server|sàn|hệ thống|app|tiệm|nguồn)', '(web|mạng|trang|server|hệ thống|app|cổng|sàn|dịch vụ công) … «sập»',
  '(trang|web|he thong|cong|app|mang) … sap (roi|chua|ha|khong|hoai|luon|mang|web)', 'sap (het han|tôi|xep|het|den|nhap|thi|cuoi|bau|ra)',
  'lật (mặt|kèo|tẩy|sổ|trang)', 'chìm (trong|xuồng tiền|nghỉm trong)', 'đắm (say|chìm)', 'ngáo (ngơ|giá|quyền lực)', 'cắn (răng|câu|rứt)',
  'đâm (ra|đơn|lo|nản|sợ|hoảng)', '(bóng|pin) bỏng', 'bỏng (ngô|tay vì|mắt)', 'lũ (trẻ|trẻ con|nhỏ|con nít|bạn|học trò|học sinh|cháu|khỉ|gà|vịt|heo|chó|mèo|chuột|tôi|chúng)', 'sợ chết khiếp', '(giá|tăng|giảm) «sốc»', '«giá» (xăng|điện|vàng|cả|nước) … «sốc»', '(đội bóng|«giá» (xăng|điện|vàng|đất)) … cháy', 'nóng bỏng', 'cháy bỏng', 'hóc (búa|hiểm)', 'sặc (mùi|sỡ|cười)', 'trôi (chảy|nổi)',
  'nuốt (lời|trôi|không trôi|chửng)', 'khó nuốt', 'khó thở (với|vì) (giá|thủ tục|deadline)', '(quên|chưa|lâu) … (uống thuốc)', 'uống (bia|cà phê)',
  'nước (uống|mắm|sạch|máy)', 'hang đá', 'tai biến (năm|hồi|lâu|cũ)',
  // Fright at a mishap, a purse, grown-up children
  '^(ôi|ối|úi|thôi|ấy|trời|trời ơi)? «chết» (rồi|thật|chưa|nỗi|cha|mẹ|mồ)', '«chết (chửa|nỗi|bà)»', 'thôi chết (chuyển|bấm|nhấn|quên|lỡ|nhầm|gửi|đọc|đưa|nộp|mất|để quên)', 'chết đói', '(thẻ|tiền|giấy) (bị)? «kẹt»', '(the|tien|giay) (bi)? ket (trong|o) (may|cay|tru|atm)', '«kẹt» (thẻ|tiền|vốn|lịch|việc)', 'ket (the (atm|ngan hang|trong)|tien|von)', 'kẹt … (chuyển|mượn|vay|gửi) … (triệu|nghìn|«củ»|tiền)',
  '(chó|mèo|rắn|chồn|cáo|chuột) … (cắn|vồ|tha|ăn) (chết)? (mất)? (hết)? (con|mấy con|bầy|đàn)? (gà|vịt|ngan|heo|lợn|chó|mèo|dê)', 'bán máu', 'khóc (đòi|vòi) (mua|xem|coi|chơi|đi chơi|quà|điện thoại|máy|game|ti vi|đồ chơi|ăn|bú|mẹ)', 'đi (làm|học) (xa|ăn|công nhân|công ty|thuê|mướn|thành phố|nước ngoài|trong nam|ở)',
  // Things, beasts and idioms
  '(bắt|trộm|lùa|dắt) (mất|trộm)? (mấy|hai|ba|cả|nguyên)? (con|bầy|đàn) (gà|vịt|ngan|heo|lợn|«chó»|cho cua|cho nha|mèo|«bò»|trâu|dê|chim|cá) … (đi mất|đi luôn|đi rồi|đi đâu|mất)',
  '(điện thoại|máy tính|«ví»|«bóp»|thẻ|sim|giấy tờ|chìa khóa|đồng hồ|dép|«nón»|mắt kính|«tiền»|bằng lái|căn cước) (tôi|em|con|mình|của tôi|nó|bị|anh|mẹ|ba)? (rơi|rớt|té|lọt|tuột) (mất|tõm|luôn)? (xuống|vào|vô)? (nước|ao|sông|mương|biển|giếng|hồ|suối|cống|ruộng|đất|hố|bồn|kênh)?',
  '(«bò»|trâu|heo|«lợn»|gà|vịt|«chó»|mèo|chim) (nhà|của|con|nuôi) … («đuối»|ốm|bệnh|chết|bỏ ăn|sắp đẻ)', '(chim|gà|vịt|mèo) … bị … cắn', '(chán|ngán) sống (với|vì) (mấy|cái|đám|vụ|thủ tục|giấy|hồ sơ|app|ba cái)',
  '(mỏi|chờ|đợi|muốn|sụm|còng) … gãy (lưng|cổ|giò)', '(chờ|đợi) … không nổi', 'nhốt (tiền|tài khoản|xe|hàng)', '(bấm|gõ|ghi|nhập|quét|nói|đọc|viết) … «trật»', '(họ|người ta|chúng|tụi nó|kẻ gian) … làm bậy',
  '(sợ|lo|phòng|nguy cơ|tránh|có thể|hay|dễ|thường|chống) (bị)? (sạt lở|lụt|lũ|ngập|lở đất|lũ quét|lũ lụt|bão lũ)', '(xe|ô tô) … (đậu|đỗ|để) … (chắn|chặn) (cửa|cổng|ngõ|đường|lối)',
  'đánh (lưới|bắt|cá|tôm)', 'đi ghe đánh', '(bạn|bạn bè) … (chọc|ghẹo|chọc ghẹo|trêu)', 'giật (mất)? (cặp|tập|vở|bút|đồ chơi)',
  'muốn (bể|nứt|vỡ|nổ) (cái)? đầu', 'chờ dài cổ', 'lội bộ', 'rách (quần|áo|sách|vở|giấy|dép)', '(tai biến|đột quỵ|liệt) … (mấy|hai|ba|bốn|nhiều|một|1|2|3|chục) (năm|tháng) (nay|rồi|trước|liền|qua)',
  // Typed without marks, "từ từ", "bộ đội", "lãnh đạo", "ở đâu làm", "khổ quá"
  'tu tu (em|tôi|minh|con|bac) (doc|xem|coi|lam|hoi|tinh|noi)', '(lien|cam|doan|niem) ket', 'ket (noi|qua|hon|hop|ban|luan|nap|cau)', 'tu tu (da|nhe|nha|de (tôi|em|minh|con|bac)|thoi|hay|ti|noi|doc|xem|coi|hoi|tra loi|chut|tinh|nao)', '(doc|noi|chay|di|lam|chi|huong dan|giai thich|tra loi) tu tu', '(chu|can bo|di|linh|la|cac chu|nguoi|lam|anh) bo doi', 'can bo doi', 'bo doi (bien phong|xuat ngu|phuc vien|ve|may|cu)',
  '(lanh|chi|chu|hai|quan|ban|thien|phat|dia) dao', 'dao (tao|duc|ly|dien|nguoc)', '(ra|o|di|den|gap|hoi|nop|xin|lay|phai di|len) dau (lam|qua|du|quan)', '(lan dau|bat dau|hang dau|ngay tu dau|ban dau|o dau|ra dau|di dau) de', 'dap be (cai|dien thoai|may|kinh|ly|chen|man hinh)', 'an phai (di|co|nop|lam|khong)', '(quet|dang nhap|lam|chuyen|nop|bam|tra|xac thuc|mo|ky|di|doc|goi) bang', 'mac co (qua|lam|the|chet)',
  '(xe|may|app|ung dung|mang|dien thoai|no) (dang|cu|lai|da|van)? chay (duoc|cham|nhanh|lai|tot|on|em|ngon|on dinh|binh thuong)', 'chay cho (nhanh|kip|xong|le|duoc|biet|khoe|chac)', 'may chay',
  // Bad luck, and time that there is none of
  'chết (ba|bà|cha|mẹ|mồ|dở|toi|tui|tôi) (rồi|quên|lỡ|chưa|thật)', '(bị|đang)? kẹt (lịch|việc|tiền|xe|đường|mạng|công chuyện|giờ|họp|vốn|con nhỏ|mưa)', 'mưa kẹt',
  // Typed without marks, far commoner words: nhỏ xíu, cán bộ, kết quả, giờ trợ lý, có cần, lừa đảo
  '(nho|chut|ti|mot|chit|be|hoi) xiu', 'ong can bo (xa|phuong|nao|do|kia|no|ni|tiep|dia|thue|tu|van|cong|nay|la|hanh|khong|noi)', '(co|chu|anh|chi|gap|hoi|goi|nho|nhung|cac|may|nhieu) can bo',
  '(nhan|tra|co|xem|lay|cho|biet|ra|cua|chua|va|la|hop|thay|coi) ket qua', 'gio tro li', 'con tin (nhan|dung|tuong|ai|duoc)', 'rủ (vào|vô) nhóm', 'loi vao', '(co|khong) can xin',
)

/** Somebody is calling for help now: overrules what else the message asks about. */
export const urgent = anyOf(
  'cứu (tôi|em|e|con|mẹ|bố|ba|vợ|chồng|bà|ông|cháu|với|giúp|mạng|người|gấp|nó|chúng tôi|tụi|nhà)', '(gọi|giúp|cứu) … (gấp|với|ngay)', 'gấp (lắm|quá)',
  'không cho (em|tôi|con|mẹ|vợ) (ra|về|đi)', 'nguy (lắm|quá|cấp|hiểm quá)', 'đang (cháy|chảy máu|bị đánh|bị nhốt|nguy kịch|đánh|chém|co giật|ngất|kẹt|chìm|cầm dao)',
  'bất tỉnh', 'đuối nước', '(giờ|bây giờ) … (làm sao|sao đây)', '(làm sao|sao) (giờ|bây giờ|đây trời)', 'trời ơi',
  'cháy (nhà|rừng|chợ|đồi|xe|kho|xưởng) (thì|phải|nên)? (báo|gọi|kêu) (cho)? (ai|đâu|số)', '(nhà|rừng|chợ|đồi) «cháy» (thì|phải|nên)? (báo|gọi|kêu) (cho)? (ai|đâu|số)', '(«máu»|«lửa»|khói) … (quá|rồi|lắm)',
)

/** Papers, money from the state, rules: a question about such a thing, not the thing. */
export const papers = anyOf(
  'tai nạn lao động', 'bảo hiểm', 'thẻ bảo hiểm', 'bảo hiểm y tế', 'chi trả', 'xuất trình', 'thủ tục', 'hồ sơ', 'nộp phạt', 'mức phạt', 'tiền phạt', 'phạt nguội',
  'bị phạt', '«hưởng»', '(được|duoc|muc|van|co) huong', 'huong (che do|tro cap|bao hiem|luong|tien|bhyt|gi|bao)', 'chế độ', 'trợ cấp', 'phụ cấp',
  'hỗ trợ (tiền|kinh phí|thiệt hại|bao nhiêu|gì|không|nhà|tiểu thương|vốn)', 'có (được )?hỗ trợ', '(được|nhận|tiền|phát) hỗ trợ',
  '(cấp|phát|xin|đổi) (lại|giấy|căn cước|thẻ|bằng)', 'xin cấp', '(làm|cấp|đổi|mất|có|lấy) (lại )?(căn cước|hộ chiếu|sổ đỏ|bằng lái|khai sinh|thẻ)', 'căn cước',
  'làm lại', 'sửa (chữa|đổi|thông tin|sai|tên|ngày|giấy|lại|nhà|đường|cầu|đèn)', 'đề nghị sửa', 'bóng đèn',
  'giấy (chứng nhận|chứng tử|phép|tờ|khai sinh|chuyển tuyến|xác nhận|ra viện|ly hôn|khai)', 'khai (tử|sinh|báo tạm)', 'hộ khẩu', 'sổ đỏ', 'ly hôn', 'mai táng',
  'mai táng phí', 'tử tuất', 'quy định', 'luật', 'bồi thường', 'đăng ký', 'sang tên', 'thừa kế', 'thuế', 'lệ phí', 'đấu giá', 'khuyết tật', 'thương binh', 'liệt sĩ',
  'nuôi con', 'hợp đồng', 'chuyển tuyến', 'trái tuyến', 'vneid', 'dịch vụ công', 'phạt (bao nhiêu|thế nào|sao|ở đâu|không|gì|tù)',
  '(đi tù|mấy năm tù|xử lý|xử phạt|xử lý sao|tội gì|xử sao|mức án)', 'vượt đèn đỏ', 'mua ở đâu', 'báo giảm',
  '(phản ánh|kiến nghị|đề nghị|góp ý|giao nộp|khiếu nại|tố cáo) … (ở đâu|không|nào|sao|qua|số|cho ai|với ai|lên|app)', '(phản ánh|giao nộp|nộp) (ở đâu|qua|cho ai)',
  'báo (ai|cơ quan nào|bên nào|đâu|điện lực)', 'cơ quan nào', 'nộp ở đâu', 'cần (giấy|gì|những gì|điều kiện)', '(tiêm|chích) (phòng|ngừa|chủng)',
  '(giá|tiền) … bao nhiêu', 'bao nhiêu tiền', 'mổ miễn phí', 'khám (sức khỏe|bệnh)', 'viện phí', 'đơn chủ', 'đổi tên', 'hoàn tiền', 'đòi (đền|bồi thường)',
  'đền tiền', 'gửi đơn', 'thai sản', 'con nuôi', 'làm mất', 'thiếu tháng', 'tuyên bố', 'có đền', 'đền không', 'làm giấy', 'chuyển trường', 'mất tiền không',
  'thăm nuôi', '(nhận|lãnh|lĩnh) (lương|lương hưu|tiền|trợ cấp) … (thay|hộ|giùm|giúp)', '(vừa|mới) (nằm xuống|qua đời|khuất núi|trăm tuổi|quy tiên|tạ thế) … … (báo|khai|khai báo|làm giấy|làm thủ tục|cắt|xin)', 'báo tử', 'tạm giam', 'làm đơn', 'viết đơn',
)

/** What this handbook is mostly asked about. */
export const digital = anyOf(
  '(tài khoản|ngân hàng|xác thực|sinh trắc|link|chuyển tiền|lừa đảo|mật khẩu|otp|qr|sim|app|ứng dụng|đăng nhập|website|trang web|điện tử|máy tính|phần mềm|zalo|mã hóa|chữ ký)',
)

/** Asked after, not lived through. */
export const rumour = anyOf(
  '(nghe nói|nghe đồn|nghe tin|nghe bảo|thấy bảo|thấy nói|hình như) … … (không|chưa|thật|phải|hả|thiet)',
  '(nói|đồn|bảo|kể|đăng) (là|vụ|có)? (vỡ đê|vỡ đập|bắt cóc|cháy|nổ|động đất|sập|lũ|bão|cướp) … … (thật|thiet|đúng|phải) (không|hả|hay)', '(tin|chuyện) (đó|này|ấy|ni)? (có)? (thật|thiet) (không|hay|giả)', 'có thật', 'tin (giả|đồn|bịa)', 'tin (đó|này|ấy) (là)? (bịa|giả|đồn|sai|không đúng)',
  '(đăng|chia sẻ|share|phát tán|lan truyền|chuyển tiếp) (lại|nhầm|bài|cái|một)? (tin|bài|clip|video) … (bắt cóc|cháy|cướp|giết người|tự tử|tai nạn|đuối nước|đánh nhau|nổ|sập)',
)

/** Teaching, news, films, the past: not here and not now. Overruled where the one who writes is the one who suffers. */
export const hearsay = anyOf(
  '(học|lớp|khóa|dạy) … (sơ cứu|cấp cứu|bơi)', 'là gì', 'là sao', 'là như thế nào', 'phòng (tránh|chống|ngừa)', 'tập huấn', 'khóa học', 'tuyển', 'tình nguyện',
  'kỹ năng', 'cách (sơ cứu|phòng|xử lý|nhận biết|thoát)', 'sơ cứu', 'dấu hiệu', 'tuyên truyền', 'diễn tập', 'cảnh báo', 'thủ đoạn', 'chiêu trò',
  '(lúc|hồi|ngày|sáng|chiều)? hôm qua', 'hôm kia', 'hôm trước', 'hôm bữa', 'hôm nọ', 'bữa (trước|hổm|kia|nọ|hôm)', 'hồi (trước|xưa|năm|tháng|nhỏ|đó)',
  '(tuần|tháng|năm) (trước|ngoái|qua|rồi)', 'vụ (cháy|tai nạn|án|cướp|tự tử|ngộ độc|nổ|sập|giết|bắt cóc|đuối nước|đánh)', 'ngày xưa', 'trước đây', 'lịch sử',
  'chiến tranh (bao|thế)', 'tin (cháy|tai nạn|tự tử|cướp|đánh nhau|bắt cóc|giả|đồn|tức)', 'thông tin', 'thiệt hại', 'trên mạng', 'online', 'facebook',
  'trên (phim|ti vi|tivi|báo|đài|zalo|tiktok|youtube)', '(xem thời sự|nghe thời sự|đọc báo|nghe đài|đọc tin) (thấy|nói|bảo|đưa|có)', '(mơ|mộng|chiêm bao) (thấy|gặp)', 'mo thay', '(bộ phim|phim|truyện|game|bài hát|tiểu thuyết)', '(phải|đúng|thật) không (ad|vậy|ạ|em|anh|chị)?$',
  'khi nào', 'bao giờ', 'bao nhiêu (người|năm|vụ)', 'thống kê', 'thế nào rồi', 'sao rồi ad', 'xong chưa', 'đã xử',
)

/** The one who writes, or theirs, is hit or held. */
export const suffering = anyOf(
  'nam ngoai (duong|ruong|san|bo|he|hien|vuon|ray|dong|le|cho)',
  '(đánh|đập|chém|đâm|hiếp|bóp cổ|nhốt|giết|trói|hành hạ|siết cổ|dọa giết) (em|tôi|con|mẹ|vợ|cháu|mình|má|chị em|e|chết)',
  '(em|tôi|con|mẹ|vợ|chồng|cháu|mình|má|bố|ba) … bị … (đánh|đập|chém|đâm|hiếp|nhốt|giam|cướp|bán|tông|cắn|trói|bắt|điện giật|kẹt)',
  'từ (hôm qua|hôm kia|tối qua|đêm qua|hôm qua tới|chiều qua|sáng|trưa|khuya)',
  '(hôm nay|tự nhiên|tự dưng|bỗng|nãy giờ|tới giờ|đến giờ) … (máu|đau|ngất|xỉu|chưa|không|co|nôn|khóc)',
  '(giờ|đang|vẫn|bây giờ|từ|tới giờ|đến giờ) … (đau|máu|trốn|sợ|sốt|bất|mất tích|chưa về|kẹt|thở|ngất|chảy)',
)
