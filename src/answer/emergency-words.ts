/** Groups of words for the patterns of emergencies, in the notation of `anyOf`. */

/** Nothing but the number, as if the message were a telephone. */
export const dialled = (number: number): string => `^(alo|gọi|gọi giúp|gọi gấp|số|sos)? ${number} (ơi|gấp|với|ngay|giúp|đi)?$`

/** Whoever may be in danger or put others in it. */
export const somebody = '(tôi|em|e|mình|tớ|cháu|con|mẹ|me|má|bố|ba|cha|tía|«bọ»|chồng|vợ|ông|bà|cụ|nội|ngoại|bác|chú|cô|dì|cậu|dượng|thím|mợ|anh|ảnh|ổng|bả|chị|bé|nó|thằng|đứa|' +
  'người|trẻ|bạn|cả nhà|hàng xóm|công nhân|thợ|học sinh|nạn nhân|tụi|nhỏ|con em|con tôi)'

/** Who is hit, held or threatened: what may follow the verb at once. */
export const victim = '(vợ|mẹ|bố|ba|má|con|em|e|tôi|mình|chị|anh|bà|ông|cháu|bạn|bé|người|nó|«cô»|«dì»|tụi em|tụi con|chúng tôi|cả nhà|hàng xóm|học sinh|đứa|thằng|chết|bầm|' +
  'túi bụi|tới tấp|dã man|hoài)'

export const child = '(bé|em bé|đứa bé|bé gái|bé trai|cháu|cháu bé|cháu nhỏ|thằng bé|thằng nhỏ|trẻ|trẻ em|con nít|con tôi|con em|con gái|con trai|học sinh|đứa nhỏ|đứa trẻ|' +
  'đứa con|em nhỏ|nhỏ em)'

/** Limbs and other parts that break, bleed or are caught. */
export const bodyPart = '(tay|chân|ngón|bàn tay|bàn chân|cánh tay|đầu|«cổ»|xương|«sọ»|bụng|ngực|lưng|đùi|«mặt»|hông|sườn|gân|ruột|cột sống|«hàm»|«vai»|«gối»|«mắt»)'

/** Where people drown, or must be fetched up from. */
export const depth = '(giếng|ao|suối|mương|kênh|rạch|vực|biển|«sông»|«hồ»|«hố»|«cống»|«đập»|hầm|núi|đèo|taluy|bể nước|ruộng)'
/** What people fall from and lie hurt under. */
export const height = '(lầu|giàn giáo|gian giao|giàn|ban công|cầu thang|mái nhà|nóc nhà|gác|cây|«thang»|tầng)'

export const boat = '(ghe|xuồng|thuyền|tàu|«đò»|phà|ca nô|cano|sà lan|thúng chai|bè)'
export const vehicle = '(xe|xe tải|xe khách|xe máy|xe hơi|xe ben|xe buýt|xe đò|xe lửa|ô tô|mô tô|container|công nông|máy cày|máy xúc|tàu hỏa|tàu lửa)'

/** What is swallowed and poisons or chokes. */
export const poison = '(thuốc (sâu|trừ sâu|cỏ|diệt cỏ|trừ cỏ|chuột|diệt chuột|rầy|tẩy|sát trùng|bảo vệ thực vật|ngủ|độc|mê)|xăng|dầu hỏa|dầu lửa|axit|acid|hóa chất|javen|' +
  'nước tẩy|nước lau|nước rửa (chén|bát|tay|bồn|kính|xe)|bả chuột|«bả» (chó|độc)|lá ngón|«nấm» (độc|rừng|lạ|dại)|nam (doc|rung|dai)|«mật cá»|cá nóc|thịt cóc|trứng cóc|«độc dược»|«cồn»|metanol)'
export const swallowed = '(viên bi|hòn bi|bi ve|pin|cục pin|đồng xu|nam châm|cúc áo|kim|đinh|dị vật|hột|hạt|kẹo|thạch|đồ chơi|xương|«nhẫn»|ốc vít|nắp)'

/** What one person does to another. Those that are everyday words without marks count only with them. */
export const hits = '(đánh|đánh đập|«đập»|«đấm»|«đạp»|«đá»|«tát»|bạt tai|quất|bóp cổ|siết cổ|hành hạ|hành hung|tra tấn|chém|«đâm»|nhốt|«giam»|«trói»|xích|dìm|hiếp|' +
  'cưỡng hiếp|sàm sỡ|«sờ»|sờ mó|dâm ô|xâm hại|«dí»|rượt|đuổi đánh|«bắn»|khống chế|trấn lột|cưỡng hôn|quấy rối|«dần»|«tẩn»|«nện»|dọa giết|lột đồ)'
export const weapon = '(dao|dao phay|mã tấu|súng|«búa»|«rựa»|«kiếm»|gậy|tuýp sắt|ống sắt|cây sắt|hung khí|axit|xăng|lựu đạn|kim tiêm|gạch|phảng|«mác»)'
