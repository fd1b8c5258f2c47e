import type { ReplyKey } from '../core/replies.ts'
import { anyOf, type MessagePattern } from './message-pattern.ts'

export type EmergencyReply = Extract<ReplyKey, `emergency_${string}`>

// Marks decide many of these words: without them `lửa` is also `lừa`, `sờ` is `hồ sơ`, `cạy cửa` is `tin cậy của`.
// Such words stand in «», and their forms without marks only inside longer phrases.

/** Phrases whose words are emergency words by chance. */
export const lookalikes = anyOf(
  'cháy (hàng|túi|vé|máy|nổ|phố|tài khoản|deadline|da)', 'phòng cháy( chữa cháy)?', 'như cháy', '(dập|chữa) cháy tài khoản', 'nắng … cháy',
  '(định|giả|mạo|xưng|nặc|địa|vinh|công) danh', 'danh (sách|mục|bạ|dự|tính|nghĩa|hiệu|thiếp|bộ)',
  'ngắt (kết nối|mạng|điện|giữa chừng|máy|sóng)', 'cướp (sim|thẻ)', '(clip|video|phim|ảnh) … (đánh nhau|cháy|tai nạn|đâm nhau)',
  'mẫu (đơn|số|tờ khai)',
  '«chạy»', '(chạy chữa|chạy chậm|chạy grab|chạy xe|chạy được|chạy không)',
  'đánh (giá|máy|cắp|mất|dấu|số|thuế|lừa|bạc|bài|vần|thức|rơi|tráo|đổi|điện thoại|văn bản|đơn|chữ|răng|bóng|cá|bắt)',
  'cướp (nick|acc|tài khoản|facebook|zalo|giật trên mạng)', 'tài khoản … cướp', 'bắt cóc (online|qua mạng|trên mạng|mạng)',
  '(nóng|lo|đói|lạnh|tức|vui|ngại|bực|rối|chậm|mỏi|đau đầu|nhức đầu) (quá )?muốn chết', 'muốn chết (với|vì) (cái|cục|app|vneid|mấy|mớ|vụ)',
  'chết (máy|nguồn|cha|mẹ|dở|tiệt|rồi quên|mê)', 'cấp cứu (tài khoản|nick|facebook|zalo|điện thoại|máy tính)', 'giết (thời gian|mổ)', 'điện giật lag',
  'hiến máu', 'chém giá', 'tai nạn lao động', 'tội (gì|danh)', '(chống|phòng) (tránh)? đuối nước', 'học bơi', '«giá» … chữa cháy', 'dán đè',
  'đè lên mã', 'bất động sản',
  'không thở nổi (với|vì)', 'cứu (hộ xe|trợ|xét)', 'tông (màu|giọng)', '(giật|sốc) (tít|gân|giải)',
  'trộm (thông tin|cắp|tiền|mật khẩu|dữ liệu|vía|nghĩ)', 'mất trộm', 'kết thúc (phiên|cuộc gọi|hợp đồng|chương trình)', 'khủng bố',
  'nhốt tài khoản', 'lửa tình',
)

/** Somebody is calling for help now: overrules what else the message asks about. */
export const urgent = anyOf('cứu (tôi|em|e|con|mẹ|với|giúp|mạng|người|gấp)', '(gọi|giúp) … (gấp|với|ngay)', 'gấp (lắm|quá)',
  'đang (cháy|chảy máu|bị đánh|bị nhốt|nguy kịch)', 'bất tỉnh', 'đuối nước', '(giờ|bây giờ) … (làm sao|sao đây)')

/** Money, papers, rules, news, the past: a question about such a thing, not the thing. */
export const asksAbout = anyOf(
  'bảo hiểm', 'thẻ bảo hiểm', 'bảo hiểm y tế', 'chi trả', 'xuất trình', 'thủ tục', 'hồ sơ', 'nộp phạt', 'mức phạt', 'tiền phạt',
  'phạt nguội', 'bị phạt', 'hưởng', 'chế độ', 'trợ cấp', 'hỗ trợ (tiền|kinh phí)',
  'cấp lại', 'xin cấp', 'làm lại', 'sửa', 'bóng đèn', 'bạo lực học đường', '(học|lớp|khóa|dạy) … (sơ cứu|cấp cứu|bơi)', 'là gì', 'là sao',
  'là như thế nào', 'giấy (chứng nhận|chứng tử|phép|tờ)', 'khai tử', 'hộ khẩu', 'mai táng', 'mai táng phí', 'tử tuất', 'quy định', 'luật',
  'phòng (tránh|chống|ngừa)', 'tập huấn', 'khóa học', 'tuyển', 'tình nguyện', 'đăng ký', 'bồi thường', 'phạt (bao nhiêu|thế nào|sao|ở đâu)',
  'hôm qua', 'hôm kia', 'hôm trước', '(tuần|tháng|năm) (trước|ngoái|qua)', 'vụ (cháy|tai nạn|án|cướp|tự tử)',
  'tin (cháy|tai nạn|tự tử|cướp)', 'thông tin', 'thiệt hại', 'trên mạng', 'online', 'facebook', 'vượt đèn đỏ', 'mua ở đâu', 'báo giảm',
)

const somebody = '(tôi|em|e|mình|tớ|cháu|con|mẹ|me|má|bố|ba|cha|chồng|vợ|ông|bà|bác|chú|cô|anh|chị|bé|nó|người|trẻ|con em|con tôi)'
/** Shared with the hints. */
export const child = '(bé|em bé|đứa bé|bé gái|bé trai|cháu|cháu bé|cháu nhỏ|trẻ|trẻ em|con nít|con tôi|con em|con gái|con trai|học sinh|đứa nhỏ)'

const fire = anyOf(
  '«cháy»', 'chay (nha|rung|roi|bep|kho|cho|lan|lon|to|du|quan|tu dien|dong|lua|um|phong|can ho)', 'chay chay',
  '(nha|bep|kho|cho|rung|xuong|quan|doi|chung cu|hang xom) (dang|bi|boc) chay', '(nha|hang xom|hx) … dang chay', 'bi chay (nha|rui|het|lon)',
  '^chay$', '(xe|may|tu lanh) … boc chay', 'đám cháy', 'lua chay', 'chap dien chay', 'dang chay (lon|to|du)',
  'bốc … (lửa|khói)', 'khói … (bốc|nghi ngút|mù mịt|đen|nhiều|dày)', 'phát hỏa', 'hỏa hoạn', 'cứu hỏa', '(gọi|cần|số|xe) chữa cháy',
  'gọi 114', '«lửa» … (to|lan|lớn|dữ|cháy|bốc|ngùn ngụt)', 'lua (chay|to|lon|boc) (lam|qua|roi|lan|len)',
  '(xì|rò|rỉ|rò rỉ|nổ) (bình)? (gas|ga|lửa)', '(gas|ga) (xì|nổ|rò)',
)
const medical = anyOf(
  '^cấp cứu', '(gọi|cần|đưa|xe|số|số điện thoại|tổng đài|đi|đang) … cấp cứu', 'cấp cứu (gấp|với|giúp|ngay|số)', 'gọi (xe)? 115',
  '«bất động»', '(nam|nha|tam) bat dong', 'bat dong (roi|luon|ngoai|giua)', 'bat dong$', '«ngất»', 'cứu thương', 'bất tỉnh',
  'ngất (xỉu|rồi|lịm|đi|ra)', '(bị|mới|vừa) ngất', 'hôn mê', 'co giật', 'lên cơn', 'động kinh', 'đột quỵ', 'nhồi máu', 'trụy tim',
  'sốc phản vệ', 'méo miệng', 'miệng méo', 'gục (xuống|bên|giữa|trước|ngoài|tại)', 'nằm (gục|bất động)', 'người … bất động',
  '(gọi|kêu|lay) không (dậy|tỉnh)', 'không (nói được miệng|dậy nổi)', '«tím tái»', '«tím» (mặt|người|ngắt|lịm)',
  'tim tai (het|roi|lai|ca|qua|mat|nguoi)', 'tim tai$',
  'ngừng (thở|tim)', '(không|khó) … thở', 'hết thở', 'hóc (xương|dị vật|hạt|đồ)', 'bị hóc', 'sặc (sữa|nước|cháo)', 'đuối nước', 'chết đuối',
  'điện giật', '(rắn|chó dại|ong) … cắn', 'ong đốt', 'ngộ độc', 'chảy … máu', 'máu (chảy|ra nhiều|me|phun|tuôn|nhiều)',
  '(đứt|đâm|cứa|chém) (tay|chân|gân|bụng|cổ) … (máu|sâu)', 'gãy (chân|tay|cổ|xương|đùi|sống)', '(bị|phỏng) bỏng', 'bị phỏng',
  'bi bong (nuoc|lua|dien|nang|ho)', '(bị|nhau|người) … (xe|ô tô|container) (tông|đụng|cán|đâm)',
  'xe … (tông|đụng|cán) (người|nhau|trúng|chết)', 'bị «tông»', 'bi (xe|o to) (tong|can)',
  'nuốt (pin|phải|nhầm|đồng xu|nam châm|xương|dị vật)', 'ra nhiều máu', 'mất máu', 'cầm máu',
  'uống (nhầm|lộn) (thuốc|xăng|dầu|hóa chất)', 'uống thuốc (trừ|diệt|sâu|cỏ|chuột)',
  '(lũ|nước) … (nóc nhà|mái nhà|ngập đầu|ngập nhà|ngang ngực|tới cổ)', 'sap nha', 'sắp (đẻ|sinh)', 'vỡ ối', 'đau đẻ',
  `${somebody} … bị tai nạn`, 'có (vụ )?tai nạn', 'tai nạn … (nặng|thương|kẹt|nằm|chảy máu|cứu|trước|ngay)', 'bị thương',
  '(xe|thuyền|đò|ghe) … lật', 'lật (xe|thuyền|đò|ghe)',
  '(sạt lở|lở đất|«sập») … (vùi|kẹt|chôn|đè|người)', 'bị (vùi|vùi lấp|kẹt|mắc kẹt|cuốn|lũ cuốn|nước cuốn)', 'mắc kẹt', 'cuốn trôi',
  'thoi thóp', 'nguy kịch', 'xỉu', 'chết giấc', 'mê man', 'li bì', '«lịm»', 'sùi bọt', 'trợn (mắt|ngược)', 'tím môi',
  '(ngạt|nghẹt|nghẹn) (thở|khói|khí|nước|cơm)', 'mắc nghẹn', 'thở (dốc|thoi|không)', 'hết thở', '(ói|nôn|ho) (ra)? máu', 'băng huyết',
  'sảy thai', 'chuyển dạ', 'tai biến', '(tụt|hạ) (huyết áp|đường huyết)', 'lên tăng xông', 'say nắng', 'sốc nhiệt', 'mất (ý thức|tri giác)',
  '(bị|cây|đất|đá|tường|máy) … «đè»', '(cay|dat|tuong|da) (do)? de (trung|len|nguoi|chet)', 'bi (cay|dat|tuong|da) … de',
  '(«vỡ»|bể|dập|nứt) (đầu|«sọ»)', 'chấn thương (sọ|đầu|nặng)', 'lòi ruột', 'đứt lìa', '(rơi|té|ngã|rớt) từ (tầng|trên|mái|cây|giàn)',
  '(té|ngã) (lầu|cây|giếng|núi)', '(té|ngã) … máu', 'sét đánh', 'tạt axit', '(rết|ong|bò cạp|sứa|nhện) … (cắn|đốt|chích)',
  'trâu (húc|chém)',
  '(ăn|uống) (nhầm|lộn|phải) (nấm|lá|bả|thuốc|xăng|dầu|hóa chất|axit)', 'lá ngón', '«chìm» (tàu|thuyền|xuồng|ghe|dưới|xuống|nghỉm)',
  'chim (duoi|xuong nuoc|tau|thuyen|xuong|ghe)', '(rơi|té|ngã|lọt|rớt) xuống (ao|giếng|sông|hồ|suối|mương|vực|cống|biển)',
  '(lũ quét|lũ ống|lũ cuốn|nước cuốn)', 'sập hầm', 'đau (ngực|tim) … (dữ|thở|quá|vã)',
  '(«rơi»|té|ngã) … (xuống (ao|giếng|sông|hồ|suối)|«lầu»|bất tỉnh|gãy|chảy máu)', 'roi xuong (ao|gieng|song|ho|suoi)',
)
const police = anyOf(
  '(có|bị|thằng|bọn) cướp', 'cướp (cướp|cứu|kìa|giật|tiền|xe|đang)', '^cướp$', '(bị|vây|xúm) … đánh',
  '(đánh|bóp cổ|tát|«đá») (vợ|mẹ|bố|ba|má|con|em|tôi|chị|bà|ông|cháu|người|cả nhà|chết|bầm|túi bụi)', 'bóp cổ',
  `${somebody} (đang |lại |hay |mới |vừa )?đánh (em|e|tôi|con|vợ|mẹ|đập|chảy|bầm|hoài|tới tấp)`, 'đánh (nhau|đập|hội đồng|ghen)',
  'đang đánh', 'bạo hành', 'hành hung',
  '(chém|đâm) (nhau|người|tôi|em|chết)', '(cầm|rút|kề|dí) (dao|mã tấu|súng|hung khí)', 'hung khí',
  '(đòi|dọa|định|hăm|đe dọa) (giết|chém|đâm|tạt axit)', 'giết (tôi|em|e|người|cả nhà|vợ|chết)',
  '(có|bắt|thằng|ăn) trộm', '«cạy» (cửa|khóa|két)', 'cay (cua nha|cua sat|khoa nha)', 'rình (rập|ngoài|trước|trong|nhà)',
  '(bị|vừa|có đứa|có thằng) giật', 'giật (túi|dây chuyền|ví|bóp|giỏ|đồ|xe)', 'quấy rối tình dục', 'sàm sỡ',
  '(bán|buôn|chích|hút) … «ma túy»', '(ban|buon|chich|hut) ma tuy', 'trộm … (vào nhà|trong nhà|đột nhập)', 'đột nhập',
  '(bị|đang) (nhốt|giam|trói|bắt giữ|giữ ở|giữ trong)', '(nhốt|trói|giam) (tôi|em|e|con|vợ|mẹ|cháu|mình|người)',
  '(kẻ|người|thằng|đứa) lạ (mặt)? … (vào nhà|trong nhà|đột nhập|bám theo|theo dõi|ngoài cửa|trước cửa)',
  '(bám|đi) theo (tôi|em|con|mình) … (từ|hoài|nãy|suốt|sợ)', '(đuổi|truy|vây|chặn đường) (đánh|chém|sát|giết)', 'ẩu đả', 'hỗn chiến',
  'xô xát', 'nổ súng', '«súng»', '(cam|dung|rut|no) sung', '(đặt|có|phát hiện) (bom|mìn|quả bom|lựu đạn)', 'ép (quan hệ|cưới|làm vợ)',
  '(bán|lừa) … (sang|qua) (trung quốc|campuchia|cam|lào|myanmar)', 'truy sát', 'tạt (sơn|mắm|axit|xăng)', '(dọa|đòi|định) đốt', 'đâm chém',
  'chém đâm', 'trộm … (leo|trèo|vào|chạy|bẻ)', 'bị (bắt cóc|bán sang|lừa bán)', 'cứu … bắt cóc', 'bắt cóc', '(bị|cưỡng|đòi) (cưỡng )?hiếp',
  '(bị|cưỡng) (cưỡng )?bức', 'hiếp dâm', 'ép (bán dâm|tiếp khách)',
  '(đập|phá|dập) (phá|cửa|nhà|đồ)( nhà)?( tôi| em)?', 'gọi (giúp )?(công an|cảnh sát) (giúp|gấp|với|ngay|tới|đến)', 'gọi 113',
  'có người … (theo dõi|bám theo) (tôi|em)',
)
const suicide = anyOf(
  '(muốn|nghĩ đến|nghĩ tới|có ý định|ý định) … chết', '«tự tử»', '(muon|dinh|se|doi|toan|tinh|y dinh|thuoc|sau|cau) tu tu', '^tu tu',
  '«tự vẫn»', 'tự sát', 'quyên sinh', '(không|chẳng|chả|hết|chán|không thiết|chẳng thiết) (muốn |còn muốn )?sống( nữa)?', 'thiết sống',
  'sống … (ý nghĩa|làm gì nữa|để làm gì|chi nữa)', '(rạch|cắt|cứa) (cổ )?tay', 'nhảy (cầu|lầu|sông|hồ)',
  'kết thúc (cuộc đời|cuộc sống|tất cả|mọi thứ|đời)', 'muốn kết thúc$', 'chết (cho rồi|quách|đi cho|không đau|cho xong|cho nhẹ)', 'treo cổ',
  '(ra đi|ngủ) mãi mãi', 'muốn biến mất', '(không|chẳng|thà) … (bằng|còn hơn) chết', 'thà chết', '(vỉ|nắm|lọ|cả) thuốc ngủ',
  'uống … thuốc ngủ', 'đứng trên (cầu|lầu|sân thượng|nóc|tầng|lan can)', '(định|muốn|sẽ|sắp|đòi) nhảy', '(lý do|động lực) … sống',
  'vĩnh biệt', 'thư tuyệt mệnh', '(ước|giá) … chết', '(hết|cả|nguyên) (vỉ|lọ|hộp|nắm) thuốc', 'sống không nổi',
  '(không|chẳng) muốn (tồn tại|tỉnh dậy|sống)', 'tự (hại|làm đau|hành hạ)( bản thân)?', 'đâm đầu vào xe', 'muốn ngủ mãi', 'sống thừa',
  'không còn … để sống', 'chet di cho', 'uống thuốc (ngủ|sâu) (tự tử|chết|để)', 'tìm đến cái chết', 'từ giã cõi đời',
)
const harm = '(bạo hành|đánh|đánh đập|hành hạ|xâm hại|sàm sỡ|quấy rối|«sờ»|sờ (mó|soạng|người|ngực)|dâm ô|hiếp|hiếp dâm|cưỡng hiếp|lạm dụng|bỏ đói|nhốt)'
const childInDanger = anyOf(
  `(mẹ kế|bố dượng|ba dượng|cha dượng|dượng|mẹ ghẻ|dì ghẻ|bảo mẫu|cô giáo|thầy giáo|«thầy»|nhà trẻ|mầm non) … ${harm}`, `${harm} … ${child}`,
  '(đi lạc|lạc mất) (con|cháu|bé)', `(em|cháu|con|bé) … tuổi … ${harm}`, `con (tôi|em|gái|trai) … (mất tích|đi lạc|bị lạc|bị ${harm})`,
 
  `${child} … (bạo hành|đánh|đánh đập|hành hạ|xâm hại|sờ mó|dâm ô|hiếp|hiếp dâm|cưỡng hiếp|bắt cóc|đi lạc|bị lạc|mất tích|bỏ đói|bỏ rơi|bị nhốt|lạm dụng)`,
  `(bắt cóc|xâm hại|hành hạ|bạo hành|bỏ đói|đánh đập|dâm ô|nhốt|hiếp) … ${child}`,
)

export interface Kind {
  reply: EmergencyReply
  signs: MessagePattern
  /** Where one of these fits too, the message is about something else. */
  unless: readonly MessagePattern[]
}

/** First that fits: who may die first comes first; a child before the same done to a grown-up. */
export const kinds: readonly Kind[] = [
  { reply: 'emergency_suicide', signs: suicide, unless: [anyOf('mai táng', 'mai táng phí', 'hưởng', 'bảo hiểm', 'khai tử', 'giấy chứng tử',
    'tin … tự tử', 'vụ tự tử', 'nhảy việc')] },
  { reply: 'emergency_fire', signs: fire, unless: [asksAbout] },
  { reply: 'emergency_child', signs: childInDanger, unless: [anyOf('trên mạng', 'online', 'qua mạng', 'phòng (tránh|chống|ngừa)', 'là gì',
    'tập huấn', 'quy định', 'luật', '(tuần|tháng|năm) (trước|ngoái|qua)')] },
  { reply: 'emergency_police', signs: police, unless: [asksAbout, anyOf('vneid', 'sim', 'khóa', 'app', 'ngân hàng',
    'vay (app|tiền|nợ|online)')] },
  { reply: 'emergency_medical', signs: medical, unless: [asksAbout] },
]

/** The parts of a told or pasted demand; all but `onlyAsking` must be there. */
export const scam = {
  /** What a caller tells to frighten: a relative hurt, arrested or held … */
  told: anyOf('cấp cứu', '(nhắn|gọi|báo|nói) … (bệnh viện|nằm viện|gây tai nạn)', '(đang|phải) (ở|nằm) (bệnh viện|viện)', 'tai nạn',
    '(«mổ»|phẫu thuật|nhập viện|nguy kịch|đột quỵ)', '(can|phai|de) mo (gap|ngay|cap cuu|chuyen)', 'mổ (gấp|ngay)', 'bắt cóc',
    '(giữ|bắt) (con|chồng|vợ|mẹ|bố|cháu)', '(con|cháu) … (bị trói|bị giữ|bị bắt)', 'con tin', 'bị (công an|cảnh sát) bắt',
    '(gọi|báo|nhắn) … (bị ngã|bị té|nga cau thang|ngã cầu thang)'),
  /** … and that money must be sent. */
  moneyWanted: anyOf('chuyển (khoản|tiền|gấp|ngay|cho)', 'nộp … triệu', 'chuyển … (triệu|nghìn|số này|tài khoản)', 'bảo chuyển',
    'số tài khoản', 'đóng tiền', 'viện phí', 'chuộc', 'gửi tiền'),
  /** … or somebody reports it and names a sum. */
  reported: anyOf('(gọi|báo|nhắn|nói)'),
  sum: anyOf('(triệu|nghìn|ngàn)'),
  onlyAsking: anyOf('là gì', 'là như thế nào', 'như thế nào$', 'cảnh báo', 'thủ đoạn', 'phòng (tránh|chống)', 'nhận biết', 'bảo hiểm',
    'online là', 'nhầm', 'chuyển (viện|tuyến)'),
}
