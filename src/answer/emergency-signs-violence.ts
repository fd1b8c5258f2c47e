import { bodyPart, dialled, hits, somebody, victim, weapon } from './emergency-words.ts'

export const violence: readonly string[] = [
  dialled(113),
  // Somebody does it to somebody
  `(bị|vây|xúm|xông vào|nhào vô|lao vào) … ${hits}`,
  'bị … (hiếp|cưỡng bức|cưỡng hiếp|sàm sỡ|trấn lột|rượt|chém|đuổi đánh|bóp cổ|khống chế|ép cưới|ép bán dâm|lột đồ|quấy rối)',
  'bi (danh|dap|dam|nhot|troi|giam long|chem|hiep|bop co)', 'bi duoi (danh|chem|theo)', `${hits} ${victim}`, `(đánh|bóp cổ|siết cổ|chém|hành hạ|rượt|hiếp|nhốt) (đập )?${victim}`,
  `(danh|dap|nhot|dam) (dap )?(vo|me|bo|ba|con|em|tôi|chi|chau|nguoi|nhau|tôi tap)`, `(no|chong|bo|cha|thang|ong|bi|me|ba|vua|bop co|danh) tat (vo|me|con|em|tôi|chau|vao mat)`, 'troi (tôi|em|vo|chong|me|con) (lai|vao|vo|tay|chan|o|trong)',
  `${somebody} (đang |lại |hay |mới |vừa |cứ |đòi |say |xỉn |về )?đánh (em|e|tôi|con|vợ|mẹ|đập|chảy|bầm|hoài|tới tấp)`,
  `(chồng|vợ|bố|ba|cha|mẹ|anh|nó|ổng|ông|thằng|dượng|con trai|con rể|con dâu|hàng xóm|tụi nó|người yêu|bạn trai|chủ|họ|nhóm|đám) … (đánh|hành hung|bóp cổ|tát|đấm|đạp|siết cổ|chém|«đâm»|nhốt|«trói») … ${victim}`,
  'đánh (nhau|đập|hội đồng|ghen|bầm|đuổi|tới tấp|túi bụi|dã man|gãy|chảy máu|ngất|chết|què|sưng|thâm)', 'oanh (tôi|em|con|me|vo)', 'đang (đánh|chém|đập phá|đuổi|rượt|đâm)', 'bóp cổ',
  'siết cổ', 'bạo hành', 'hành hung', '«tra tấn»', '(bi|dang|no|danh dap) tra tan', 'tra tan (em|tôi|con|vo|chau|nguoi|da man)', 'đập phá', 'ẩu đả', 'hỗn chiến', 'xô xát', 'truy sát', 'thanh toán nhau',
  '(chém|đâm) (nhau|người|tôi|em|chết|trúng|vào|một|mấy|2|anh|bạn|loạn)', 'đâm chém', 'chém đâm', 'dam chem', 'chem (nhau|loan|nguoi|lon)',
  'dam (vao|trung) (bung|co|nguoi|nguc|lung)', 'bị (đâm|chém)',
  `(cầm|rút|kề|dí|vác|lăm lăm|xách|vung|chĩa|giơ|mang|có|lấy|quơ|hăm) (con|cây|cái|nguyên)? ${weapon} … (dọa|đòi|rượt|đuổi|đánh|chém|đâm|giết|qua|tới|vào|vô|khống chế|cổ|nhà|em|tôi|người|kề|cướp|chặn|đứng|rồi)`,
  '(cầm|rút|kề|dí|vác) (dao|mã tấu|súng|hung khí|«búa»|«rựa»)', '(cam|vac|xach|vung|rut) (cay|con|cai)? (bua|rua|mac) (doi|doa|ruot|duoi|chem|danh|qua|vao|vo|trong|dung|chan|dap|quơ)', 'hung khí',
  `(đánh|phang|đập|quất|chọi|ném) … bằng … (gậy|cây|roi|dây điện|dây nịt|thắt lưng|búa|ghế|gạch|chai|điếu|tuýp|ống|cán|xích)`,
  '(đòi|dọa|định|hăm|đe dọa|hăm dọa|tính|muốn|thề|nói|sẽ) (sẽ |đòi )?(giết|chém|«đâm»|tạt axit|đốt nhà|đánh chết|«thiêu»|xử)', '(doi|dinh|tinh|se|ham|doa|muon) dam (chet|em|tôi|me|con|nguoi|no|vo|chi|ca nha|chau)',
  'giết (tôi|em|e|người|cả nhà|vợ|chết|mẹ|con|chồng|hết|nhau|mình|ba|bố)', '(sắp|đang|định|muốn|bị) giết',
  '(đuổi|truy|vây|chặn đường|chặn xe) (đánh|chém|sát|giết|cướp)', '(rượt|đuổi) (đánh|chém|theo|cả nhà|em|tôi|con)',
  // Arms, bombs, bodies
  'nổ súng', '«súng»', '(cam|dung|rut|no|co) sung', 'tiếng súng', '(đặt|có|phát hiện|dọa) (bom|mìn|quả bom|lựu đạn)', 'con tin', 'khống chế',
  '«xác» (chết|người|trôi|ai|một|phụ nữ|đàn ông|trẻ|đang|nổi|dưới)', 'xac (chet|nguoi|troi)', '«thi thể»', 'thi the (nguoi|dan ong|phu nu|troi|tren|duoi|giua|nan nhan)', '(thấy|phát hiện|vớt) … («xác»|người chết|tử thi)',
  'án mạng',
  // Robbery, burglary
  '(có|bị|thằng|bọn|gặp|nó|tụi|đang|vừa) cướp', 'cướp (cướp|cứu|kìa|giật|tiền|xe|đang|tiệm|nhà|ngân hàng|dây|túi|điện thoại|bóc|rồi|của|vàng|hết|đồ|chạy)', '^cướp$',
  '(có|bắt|thằng|ăn) trộm', 'trộm … (vào|vô|leo|trèo|chạy|bẻ|cạy|đột nhập|trong nhà|nhà|phá|ra|đang|cắt)', '(đang|thấy|nghe) … trộm', '«cạy» (cửa|khóa|két|tủ)',
  '(no|trom|bi|dang|ai|tui|thang|ke|nguoi) cay (cua (nha|sat|so)|khoa)', '(phá|«bẻ»|đạp|đập|«cưa»|«tông») (ổ)? (cửa|khóa|cổng)', '(be|cay) (o khoa|khoa (nha|cua)|cua (so|sat|vao|vo)|cong)', 'đột nhập',
  '(leo|trèo|nhảy) (qua)? (rào|tường|cửa sổ|ban công) … (vào|vô|nhà|kìa|nhà em)', 'rình (rập|ngoài|trước|trong|nhà|xem|mò)',
  '(bị|vừa|có đứa|có thằng|nó|mới) giật (mất)? (túi|dây|ví|bóp|giỏ|đồ|xe|điện thoại|vòng|bông|lắc|tiền)', 'bị giật', '(vừa|có đứa|có thằng) giật',
  'giật (túi|dây chuyền|ví|bóp|giỏ|đồ|xe|bông tai)', 'trấn lột', '(tụi|bọn|thằng|nó) … chặn (xe|đường) … (lấy|cướp|đòi|đánh|xin|lột)',
  // Rape, harassment
  '(bị|cưỡng|đòi) (cưỡng )?hiếp', '(em|tôi|con|cháu|bạn|chị|nó) … hiếp', '(bị|cưỡng) (cưỡng )?bức', 'hiếp dâm', 'bị … hiếp', '(ép|bắt) (làm gái|bán thân|làm tiền)',
  'ép (bán dâm|tiếp khách|đi khách|quan hệ|cưới|làm vợ|lấy chồng|uống rượu|ngủ)', 'bị … ép … (khách|dâm|quan hệ|ngủ)', 'quấy rối tình dục', 'sàm sỡ', 'dâm ô',
  '(sờ|bóp|đụng chạm|rờ) … (ngực|mông|đùi|vùng kín|người em|người tôi|vào người|vô người)', '«giở trò»', 'gio tro (doi|voi|dam|sam|xau|bay)', 'xâm hại', 'cưỡng hôn', '(khoe|lộ) hàng … (trước|đứng)',
  'quay lén',
  // Held, sold, followed
  '(bị|đang) … (nhốt|giam lỏng|trói|bắt giữ|xích)', '(bị|đang) (giam|giữ|bắt) (ở|trong|lại|giữ)',
  '(nhốt|trói|giam|xích) (tôi|em|e|con|vợ|mẹ|cháu|mình|người|lại|trong)', 'bắt cóc', '(dụ|bắt|lôi|kéo|«ép») … (lên xe|vào xe|đi mất|đi đâu)',
  '(bán|lừa|bắt|đưa|kẹt|nhốt) … (sang|qua|ở|bên) (trung quốc|campuchia|căm|cam|lào|myanmar|miến điện|biên giới|tam giác vàng)', 'bị («bán»|lừa bán|buôn bán|bán sang)', 'bi ban (sang|qua|di|cho|vao|lam)',
  'mua bán người', 'buôn người', '(không cho|giữ) (em|tôi|con|ai)? (về|ra ngoài|ra khỏi|đi đâu)',
  '(không|mất|chưa) liên lạc (được)? (nữa|với)? (từ|mấy|hôm|hai|2|3|gì|nữa)',
  `(con|cháu|em|vợ|chồng|mẹ|bố|ba|bạn|chị|anh|người nhà|bà|ông) … (không|mất|chưa) … liên lạc được`,
  `(con|em|vợ|chồng|mẹ|bố|ba|bạn|chị|anh|bà|ông|cụ) (em|tôi|con|gái|trai|ngoại|nội|cháu)? … (bị)? mất tích`, '(bỏ nhà đi|bỏ đi) … (chưa|không) … (về|thấy|liên lạc)',
  '(kẻ|người|thằng|đứa|ông|nhóm|đám|gã|tên) lạ (mặt|mặc)? … (vào nhà|vô nhà|trong nhà|đột nhập|bám theo|theo dõi|ngoài cửa|trước cửa|đập cửa|gõ cửa|leo|trèo|phá|cạy|đứng (ngoài|trước|rình|ở cửa|ở cổng)|rình|đi theo|nhìn trộm|xông)',
  '(bám|đi|chạy|lẽo đẽo) theo (tôi|em|con|mình|chị) … (từ|hoài|nãy|suốt|sợ|tới|về|miết)',
  '(theo dõi|bám theo|rình) (tôi|em|e|con|mình|cháu) … (về|từ|ngoài|hoài|sợ|suốt|tới|cửa|nhà)',
  'có (người|ai|thằng|đứa|kẻ) … (theo dõi|bám theo|đi theo|rình) (tôi|em|e|con|mình)?',
  // Gangs, drugs, wreckers
  '(bán|buôn|chích|hút) … «ma túy»', '(ban|buon|chich|hut) ma tuy', 'ngáo (đá|thuốc|rồi|đập|chém|cầm)', '«ngáo»',
  '(giang hồ|xã hội đen|côn đồ|du côn|đầu gấu|băng nhóm|dân anh chị) … (tới|đến|vào|vô|kéo|đập|đánh|vây|nhà|chém|dọa|chặn|đòi)',
  'đòi nợ … (đập|đánh|chém|vây|phá|giang hồ|tạt|dao|xịt|nhốt|dọa giết|dọa đốt)', 'tạt (sơn|mắm|axit|xăng|nước sôi|dầu|phân)',
  '(dọa|đòi|định|đổ xăng|tưới xăng|tính) đốt', '(đổ|tưới|xịt|tạt) xăng', '(ném|chọi|liệng|chọi) (đá|gạch|chai|bom|chất) … (nhà|xe|người|vào|vô|em|tôi)',
  '(đập|phá|dập) (phá|cửa|nhà|đồ)( nhà)?( tôi| em)?', '(say|«xỉn»|nhậu|ngáo|phê|lên cơn) … (đập|phá|đánh|chửi đánh|đuổi|chém|dao|đốt|giết)',
  '(đuổi|tống|đánh đuổi) … ra (khỏi nhà|đường)', 'đánh đuổi', 'gọi (giúp |giùm )?(công an|cảnh sát) (giúp|gấp|với|ngay|tới|đến|giùm)', 'gọi 113',
  '(công an|cảnh sát) … (tới|đến|xuống) (ngay|gấp|«liền»|mau|nhanh|cứu)', '(tông|đụng|cán|gây tai nạn|đâm) … bỏ (chạy|trốn)',
  '(nghe|có) (tiếng)? … («la hét»|kêu cứu|hét cứu|la cứu|khóc thét)', '(nghe|co tieng) … la het', 'bạo lực (gia đình)? … (em|tôi|cứu|nhà bên|hàng xóm|đang)',
  `(em|tôi|con|mẹ|chị|cháu|vợ) … (trốn|núp|chạy trốn) … (trong|dưới|nhà|phòng|gầm|tủ|vệ sinh|ra|được|ngoài)`,
  `(đánh|đập|đấm|đá|tát|phang) … ${bodyPart} … (máu|bầm|sưng|gãy|vỡ)`, `(đấm|đạp|đá|đánh|tát|đập|phang|chọi) (vào|vô|trúng|gãy|bể|thẳng) … ${bodyPart}`,
]

const ordnance = '(bom|mìn|lựu đạn|đạn pháo|đạn cối|đầu đạn|quả đạn|trái đạn|vật liệu nổ|vật nổ)'

/** What the war left in fields and building pits: whom to tell is an emergency, not a question about papers. */
export const unexploded: readonly string[] = [
  `(đào|cuốc|cày|nhặt|lượm|phát hiện|thấy|gặp|trúng|vướng) (được|phải|trúng|thấy|có|ra)? (một|1|mấy)? (quả|trái|cục|đống)? ${ordnance}`,
  `(quả|trái) (bom|mìn|lựu đạn|đạn|đạn pháo|đạn cối) … (ruộng|rẫy|vườn|nhà|sông|ao|đồng|móng|đất|đường|trường|rừng)`,
]

/** Looked for before fire: without marks the blood that runs is written as what burns. */
export const stabbed: readonly string[] = ['(đâm|chém) (trúng|vào|vô|chết)? (nhau|người|tôi|em|con|vợ|chồng|bạn|anh|chị|mẹ|ba|bố|nó|mình) … «máu»', 'dam (trung|vao|vo)? (nhau|nguoi|tôi|em|con|vo|chong|ban|anh|chi|me|bo|minh) … mau']
