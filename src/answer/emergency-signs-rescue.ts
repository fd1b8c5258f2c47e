import { boat, depth, dialled, somebody } from './emergency-words.ts'

/** The s is read as a Telex key. */
const gas = '(gas|«gá»)'

/** Fire, gas, explosion. */
export const fire: readonly string[] = [
  dialled(114),
  '«cháy»', 'chay (nha|rung|bep|kho|lan|lon|to|du|tu dien|lua|um|phong|can ho|qua (troi|roi|cuu|to|lon))', 'chay dong (rom|cui|rac|go|lua|co)', 'chay cho (lon|nho|huyen|xa|cu|moi|roi|cuu)', '(nha|bep|kho|cho|rung|em|tôi|quan|tiem|xuong) … chay roi', '^chay roi', 'chay quan (an|ca phe|nhau|karaoke|roi|cuu)', 'chay chay', 'bốc cháy', 'phựt cháy',
  '(nha|bep|kho|cho|rung|xuong|quan|doi|chung cu|hang xom|ray|chuong|xe|tau|ghe|tiem|lop|truong) (dang|bi|boc|dang bi) chay', '(nha|hang xom) … dang chay',
  // Without marks also "chạy": only as a whole message.
  '^(dạ|alo|trời ơi|ối)? (bếp)? (nhà|hàng xóm) (tôi|tui|em|mình|con|cháu|anh|chị|bác|cô|chú|ông|bà|nội|ngoại|hàng xóm|bên cạnh)? (đang|bị|đang bị)? chay (giúp|cứu|rồi|gấp|to|lớn)? (tôi|em|mình|con|cháu|chúng tôi)? (với|gấp|rồi|quá)?$', '^chay ở (nhà (tôi|tui|em|mình|hàng xóm|bên|ông|bà|nội|ngoại|bác)|bếp|chợ|kho)',
  'bi chay (nha|rui|het|lon|roi)', '^chay$', 'chay (cuu|chung cu|cho huyen)', '(bep|kho|nha) … chay … (trong|chua ra|cuu|lan)', '(em|tôi|nội|ngoại|ơi) cháy (rồi|quá|hết)', 'đám cháy', 'lửa cháy', 'chay (het|rui|den|ngut|phung phung)',
  'chập (điện|cháy|nổ)', 'chap (dien|chay)', 'dang chay (lon|to|du)', 'bốc … (lửa|khói)', 'bóc (lửa|khói)',
  '«khói» … (bốc|nghi ngút|mù mịt|đen|nhiều|dày|um|ngạt|ngộp|đặc|tràn|lan)', '(ngạt|ngộp|toàn|đầy|nhiều) khói', 'khói (quá|cay)',
  'khoi … (bốc|nghi ngút|mù mịt|ngạt|ngộp)', 'khoi nhieu (qua|lam)', 'khoi (mu mit|den|um|day dac|boc|nghi ngut|tran|vao nha)', 'phát hỏa', 'hỏa hoạn', 'cứu hỏa', '(gọi|cần|số|xe) chữa cháy', 'gọi 114',
  '«lửa» … (to|lan|lớn|dữ|cháy|bốc|ngùn ngụt|lên|bén|phừng|tóe|táp)', '(tóe|bén|phựt|bắt|phun|xẹt) «lửa»', 'toe lua',
  'lua (chay|to|lon|boc|ngut|phung) (lam|qua|roi|lan|len|tren|nha|cao|troi)?', `(xì|rò|rỉ|rò rỉ|nổ|«hở»|«thoát»|tuột) (bình|ống|van|khí)? ${gas}`,
  '(xì|rò|«rỉ»|rò rỉ|«nổ»|tuột) (bình|ống|van)? ga', '«bị xì»', `(${gas}|bình ga|ống ga|bếp ga) … (xì|nổ|rò|rỉ|hở|bốc|thoát|nồng nặc|phun)`, `mùi (khí)? ${gas}`,
  '«mùi ga»', `(${gas}|«ga») (nồng nặc|nặng mùi|đầy nhà)`, 'khét lẹt', 'mùi khét', '«nổ» (bình|lò|nồi|trạm|pin|lớn|to|gas|bom|mìn|hơi|ga|ác quy|ắc quy|kho)',
  'no (binh|gas|min|bom|tram dien)', '(vụ|tiếng|phát|vừa|bị|mới|đã) «nổ»', '(bình|lò|nồi|pin|trạm điện|ắc quy|máy) … «nổ»', '(xạc|sạc|bình|pin) … («nổ»|«cháy»)', '(sac|xac) (xe|xe dien|binh|pin) … (no|chay) (duoi|trong|o|tren|nha|tung|chay|no)', '(sac|pin|binh (dien|ac quy|gas|ga)) … (chay (no|khet|roi|nha)|phat no|no tung|bi no|bi chay)',
  'dây điện … (rớt|đứt|rơi|tóe|xẹt|phóng|chạm|cháy|đè|mất xuống)', 'trụ điện … (ngã|đổ|gãy|nổ|đè)', 'bà hỏa',
]

/** Caught in water, earth or a building. */
export const trapped: readonly string[] = [
  dialled(112),
  '(kẹt|mắc kẹt|nhốt|đứt cáp|mất|rơi) … thang máy', 'thang máy … (kẹt|rơi|rớt|đứt|tuột|nhốt|tụt)',
  '(kẹt|mắc kẹt) … (đám cháy|tầng|trong nhà|hầm|cabin|đống|gầm|dưới|bên trong|ở trong|trong xe|hang|«lầu»|khe)',
  '(lũ|lụt|ngập|nước) … (nóc|«mái»|mái nhà|gác|ngang (ngực|cổ|bụng|người)|tới (cổ|ngực|bụng|giường|cửa sổ|nóc)|đến (cổ|ngực|bụng|cửa sổ|nóc)|lút|leo lên|trèo lên|cô lập|chia cắt)',
  'nước (lên|dâng|tràn|ngập) (quá|rất)? (nhanh|cao|mạnh|tới|đến|lút|ngập|vào nhà|cuồn cuộn)', 'nước chảy xiết', 'nước lũ',
  '(lũ|lụt) (lên|về|tràn|cuốn|quét|ống|dâng|ngập|tới|lớn quá|dữ)', 'lu (quet|ong|cuon|len|ve|dang|tran) (nhanh|cao|qua|roi|nha|den|tôi|cuon)?',
  '(nhà|xóm|thôn|bản|làng) … (ngập|lụt) … (hết|nóc|đầu|sâu|mái|cổ|ngực)', 'ngập (tới|đến|lên|ngang|lút|quá|gần|hết) (nóc|mái|cổ|ngực|đầu|bụng|nhà)',
  '«vỡ» (đê|đập|hồ|bờ bao)', 'vo de bao', '(bị|đang) cô lập', '(xóm|thôn|bản|làng|nhà) … cô lập',
  '(trên|lên|ngồi) … (mái nhà|nóc nhà|mái tôn|nóc|«mái») … (chờ|cứu|kêu|lũ|nước|lạnh|đói|từ)',
  '(chờ|cần|gọi|xin|cho|đưa) … (ca nô|cano|xuồng|trực thăng) … (cứu|tới|đến|vào|hộ|gấp)',
  '(sạt lở|lở đất|lở núi|sụt|«sập»|sụp|sụt lún|trượt đất) … (vùi|kẹt|chôn|đè|người|mất nhà|xuống nhà|vào nhà|vô nhà|sau nhà|nhà (tôi|em|mình|hàng|bên))',
  '«sập» (nhà|tường|cầu|hầm|giàn|mái|trần|mỏ|đất|lò|công trình|sân khấu|rồi)', 'sap (nha|tuong|gian giao|ham|mai|tran nha|lo than|gieng)',
  '(đất|đá|núi|tường|nhà|cây|cột|giàn giáo|mái|trần|cổng|cầu|hầm|mỏ|bê tông) … («sập»|«đổ»|sụp|«lở»|ngã đổ|ngã|«rơi»|sạt) … (đè|trúng|chôn|vùi|xuống nhà|người|lấp|vào nhà|trên người)',
  '(nha|tuong|gian|gian giao|ham|cau|mai|tran|mo|lo|dat|cong trinh|nui) (bi|do)? sap … (de|vui|chon|nguoi)', 'sap (xuong|do|nha|tuong|ham|gian) … (de (len|trung|nguoi|chet)|vui|chon)', '(vùi|«chôn») (lấp|sống|dưới|mất|trong)', 'chon (song|vui)', 'bị (vùi|vùi lấp|chôn|kẹt|mắc kẹt|cuốn|lũ cuốn|nước cuốn|sóng cuốn|cuốn trôi)', 'mắc kẹt',
  '(nước|lũ) ngập (hết|tới|lên|sâu|mấy|tầng|nhà)', 'ngập (hết|sâu) (tầng|nhà|rồi)', '(cuốn|trôi) (trôi|mất|xa|ra xa|ra biển|ra khơi|theo|giữa sông|theo dòng)',
  '(sóng|lũ|dòng nước|nước xoáy|nước lũ|suối) … (cuốn|kéo|nhấn chìm|«trôi»)', 'nước (cuốn|kéo|xoáy|nhấn)',
  `${boat} … («chìm»|lật|đắm|«úp»|trôi dạt|mất tích|«bể»|«vỡ»|thủng|vô nước|vào nước|hư máy)`, `(chìm|lật|đắm|úp|trôi) ${boat}`, `${boat} (bi)? up`,
  '(tau|ghe|xuong|thuyen|sa lan) … chim', '(do|phà|bè) chim (roi|cuu|giua|ngoai|duoi|het)', '(do|xuong|ghe|phà) (bị|bi)? (lat|up) (roi|cứu|giữa|ngoài|hết)', '«chìm» (dưới|xuống|nghỉm|dần|rồi)', 'chim (duoi|xuong nuoc|xuong|nghim)', 'đang chìm', 'duoi nuoc', 'đuối (nước|sức)',
  '«đuối» (rồi|giữa|dưới)', 'chết (đuối|chìm)', 'không biết bơi', 'biết bơi … cứu', '(hụt|sẩy|trượt) chân … (sông|ao|hồ|giếng|suối|nước|vực|chưa|mất|xuống)',
  '(tắm|bơi) … (sông|suối|hồ|biển|ao|đập|kênh) … (mất|chìm|không thấy|chưa (thấy|lên)|hụt|cuốn)',
  `(té|ngã|lọt|sụp|tuột|trượt|«rơi»|rớt|lăn|lao|nhảy|chìm) (chân)? (xuống|vào|vô|từ)? (trên|dưới|cái|miệng|lòng)? ${depth}`,
  '(rớt|rơi|té|ngã|lọt|sụp) (hết|cả|luôn|tõm|tòm)? (xuống|vào|vô) (ao|giếng|sông|hồ|suối|mương|vực|cống|biển|hố|hầm|nước)',
  '(roi|rot|te|nga) xuong (ao|gieng|song|ho|suoi|muong|vuc|cong|ham|nuoc)', '(té|rơi|rớt|ngã) (sông|«hồ»|«cống»|«hố»|giếng|suối)',
  '(te|rot) (song|gieng|ao|muong|suoi)', `${somebody} … (bị|đang) … (kẹt|chìm|trôi|vùi|cuốn|lún) (trong|dưới|ở|giữa|bùn|cát|nước)`,
  '(vớt|«mò»|tìm) … («xác»|dưới nước|dưới sông|chưa thấy)', 'vot … xac', 'tim xac (nguoi|con|chong|nan|duoi)', '(lạc|kẹt|mất phương hướng) … (trong|trên|giữa) (rừng|núi|hang|biển|đảo)', '(đi|vào|vô) rừng … lạc',
  '(chui|lọt|tuột|thụt|kẹt) (chân)? (vô|vào|xuống|trong) … (ống cống|cống|hang|khe|ống|miệng giếng)',
]

/** Out of the water or the rubble but not breathing, a limb in a machine: who treats comes before who fetches. */
export const fetchedOut: readonly string[] = [
  '(vớt|kéo|đưa|bế|lôi|cứu) (được|nó|con|bé|em|cháu|người)? (lên|ra|vào bờ|vô bờ) … (thở|tím|bất tỉnh|hôn mê|mê man|ngất|tỉnh|bất động|máu)',
  '(kẹp|kẹt) (tay|chân|ngón|đầu|cổ) … (máy|cửa|khe|cống|song)',
]
