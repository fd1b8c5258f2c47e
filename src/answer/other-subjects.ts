import type { Article } from './article.ts'
import { anyOf, listsOf, preparedForPatterns, type PatternText } from './message-pattern.ts'
import { perArticle } from './per-article.ts'

/**
 * Subjects that citizens ask about in the words of a neighbouring one: an article on health cards has every word of a
 * question about insurance after an accident but one. A line is one subject, notation at `anyOf`. None needs to be taken
 * out when an article on it is written: a subject counts only against an article that does not speak of it in its title,
 * phrasings or short answer. What its details mention in passing it does not answer.
 */
const subjects: readonly (readonly string[])[] = `
  (tai nạn|đụng xe|tông xe|va quệt|va chạm giao thông|bị xe)
  (thai sản|sinh mổ|đẻ mổ|nghỉ đẻ|nghỉ sinh|thai nghén|sảy thai)
  (làm răng|trồng răng|nhổ răng|trám răng|răng (giả|sứ|khôn|sâu)|niềng răng|cắt kính|thẩm mỹ)
  (trái tuyến|đúng tuyến|chuyển tuyến|chuyển viện|khám chữa bệnh ban đầu|nơi khám ban đầu|nơi đăng ký khám)
  (đóng|mua|mức đóng|giá) (bảo hiểm y tế|bảo hiểm)|bảo hiểm y tế (hộ gia đình)? (đóng|giá) bao nhiêu
  bảo hiểm y tế … (trả|chi trả|thanh toán|hưởng) (bao nhiêu|mấy|cho|tiền|khi|được)|(mức hưởng|phần trăm viện phí)
  (thất nghiệp|mất việc)
  (rút|lãnh|nhận|hưởng) bảo hiểm xã hội (một|1) lần|bảo hiểm xã hội (tự nguyện|một lần)|bảo hiểm nhân thọ
  (nghỉ ốm|ốm đau|nghỉ phép|nghỉ việc|thôi việc|sa thải|hợp đồng lao động|lương tối thiểu|lương cơ sở|làm thêm giờ|thưởng tết)
  (tăng lương|lương hưu … tăng|tăng … lương hưu|cách tính lương hưu|tính lương hưu|tuổi nghỉ hưu|về hưu sớm)
  (tử tuất|hưởng lương hưu tiếp|tuất)
  (ly hôn|ly dị|ly thân|chia tài sản|cấp dưỡng|quyền nuôi con)
  (con nuôi|nuôi con nuôi|ngoài giá thú|nhận cha|nhận con|giám hộ|mang thai hộ)
  (người nước ngoài|việt kiều|quốc tịch|thẻ tạm trú|thẻ thường trú|người tây)
  (trích lục|(mất|cấp lại|xin lại|làm lại|xin thêm) … (khai sinh|giấy kết hôn|chứng tử))
  (hủy|bỏ|xóa) (đăng ký|tạm trú|đăng ký tạm trú|thường trú|đăng ký thường trú|kết hôn|đăng ký kết hôn|hộ khẩu)|rút hồ sơ
  (đổi họ|đổi tên|đổi tên đệm|sửa (tên|họ|ngày sinh|năm sinh)|đính chính|sửa … khai sinh|cải chính|sai tên|sai họ|sai ngày sinh|sai năm sinh|thay đổi họ tên|chuyển giới)
  (thừa kế|di chúc|chia đất|chia nhà|di sản)
  (tranh chấp|lấn chiếm|lấn đất|lối đi|ranh giới|kiện ở đâu|khởi kiện|tòa án nào|luật sư)
  (thổ cư|chuyển mục đích|quy hoạch|đền bù|giải phóng mặt bằng|thu hồi đất|bồi thường đất|tiền sử dụng đất|tách thửa)
  (giấy phép xây dựng|xin xây|xây nhà|sửa nhà|xây dựng|hoàn công)
  (thi|học|sát hạch|thi lấy|thi lại|đăng ký thi) (bằng|bằng lái|lái xe|lái|giấy phép lái xe)|(thi trượt|thi (rơi|rớt|hỏng|đậu)|học phí|sa hình)
  (trừ điểm|12 điểm|trừ hết điểm|nồng độ cồn|uống rượu|uống bia|tước bằng|bị giam|giữ bằng|giam bằng|giam xe|tạm giữ xe)
  (biển số|đăng ký xe|sang tên xe|đăng kiểm|cà vẹt|giấy tờ xe|mua xe|bảo hiểm xe)
  (ngoại giao|công vụ|tạm hoãn xuất cảnh|cấm xuất cảnh|thú cưng|chó mèo)
  (visa|thị thực|vé máy bay|vé xe|vé tàu|xuất khẩu lao động|đi lao động|du học|định cư|lao động nước ngoài)
  (cầm cố|cầm đồ|thế chấp|thuê khách sạn|mượn căn cước|cho mượn căn cước)
  (lãi suất|gửi tiết kiệm|sổ tiết kiệm|vay mua|vay vốn|vay chính sách|vay ngân hàng|vay tiền ngân hàng|nợ xấu|trả góp|tín dụng đen|cho vay)
  (thẻ tín dụng|trả nợ thẻ|đáo hạn thẻ|tiền rách|«đổi tiền»|giá vàng|mua vàng|tỷ giá|đô la)
  (trước bạ|hoàn thuế|thu nhập cá nhân|thuế nhà thầu|giảm trừ gia cảnh|người phụ thuộc|quyết toán thuế|thuế nhập khẩu)
  (tuyển sinh|chuyển trường|nhập học|học bổng|điểm thi|xin học|vào lớp|thi đại học|tốt nghiệp|bảng điểm|bằng cấp|trái tuyến)
  (nghĩa vụ quân sự|khám tuyển|nhập ngũ|xuất ngũ|hoãn nghĩa vụ)
  (khuyết tật|tàn tật|mồ côi|tâm thần|bảo trợ xã hội|người có công|thương binh|liệt sĩ|da cam)
  (hộ nghèo|cận nghèo|hộ khó khăn|nhà tình thương|nhà ở xã hội|xóa nhà tạm|gạo cứu đói)
  (tiêm phòng|vắc xin|uống thuốc|thuốc ung thư|danh mục thuốc|khám ở đâu|bác sĩ nào|phòng khám)
  (phân bón|thuốc trừ sâu|giống lúa|giống cây|dịch tả|tiêu hủy|con giống|mã số vùng trồng|thú y|chuồng trại)
  (đăng ký kinh doanh|thành lập doanh nghiệp|thành lập công ty|giấy phép kinh doanh|giải thể|phá sản|vốn điều lệ)
  (phòng cháy|bình chữa cháy)
  (vệ sinh an toàn thực phẩm|an toàn thực phẩm)
  (nhãn hiệu|thương hiệu|bản quyền|sáng chế|sở hữu trí tuệ|mã vạch)
  (laptop|máy vi tính|máy in|màn hình xanh|cài win|windows|excel|word|vào nước|thay pin|đầy bộ nhớ|bộ nhớ đầy)
  (gói 4g|gói 5g|gói cước|nạp thẻ|sim số đẹp|sim đẹp|lắp mạng|cáp quang|wifi nhà)
  (chạy quảng cáo|người theo dõi|tăng follow|tăng like|triệu view|bán like|tích xanh|kiếm tiền youtube)
  (phụ cấp|lương bao nhiêu|lương cán bộ|tuyển dụng|biên chế|thi công chức|tuyển viên chức)
  (mất trộm|ăn trộm|bị trộm|đánh nhau|bị đánh|chó cắn|camera phường|camera xã|hàng xóm|ồn ào|rác thải|ngập nước|sửa đường|đèn đường)
  (vay không trả|đòi nợ giùm|cho vay không trả|giữ tiền cọc|mất cọc|đòi cọc|tiền cọc)
  (độc thân|tình trạng hôn nhân|bao nhiêu tuổi … kết hôn|tuổi kết hôn|mấy tuổi … kết hôn|tách khẩu|tách hộ)
  (mua|gia hạn|mua tiếp|mua lại|đóng tiếp) … (bảo hiểm|thẻ bảo hiểm)|(bảo hiểm|thẻ bảo hiểm) … (gia hạn|mua tiếp|mua lại|mua ở đâu|mua thêm)
  (nợ lương|quỵt lương|chậm lương|tiền công|tai nạn lao động|hợp đồng lao động|công đoàn|tăng ca|đình công)
  (công tơ|đồng hồ điện|đồng hồ nước|kéo điện|lắp điện|«giá điện»|«giá nước»|nước sạch|nước yếu|bậc thang)
  (trừ tiền điện thoại|tiền điện thoại bị trừ|hủy dịch vụ|hủy gói|chuyển mạng|giữ số|dung lượng|sóng yếu|mạng yếu|mạng chậm|«mất mạng»|wifi yếu|wifi chậm|mật khẩu wifi)
  (xin việc|tìm việc làm|tuyển người|tuyển công nhân|hội chợ việc làm|giới thiệu việc làm)
  (bạo lực học đường|ở trường|cô giáo|thầy giáo|giáo viên|học thêm|học phí|học bạ|bỏ học|bán trú|phổ cập|mẫu giáo|nhà trẻ|trường mầm non)
  (viện phí|đặt lịch khám|xét nghiệm|phẫu thuật|hiến máu|hiến tạng|cai nghiện|nhà thuốc|lịch tiêm|mũi tiêm|trạm y tế)
  (hòa giải|ngoại tình|bạo hành|đánh vợ|bỏ nhà đi)
  đánh (chồng|con|cháu|trẻ|học sinh|em bé)
  (đánh bài|đánh bạc|cờ bạc|đá gà|chơi đề|lô đề)
  (nhắn|gửi|gọi|bảo|kêu|biểu|bắt|yêu cầu) … (link|đường link|đường dẫn|cài app|tải app|cài ứng dụng|tải ứng dụng|đọc mã|đọc otp)|(bấm|nhấn|click) … (link|đường dẫn) (nhận|để nhận|lãnh|lấy)|(link|đường dẫn) (nhận|lãnh) (tiền|quà|hỗ trợ)
  (xe buýt|xe khách|bến xe|taxi|đặt xe|bến phà|tàu hỏa)
  (pháo hoa|lễ hội|múa lân|«chùa»|nhà thờ|«đền»|tôn giáo|hát karaoke)
  (khai thác cát|khai thác đá|chặt cây|đốt rẫy|đất rừng|giao rừng|kiểm lâm|thủy lợi|kênh mương|máy gặt)
  (không lên nguồn|vỡ màn hình|màn hình vỡ|chai pin|sạc không vào|sửa điện thoại|sửa máy|rơi xuống nước|mất nguồn)
  (mua chung cư|thuê nhà giá|tìm phòng trọ|hợp đồng thuê nhà|giá nhà)
  (sinh con thứ ba|kế hoạch hóa|thụ tinh|xét nghiệm adn)
  (từ thiện|quyên góp|đóng góp|ủng hộ quỹ|tiền quỹ)
  (nông thôn mới|«làm đường»|đường bê tông|nhà văn hóa|đèn đường|thoát nước|cây xanh)
  (đi lính|đi bộ đội|nghĩa vụ|dân quân)
  (kết nạp đảng|bầu cử|thẻ cử tri|khen thưởng|huân chương)
  (không|chưa) (nhận|thấy|có) (được)? (mã|otp|mã otp)|(mã|otp|mã xác nhận|mã xác thực) … (không|chưa) (thấy)? (về|tới|đến|gửi về)
  (đổi|thay|sửa) (tên|họ|họ tên|tên họ) (cho)? (con|cháu|bé|tôi|em|mình|mẹ|bố)
  (thành|thuộc|vô|vào|về) (xã|phường|tỉnh) (nào|gì)|(xã|phường|tỉnh) (tôi|mình|em|ta)? (giờ|bây giờ|mới)? (tên|gọi|kêu) (là)? (gì|sao|chi)
  (pin|mật khẩu) (của)? (thẻ|atm|ngân hàng)
  (lãnh|lĩnh|nhận) (tiền|lương|lương hưu|trợ cấp) … (giúp|thay|hộ)|ủy quyền … (lãnh|lĩnh|nhận)
  (trừ|mất|còn|hết|phục hồi|hồi|xem|tra|cộng) (mấy|bao nhiêu|nhiêu|hết|lại|được)? điểm (bằng lái|giấy phép|không|chưa|vậy|rồi|nếu)|(trừ|mất|còn) (mấy|bao nhiêu|nhiêu) điểm|bị trừ điểm|điểm (bằng lái|giấy phép lái xe)
  (đèn đỏ|mũ bảo hiểm|tốc độ|ngược chiều|chở ba|chở 3|sai làn|lấn làn|xi nhan|gương|không bằng lái|không giấy tờ|đậu xe|đỗ xe|không chính chủ) … (phạt|nộp|mức phạt) … (bao nhiêu|nhiêu|mấy)|(phạt|mức phạt) … (bao nhiêu|nhiêu|mấy) … (đèn đỏ|mũ bảo hiểm|tốc độ|ngược chiều|gương)
  (xóa|xin bỏ|gỡ|hủy|né|chạy) (lỗi|biên bản|cái)? (phạt|phạt nguội|lỗi phạt|vi phạm)
  (đăng ký|thành lập|lập|xin|mở|cấp|giải thể|tạm ngưng|tạm ngừng|chấm dứt|đóng cửa|đổi tên|đổi địa chỉ|thay đổi) (giấy|giấy phép|giấy đăng ký|giấy chứng nhận|nội dung)? (mã số)? (hộ kinh doanh|hộ cá thể|kinh doanh cá thể)
  (cúp|cắt|mất|ngắt) (điện|nước) … (bao giờ|khi nào|mấy giờ|chừng nào|bao lâu|hoài|suốt)|(bao giờ|khi nào|mấy giờ|chừng nào) … (có|cúp|cắt) (điện|nước)|(lịch|thông báo) (cúp|cắt|ngừng) (cấp)? (điện|nước)
  (được|sẽ|đang|nhà nước|chính phủ|tỉnh|xã|vneid|bộ công an) (phát|tặng|thưởng|lì xì|chia|biếu) … (triệu|nghìn|trăm|«tỷ»)|(mỗi|từng) (người|người dân|công dân|hộ|nhà|gia đình|nhân khẩu|học sinh|sinh viên) … (phát|tặng|thưởng|lì xì|chia|biếu|cho|lãnh|lĩnh|nhận) … (triệu|nghìn|trăm|«tỷ»)
  (làm mất bưu phẩm|mất bưu kiện|bưu phẩm … đền|đền bao nhiêu)
`.trim().split('\n').map((line) => [line.trim()])

const patterns = listsOf(subjects)

/** What an article says of children in its title it says of nobody else: "đi mô làm căn cước" is not asked for a child. */
const forChildren = anyOf('trẻ em')
const child = anyOf(
  '(trẻ|bé|nhỏ|nít|nhóc|đứa|lớp|học sinh|khai sinh|thiếu niên|vị thành niên|sơ sinh|cha mẹ|ba má|bố mẹ|ba mẹ|phụ huynh|giám hộ)',
  '(mấy|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười mấy|1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17) tuổi', 'đủ tuổi',
  '(cho|của|các|mấy|thằng|hai|dẫn|đưa|chở|dắt|bày|đẻ) (con|cháu|cu)', '(con|cháu) (tôi|em|mình|gái|trai|nội|ngoại|nhà|học|mới|chưa|sắp|út|đầu|lớn|thơ|cái|dưới|dùng|chơi|xem|coi|bị|được|hay)', '(thằng|con) (cu|út|lớn)',
)

/** From so many words on a message tells a story, in which only the last sentence says what is asked. */
const storyWords = 25

/**
 * Whether a message asks about something that an article does not speak of at all, though its other words fit. `article`:
 * each is read once. Whoever gets true may offer the article, but not as if it were sure.
 */
export function createSubjectCheck(): (message: string, article: Article) => boolean {
  const subjectsOf = perArticle((article): ReadonlySet<number> => new Set(textsOf(article).flatMap((text) => [...patterns.in(text)])))
  const isForChildren = perArticle(({ title }) => forChildren.in(preparedForPatterns(title)) !== null)
  return (message, article) => {
    if (isForChildren(article) && child.in(preparedForPatterns(message)) === null) return true
    const asked = patterns.in(preparedForPatterns(askedIn(message)))
    return [...asked].some((subject) => !subjectsOf(article).has(subject))
  }
}

const textsOf = ({ title, questions, short }: Article): PatternText[] => [title, ...questions, short].map(preparedForPatterns)

function askedIn(message: string): string {
  if (message.split(/\s+/u).length < storyWords) return message
  return message.split(/[.?!\n]+/u).filter((part) => part.trim().split(/\s+/u).length >= 4).at(-1) ?? message
}
