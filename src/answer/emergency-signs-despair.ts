import { child, dialled } from './emergency-words.ts'

/** Somebody wants to die, or speaks of one who does. */
export const despair: readonly string[] = [
  '(muốn|nghĩ đến|nghĩ tới|có ý định|ý định|nghĩ về|thèm|mong|ước) … chết', '«tự tử»',
  '(muon|dinh|se|doi|toan|tinh|y dinh|thuoc|sau|cau|de|vua|da|cach|bang|nhay|roi|cung) tu tu', '^tu tu',
  'tu tu (roi|luon|cho|chet|co|bang|o|duoi|ngoai|trong|khong)', '«tự vẫn»',
  '(muon|dinh|se|doi|toan|tinh|vua|noi se|nhay cau|da|nghi den chuyen|nghi tôi chuyen) tu van', 'tự sát', 'quyên sinh', 'kết liễu',
  '(không|chẳng|chả|hết|chán|không thiết|chẳng thiết|đâu|khỏi|ngán|ghét) (còn)? (muốn|thiết|ham|tha thiết|cần)? (phải)? sống (nữa|làm|tiếp|chi|trên|thêm|gì)',
  '(không|chẳng|chả|hết|đâu còn) (còn )?(muốn|thiết|ham|thiết tha) (gì )?sống', '(chán|hết muốn) (đời|sống)', 'thiết sống', '(thiết|tha thiết) gì nữa',
  'sống … (ý nghĩa|làm gì nữa|để làm gì|chi nữa|chi cho|hết nổi|vô nghĩa|không bằng chết|khổ quá|mệt quá rồi)',
  'sống (làm gì|làm chi|chi|để làm gì|không nổi|hết nổi|thừa|không bằng)', 'sống gì (cho|nữa|mà|trên đời)', '(lý do|động lực|lẽ) … sống', 'không còn … (để sống|hy vọng|lối thoát|đường nào|thiết)',
  '(không|hết) (thể|còn)? (chịu (đựng)? nổi|chịu đựng được|gượng nổi|gượng được) nữa', '(hết|cùng) (đường|lối) (sống|thoát|rồi|cùng)', 'đường cùng',
  '(tuyệt vọng|cùng quẫn|«quẫn trí»)', 'buông xuôi', 'được giải thoát', 'giải thoát cho', '(rạch|cắt|cứa) (cổ )?tay',
  '(rạch|cắt|cứa|đâm|đốt|cào|đập) … (tay|mình|bản thân|người) … (vì buồn|cho đỡ|cho bớt|cho quên)', '(rạch|cào) … (tay|mình|bản thân) … (máu|đau|sẹo)',
  '(cắt|cứa|đâm|đốt|đập) … bản thân', '(lấy|cầm|dùng) … (rạch|cắt|cứa|đâm|đốt) … (tay mình|người mình|bản thân|chân mình)',
  '«tự» (rạch|cắt|cứa|đâm|đốt|thiêu|hại|làm đau|hủy hoại|hành hạ|kết liễu)', 'tu (rach|dot|thieu|lam dau|hanh ha|cua tay|cat tay)',
  'nhảy (cầu|lầu|sông|hồ|xuống (sông|cầu|hồ|biển|suối|đường)|từ (trên|tầng|lầu|cầu))',
  '(định|muốn|sẽ|sắp|đòi|dọa|tính|đang|chuẩn bị) nhảy (xuống|lầu|cầu|sông|từ|cho|luôn|$)', '(dinh|muon|sap|doi) nhay', 'treo cổ', 'thắt cổ',
  '(đứng|ngồi|leo|trèo) (ở|trên|lên|ngoài) (cầu|thành cầu|lầu|sân thượng|nóc|tầng|lan can|mép|đường ray)', 'đường ray … (nằm|đứng|chờ|ngồi)',
  'đâm đầu vào (xe|tường)', 'lao (ra|vào|đầu) … (xe|đường ray|tàu) …? (chết)?', 'kết thúc (cuộc đời|cuộc sống|tất cả|mọi thứ|đời|mạng sống|hết|nó đi)',
  'muốn kết thúc$', 'chết (cho|quách|không đau|phứt|bớt) (rồi|đi|luôn|xong|nhẹ|khỏe|khuất|mọi|ai|vừa|biết|coi|rảnh|ba|mẹ|nó|họ|đỡ|hết|sướng|bớt|yên|cả nhà)?',
  'chết (cho|để) (mọi|rồi|xong|vừa|nhẹ|ai|ba|mẹ|khỏe|họ|nó|hết|đỡ|yên|rảnh|coi|xem|biết)', 'chết đi cho', 'chet di cho',
  'chết (là|thì) (hết|xong|sướng|nhẹ|khỏe|thôi|tốt)', '(đòi|dọa|đe|định|tính|sẽ|thề|rủ|cùng) … «chết»', '(đòi|dọa|thà|rủ|bỏ đi|muốn) chết', '(doi|doa|tha|ru) chet',
  '(em|con|tôi|mình|cháu|mày|tao|t) chết (đi|luôn|đây|quách)', '(ôm|dắt|giết) (con|mẹ|cả nhà) … (chết|tự tử|nhảy|sông|cầu)', 'chết chung', 'chết cùng',
  'tìm (đến|tới)? (cái)? chết', 'từ giã (cõi đời|cuộc đời|cuộc sống|thế gian)', '(ra đi|ngủ|biến mất|đi xa) (luôn|mãi|mãi mãi|vĩnh viễn|thanh thản|cho nhẹ|khỏi)',
  '«biến mất» (khỏi|mãi|luôn|cho|trên)', 'muốn biến mất', 'muốn ngủ (mãi|luôn|một giấc)', '(ngủ|nhắm mắt) … không (dậy|tỉnh|thức|mở)',
  '(không|chẳng|thà) … (bằng|còn hơn) chết', 'thà chết', 'không muốn (tồn tại|tỉnh dậy|sống|thức dậy|dậy nữa|thấy ngày mai|có mặt)',
  '(ước|giá|giá như|phải chi) … (chết|đừng sinh|chưa từng|không có mặt|không tồn tại|biến mất)', '(đừng|chưa từng|không nên) (được)? (sinh ra|tồn tại|có mặt)',
  'đi luôn cho', 'sống (gì|chi) nữa', '(vỉ|nắm|lọ|cả|hết|nguyên) thuốc (ngủ|an thần)', 'uống … thuốc (ngủ|an thần)',
  'uống (thuốc|hết|cả|mấy|nguyên|liền|một|vừa|cùng lúc|quá|luôn)?… (viên|vỉ|lọ|hộp|nắm) … (thuốc|panadol|paracetamol|para|giảm đau|an thần|ngủ|hapacol|cùng lúc|luôn|rồi|hết)',
  '(hết|cả|nguyên|mấy) (vỉ|lọ|hộp|nắm|bịch) (thuốc|panadol|para)', 'uống thuốc (ngủ|sâu|trừ sâu|chuột|cỏ|diệt cỏ) … (tự tử|chết|để|cho|xong)',
  'uong thuoc … (tu tu|chet)', 'vĩnh biệt', '(thư|lời|viết) (tuyệt mệnh|trăng trối|trối)', 'tuyệt mệnh', '«di thư»', '(viet|de lai|bo lai|doc|buc) di thu', 'để lại thư', 'di chúc … (xin lỗi|tạm biệt|vĩnh biệt)',
  '(tạm biệt|xin lỗi|cảm ơn) (mọi người|cả nhà|thế giới|ba mẹ|bố mẹ|mẹ|cuộc đời|tất cả|vợ con|con) … (đi|chết|sống|nữa|lần cuối|kiếp sau|mãi|trước|luôn|nhé em đi|không)',
  'kiếp sau', 'lần cuối … (nhắn|gặp|nói|nghe)', '(nhắn|gọi|nói) … (lời cuối|vĩnh biệt|từ biệt|trăng trối)',
  'gánh nặng (của|cho) (con|gia đình|mọi|bố|ba|cả|cha|mẹ|vợ)', '(làm|nghĩ) («bậy»|quẩn|dại|liều|điều dại)', '(no|em|con|chau|ay) lam bay', 'dại dột', 'nghĩ quẩn', 'chán sống',
  'trầm cảm … (chết|sống|tự|nữa|chịu|rạch)', '(ai|cả nhà|mọi người) cũng (ghét|bỏ|khinh|chê) … (chết|sống|nữa)',
  '(không|chẳng) ai (cần|thương|hiểu|quan tâm) … (sống|chết|nữa|em đi)', '(cuộc đời|đời) … (chấm dứt|vô nghĩa|bế tắc|kết thúc|dừng lại)',
  'bế tắc … (chết|sống|quá|lối|chịu)',
  '(đêm|tối|ngày|hôm|sáng|bữa) (nay|mai|này)? (chắc|sẽ|có lẽ|chắc là)? (là)? (đêm|tối|ngày|bữa|hôm|lần) cuối (cùng)? (của)? (đời)? (tôi|em|con|mình|cháu|tao|anh|chị|đời) (rồi|đó|nhé|nha)?$',
  '(đêm|tối|ngày|lần) cuối (cùng)? (của|trong|tôi|em|mình|con) (cuộc)? (đời|được sống|còn sống|sống)', '(dừng|buông|bỏ) … (cuộc đời|cuộc sống|mạng sống)',
]

const harm = '(bạo hành|đánh|đánh đập|hành hạ|xâm hại|sàm sỡ|quấy rối|«sờ»|sờ (mó|soạng|người|ngực)|dâm ô|hiếp|hiếp dâm|cưỡng hiếp|lạm dụng|«bỏ đói»|bi bo doi|nhốt|bóp cổ|«trói»|xích|đụng chạm|giở trò|tát|«đá»|«đạp»|quất|nhịn đói|bắt nhịn)'

/** Who takes a child away that is not theirs: strangers, not its mother, a teacher or the police. */
const stranger = '(người lạ|kẻ lạ|người ta|người đàn ông|người phụ nữ|người nào|người|ai|ai đó|tụi nó|bọn nó|bọn hắn|tụi hắn|bon han|tui han|bọn|tụi|chúng nó|chúng|họ|đám|nhóm|gã|kẻ|thằng (lạ|nào|kia)|đứa (lạ|nào)|(bà|ông|cô|chú) (lạ|nào|kia|lạ mặt)|mẹ mìn|xe lạ)'
const takes = '(dắt|dẫn|bế|«bắt»|bat|bồng|ẵm|chở|lôi|kéo|cõng|ôm|cướp)'
/** Theirs, or at least no "con gà", "bé mèo". */
const ours = '((con|cháu|bé|em bé|đứa nhỏ|đứa bé|đứa con|thằng bé|thằng nhỏ|con bé) (tôi|em|mình|gái|trai|nhỏ|chị|anh|cháu|tui|bé|út|nhà|của|nội|ngoại)? (tôi|em|mình|tôi|chị|anh|nhà)?)'
/** Gone, and not "đi học thêm". */
const gone = '((đi|chạy|trốn)? (mất|mất tiêu|mất biệt|mất tích)|(đi|chạy|trốn) (rồi|luôn|khỏi|nãy|hồi nãy|lúc nãy|đâu (mất|rồi|không)|ở chợ|ngoài chợ|giữa|kìa|cứu|$)|(lên|vào) xe)'
const abducted: readonly string[] = [
  `${stranger} (vừa|mới|đã|đang|định|tính|tự nhiên|lạ mặt|lạ)? ${takes} (mất|luôn|trộm)? ${ours} ${gone}`,
  // "chạy" has been taken out before.
  `${stranger} (bế|bồng|ẵm|ôm) ${ours} … mất (rồi|tiêu|biệt|$)`,
  `${ours} (vừa|mới|đã|đang)? bị (${stranger} (lạ mặt|lạ)?)? ${takes} ${gone}`,
  `(bị|ai|ai đó|người lạ|người ta|kẻ lạ|vừa|mới) (ai|người ta|người lạ)? ${takes} (mất|trộm) (con (tôi|em|mình|gái|trai|chị|anh|nhỏ)|cháu (tôi|em|nội|ngoại|bé)|em bé|đứa (bé|nhỏ|con)|bé (gái|trai|nhà))`,
]

export const childInDanger: readonly string[] = [
  dialled(111), ...abducted,
  `(mẹ kế|bố dượng|ba dượng|cha dượng|dượng|mẹ ghẻ|«dì ghẻ»|bảo mẫu|cô giáo|thầy giáo|«thầy»|nhà trẻ|mầm non|giữ trẻ|người giữ trẻ) … ${harm}`, `${harm} … ${child}`,
  `(cha|bố|ba|ông|chú|bác|mẹ|cậu|nó|gã) … (đánh|bạo hành|hành hạ|bóp cổ|xâm hại|dâm ô|hiếp|«sờ»|nhốt|trói|xích|«bỏ đói»|đánh đập) … (${child}|con nhỏ|đứa con|con mới)`,
  '(đi lạc|lạc mất|lạc) (con|cháu|bé|đứa con|con gái|con trai)', 'lac mat (con|chau|be|dua)', `(em|cháu|con|bé) … tuổi … ${harm}`,
  `con (tôi|em|gái|trai) … (mất tích|đi lạc|bị lạc|bị ${harm})`,
  `${child} … (bị)? (bạo hành|đánh|đánh đập|hành hạ|xâm hại|sờ mó|dâm ô|hiếp|hiếp dâm|cưỡng hiếp|bắt cóc|đi lạc|bị lạc|mất tích|«bỏ đói»|bi bo doi|bỏ rơi|bị nhốt|lạm dụng|bị bỏ|bị xích|bị trói|kêu cứu|bầm tím|«bị bán»|bi ban (sang|qua|cho|di|vao)|bị dụ)`,
  `(bắt cóc|xâm hại|hành hạ|bạo hành|«bỏ đói»|đánh đập|dâm ô|nhốt|hiếp|mất tích|thất lạc|bỏ rơi|buôn bán|xích|trói) … ${child}`,
  `(con|cháu) (tôi|em|gái|trai|nhỏ|mình|chị|bé)? … (mất tích|đi lạc|bị lạc|chưa (thấy)? về|không thấy về|đi đâu mất|biến đâu|lạc đâu|không thấy đâu|tìm không (ra|thấy)|kiếm không (ra|thấy)|bỏ nhà)`,
  `(tìm|kiếm) (không ra|không thấy|hoài không) … ${child}`,
  '(lượm|nhặt|thấy|phát hiện|có) … (bé|trẻ|đứa|hài nhi|em bé) … (bỏ rơi|sơ sinh|mới đẻ|mới sinh|còn dây rốn|thùng rác|bụi|trước (cổng|cửa|nhà|chùa)|kiến|đỏ hỏn)',
  'trẻ sơ sinh … (bỏ|còn|khóc|trước|trong|bụi|rác)', 'đỏ hỏn', 'hài nhi', 'sơ sinh … (bỏ rơi|bị bỏ|bỏ)', 'bo roi … (be|tre|so sinh|em be|dua)',
  '(bị|ai|ai đó) (bỏ rơi|bỏ lại|đem bỏ|vứt)',
  `(con|${child}) (hàng xóm|xóm|(ở)? nhà (bên|bên cạnh|kế|kế bên|đối diện|cạnh)|kế bên|bên cạnh|cùng xóm|gần nhà) … (bị|cha|bố|ba|mẹ|chồng) … ${harm}`,
  `(${child}|đứa|em|thằng bé|bé) … (đứng|đi|lang thang|ngồi|lạc|khóc|ngủ|nằm) … (một mình|khóc|bơ vơ|ngoài đường|bến xe|không ai|chợ không|lề đường|nắng)`,
  `(${child}|đứa|bé|thằng nhỏ) … không (ai|thấy|có|biết|tìm) (nhận|bố mẹ|ba mẹ|người lớn|cha mẹ|nhà|ba|mẹ|người nhà|được nhà)`,
  '(tìm|kiếm) … (ba mẹ|người nhà|bố mẹ|phụ huynh) … (bé|cháu|lạc)',
  '(bắt|ép|bắt ép) … (con|trẻ|bé|cháu|em|tụi nhỏ) … (ăn xin|nhịn|đi làm|lao động|làm việc|vé số|xin ăn|đi xin|đi bán|lấy chồng|quỳ|bán|nghỉ học)', 'chăn dắt',
  'nhịn đói', '«bỏ đói»', '(bi|me|cha|no|ghe|duong|di) bo doi', 'bo doi (em be|con|chau|be|tre|khong cho)', '(xích|cột|«trói») (chân|cổ|tay|lại|vào|vô)', 'troi (tay|chan|lai|vao (cot|goc|ghe|cay|giuong))', '(đánh|phạt|bắt) … (quỳ|nhịn ăn|phơi nắng|ngoài nắng)',
  '(khóc|la) (thét|hét|ngất|khản) … (đánh|nhà bên|hàng xóm|đêm|nào|hoài)', '(tuổi|lớp) … (có bầu|mang thai|có thai|dính bầu)',
  '(bạn|bạn bè|lớp|nhóm|đám|anh chị) … (lột (đồ|quần|áo)|đánh hội đồng|bắt nạt|quay clip|trấn lột|bắt quỳ)', 'bị … (lột đồ|lột quần|bắt nạt)',
  '(bố|ba|cha|mẹ|cậu|chú|ông|dượng|thầy|anh họ|anh) … («sờ»|đánh|hiếp|ôm ấp|«giở trò»|«cởi»|đụng chạm|«hôn»|nhốt|bóp|«đè»|bắt) … (con|cháu)', '(bo|ba|cha|cau|chu|ong|duong|thay|anh) … (so mo|so soang|so nguc|coi do|coi quan|coi ao|gio tro|de len) … (con|chau|em)',
  '(ôm|hôn|«cởi»|«đè»|nắm|rờ) … (cháu gái|bé gái|con gái|học sinh)', '(xem|cho) … (phim sex|phim người lớn|ảnh nóng) … (bé|cháu|con)',
]
