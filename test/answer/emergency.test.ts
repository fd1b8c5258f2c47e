import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findEmergency } from '../../src/answer/emergency.ts'
import { fold } from '../../src/core/text.ts'

describe('a real emergency', () => {
  it.each([
    ['Nhà tôi đang cháy', 'emergency_fire'], ['chay nha roi cuu voi', 'emergency_fire'], ['nhaf tooi ddang chays', 'emergency_fire'], ['Cháy!', 'emergency_fire'],
    ['nha toi chay', 'emergency_fire'], ['nha toi chay giup toi voi', 'emergency_fire'], ['bep nha em dang chay', 'emergency_fire'], ['nhà tôi chay', 'emergency_fire'], ['chay o nha hang xom', 'emergency_fire'],
    ['binh gas nha em bi xi', 'emergency_fire'],
    ['Con tôi bị ngã bất tỉnh gọi cấp cứu giúp', 'emergency_medical'], ['con em bi duoi nuoc', 'emergency_rescue'], ['me e bi ngat k tho nua', 'emergency_medical'],
    ['con tui bị té giếng', 'emergency_rescue'], ['Mẹ em bị méo miệng không nói được', 'emergency_medical'], ['nước lũ lên tới nóc rồi', 'emergency_rescue'],
    ['Có người đang chìm giữa sông', 'emergency_rescue'], ['sat lo dat vui nha roi', 'emergency_rescue'], ['Sập giàn giáo, hai chú thợ bị vùi dưới gạch', 'emergency_rescue'],
    ['kẹt trong thang máy nãy giờ', 'emergency_rescue'], ['xe lao xuống vực, có người trong xe', 'emergency_rescue'], ['lạc trong rừng từ hôm qua, đuối sức rồi', 'emergency_rescue'],
    ['Bé đuối nước, vớt lên rồi mà không thở', 'emergency_medical'], ['bé kẹt tay vô máy xay thịt', 'emergency_medical'], ['ba em té từ mái nhà xuống nằm im', 'emergency_medical'],
    ['ck danh e bam tim nguoi', 'emergency_police'], ['Có cướp', 'emergency_police'], ['em bi cuong hiep', 'emergency_police'], ['ổng đập má con', 'emergency_police'],
    ['k muon song nua', 'emergency_suicide'], ['Vay app nợ nhiều quá, tôi chỉ muốn chết', 'emergency_suicide'], ['e muon tu tu', 'emergency_suicide'],
    ['be 3 tuoi bi bo danh bam dap', 'emergency_child'], ['Trẻ bị bạo hành ở nhà trẻ', 'emergency_child'], ['có đứa nhỏ bị bỏ rơi', 'emergency_child'],
    ['có đứa nhỏ hàng xóm bị bố nó đánh suốt', 'emergency_child'], ['con hàng xóm bị mẹ ghẻ nhốt hoài', 'emergency_child'],
    ['Con chị đang cấp cứu, chuyển tiền gấp', 'emergency_scam'], ['con bi tai nan can mo chuyen khoan ngay', 'emergency_scam'], ['bệnh viện gọi báo con té cầu thang cần tiền mổ gấp', 'emergency_scam'],
    ['113', 'emergency_police'], ['alo 114', 'emergency_fire'], ['115 ơi', 'emergency_medical'], ['112', 'emergency_rescue'], ['111', 'emergency_child'], ['SOS', 'emergency_police'],
    ['đào móng trúng quả bom', 'emergency_police'], ['thay trai dan ngoai ruong thi bao ai', 'emergency_police'], ['bị chồng tẩn hoài', 'emergency_police'], ['sống chi nữa', 'emergency_suicide'],
    ['đội cứu hộ ơi nhà cháy quá', 'emergency_fire'], ['đang coi tivi thì mẹ em ngất', 'emergency_medical'], ['mẹ em tăng huyết áp bị sốc', 'emergency_medical'], ['lũ nhỏ nhà tui té xuống ao', 'emergency_rescue'],
    ['cháy rừng báo ai', 'emergency_fire'], ['chợ cháy gọi ai bây giờ', 'emergency_fire'], ['sống chi cho khổ', 'emergency_suicide'], ['sống gì cho khổ cho rồi', 'emergency_suicide'], ['thôi chết rồi nhà tôi cháy', 'emergency_fire'], ['thoi chet roi nha toi chay', 'emergency_suicide'],
    ['chết rồi, con tôi uống thuốc trừ sâu', 'emergency_medical'], ['trời ơi chết mẹ tôi rồi, xe tông nằm bất tỉnh', 'emergency_medical'], ['bị kẹt trong thang máy, chuyển lời giúp bảo vệ', 'emergency_rescue'], ['cháu bé khóc một mình ở bến xe', 'emergency_child'], ['con tôi đi làm rẫy bị rắn cắn', 'emergency_medical'], ['xe đè kẹt chân, gọi giúp với', 'emergency_medical'], ['chó cắn con tui', 'emergency_medical'], ['chó cắn gà xong quay ra cắn con tôi chảy máu', 'emergency_medical'],
    [`${'Chuyện dài lắm ạ. '.repeat(40)}Giờ ba em nằm bất tỉnh rồi`, 'emergency_medical'],
  ])('%s → %s', (message, reply) => {
    expect(findEmergency(message)).toBe(reply)
  })

  it.each([
    ['bé 8 tháng ngủ dậy môi xanh lè, gọi mấy cũng không khóc', 'no phrase is known, the hints add up'],
    ['mẹ em bị té xĩu bất tĩnh', 'hỏi and ngã mixed up'], ['ông chú rớt cây dừa, nằm rên dưới gốc', 'regional words'],
    ['chồng đánh em từ hôm qua tới giờ', 'yesterday, but still going on'], ['hồ sơ để sau, cứu mẹ em với mẹ em bất tỉnh rồi', 'papers, but a call for help'],
  ])('%s: %s', (message) => {
    expect(findEmergency(message)).not.toBeNull()
  })
})

describe('what only looks like one', () => {
  it.each([
    'cháy hàng', 'hàng đang cháy hàng', 'cháy túi', 'chay tui', 'đánh giá cán bộ', 'danh gia thai do', 'đánh máy', 'danh may don o dau', 'chết máy', 'xe chet may',
    'tai nạn giao thông nộp phạt ở đâu', 'thẻ BHYT đi cấp cứu có cần xuất trình', 'dập cháy tài khoản', 'phòng cháy chữa cháy xin giấy ở đâu', 'app chay cham', 'nha toi chay xe om', 'nhà tôi chạy', 'nha hang chay o dau', 'quan chay', 'nha toi an chay',
    'định danh cho cháu', 'dinh danh cho hoc sinh', 'bản sao điện tử từ bản chính', 'ban sao dien tu tu ban chinh', 'gap nhan vien tu van', 'tim tai lieu o dau', 'mo tai khoan chuyen khoan',
    'bắt cóc online là gì', 'muốn chết với cái app này', 'bị đánh cắp tài khoản', 'mẹ em bận rồi, giúp em với', 'treo co to quoc ngay nao', 'giá điện tăng xỉu luôn', '', '...', '11', '1022', '115 nghìn', 'số 113 là số gì',
    'lũ trẻ nhà tui đi học', 'giá xăng tăng sốc', 'sợ chết khiếp', 'đội bóng mình đang cháy', 'đọc báo thấy cháy lớn ở Sài Gòn', 'nằm mơ thấy cháy nhà đánh con gì', 'mo thay ran can danh con gi', 'khách bom hàng của tôi',
    'chết chửa, chuyển nhầm tiền cho người ta rồi', 'thôi chết rồi, chuyển nhầm cho người ta', 'chết bà rồi', 'ối chết rồi quên đem căn cước', 'thôi chết, chuyển lộn cho người dưng rồi', 'nhà tui nghèo sắp chết đói', 'nghèo chết đói mà không được hộ nghèo',
    'con tui đi làm xa không ai chỉ', 'con gái tôi đi làm công nhân ở Bình Dương nhà không ai biết mở máy', 'đứa em đi học xa một mình muốn đăng ký tạm trú', 'bị kẹt thẻ trong cây atm', 'the bi ket trong may rut tien', 'anh đang kẹt vốn, gửi tạm anh 10 triệu', 'em đang kẹt chuyển giúp em 20 triệu gấp', 'bị kẹt lịch không ra xã được',
    'chó nhà bên cắn gà', 'rắn vô chuồng ăn mất mấy con gà', 'chồn tha hết bầy vịt nhà tui', 'bán máu được nhiêu tiền', 'cháu nội ngồi khóc đòi điện thoại', 'thằng nhỏ khóc vòi mua điện thoại', 'ông tui tai biến nằm một chỗ nhận lương hưu thay được không', 'mẹ tôi bị đột quỵ nằm liệt, lãnh trợ cấp hộ được không',
  ])('%s', (message) => {
    expect(findEmergency(message)).toBeNull()
  })
})

/** Words that change their sense without marks: what is found must not depend on how it is typed. */
describe('with marks and without', () => {
  it.each([
    ['xe tải đâm người ở đầu cầu máu nhiều lắm', 'emergency_medical'],
    ['xe máy đâm người rồi, máu chảy nhiều', 'emergency_medical'],
    ['ô tô đâm người đi đường máu chảy lênh láng', 'emergency_medical'],
    ['xe bồn đâm người đau lắm không đứng dậy được', 'emergency_medical'],
    ['xe ben đâm mình gãy tay chảy máu', 'emergency_medical'],
    ['xe khách tông người ta nằm giữa đường, đau không ngồi dậy nổi', 'emergency_medical'],
    ['nó đâm người yêu tôi chảy máu', 'emergency_police'],
    ['thằng say đâm người hàng xóm máu me đầy', 'emergency_police'],
    ['nó cầm dao đâm người ta máu chảy quá trời', 'emergency_police'],
    ['có đứa đâm người ở quán nhậu chảy máu', 'emergency_police'],
    ['nó đâm vào tay tôi chảy máu', 'emergency_police'],
    ['tụi nó đâm mình chảy máu rồi', 'emergency_police'],
    ['kính cắt tay con em chảy máu nhiều', 'emergency_medical'],
    ['máy cưa cắt tay chồng em máu nhiều', 'emergency_medical'],
    ['chồng tôi đánh tôi đau quá', 'emergency_police'],
    ['vợ tôi đánh tôi chảy máu', 'emergency_police'],
    ['bố tôi đánh tôi tím người', 'emergency_police'],
    ['anh tôi đánh tôi gãy tay', 'emergency_police'],
    ['con rể tôi đánh tôi đau lắm', 'emergency_police'],
    ['em lấy dao rạch tay cho đỡ đau', 'emergency_suicide'],
    ['con em rạch tay chảy máu', 'emergency_suicide'],
    ['em cào tay chảy máu vì buồn', 'emergency_suicide'],
    ['con tôi lấy lưỡi lam cứa tay mình', 'emergency_suicide'],
    ['em đập đầu cho đỡ buồn, đốt tay cho quên', 'emergency_suicide'],
    ['nó lấy kính cắt tay đòi chết', 'emergency_suicide'], ['tôi ôm cả nhà cùng chết cho xong', 'emergency_suicide'],
    ['mẹ em vừa nằm xuống thì co giật, gọi không thưa', 'emergency_medical'],
    ['nó ép con tôi đi bán dâm', 'emergency_child'],
    ['thầy giáo sàm sỡ con tôi', 'emergency_child'],
    ['bé bị kẹp tay trong cửa', 'emergency_medical'],
    ['có người dòm trộm em tắm', 'emergency_police'],
    ['thằng lạ mặt ôm em từ sau lưng không cho về', 'emergency_police'],
  ])('%s → %s', (message, reply) => {
    expect([findEmergency(message), findEmergency(fold(message))]).toEqual([reply, reply])
  })

  it.each([
    'Ôm cả xấp lên xã lại ôm về vì người ta biểu loại ni phải bấm máy',
    'ông cụ vừa nằm xuống con cháu phải đi báo với những đâu',
    'đường dẫn lạ quá xem chữ nào để biết web dỏm',
    'Chơi coin, chơi sàn bị giam vốn',
    'Vườn nhà tôi chín rộ mà thương lái ép giá, con xúi đăng lên mạng bán',
    'người ta cứ gợi ý kẹp phong bì mới chịu ký, ức quá biết nói với ai',
    'tôi lỡ đăng lại tin bắt cóc trong nhóm xóm giờ họ nói tin đó bịa tôi có bị mời lên làm việc không',
    'tháng mua sắm số có giảm giá thiệt không',
    'mua sắm sổ tay cho con ở đâu rẻ',
    'chơi sàn tiền ảo bị giam vốn rút không được',
    'nạp tiền vô sàn giờ nó giam tiền của tôi không cho rút',
    'sàn thương mại giam đơn hàng của tôi cả tháng',
    'ôm cả xấp giấy tờ lên xã rồi lại ôm về',
    'người ta ôm hàng chờ giá lên',
    'cán bộ biểu ôm hồ sơ về làm lại, người ta đông quá',
    'bà nội mới nằm xuống, con cháu phải đi báo với những đâu',
    'ông cụ vừa qua đời con cháu cần làm giấy gì',
    'bác tôi vừa khuất núi nhà phải khai báo ở đâu',
    'xem chữ nào trong đường dẫn để biết web dỏm',
    'trang này là hàng dỏm hay thật, chú nào rành chỉ giúp',
    'thương lái ép giá, con tôi tính đăng lên mạng bán',
    'họ ép cân ép giá, con cháu biểu bán qua mạng',
    'người ta đòi kẹp phong bì mới chịu làm, ức quá',
    'phải kẹp tiền vô hồ sơ thì họ mới ký cho nhà tôi',
    'tôi lỡ đăng lại tin bắt cóc trong nhóm xóm, tin đó bịa',
    'em lỡ chia sẻ bài cháy chợ, giờ người ta nói tin bịa có bị phạt không',
    'chị tôi chuyển tiếp tin bắt cóc trẻ em giờ công an mời lên làm việc',
    'mẹ tôi mất ở bệnh viện, họ giao tờ báo tử',
    'cha tôi mất rồi, trạm xá đưa giấy báo tử, giờ làm gì',
    'tội danh này phạt mấy năm tù',
    'dạ con cảm ơn chú nhiều nghen', 'hôm nay tôi đi xã hỏi giấy', 'ông cán bộ xã nói thiếu giấy', 'quán nhỏ xíu', 'người ta nói kết quả lâu lắm', 'tôi ghi danh mà không được',
    'điện thoại rớt xuống mương rồi', 'mỏi cổ gãy lưng', 'bị bạn chọc ghẹo', 'giắt tiền trong lưng quần', 'nhốt tiền trong ví không cho rút', 'bữa nay trời có mưa không',
  ])('%s is no emergency', (message) => {
    expect([findEmergency(message), findEmergency(fold(message))]).toEqual([null, null])
  })
})

/** Typed without marks many words of danger are everyday ones: "tìm người", "dừng xe", "bộ đội", "lớn có", "ông … đợt này". */
describe('everyday words that look like danger without their marks', () => {
  it.each([
    'tim nguoi huong dan', 'tim nguoi giup toi', 'tim nguoi tra loi toi', 'lam sao tim nguoi da chuyen nham tien', 'em tim nguoi mua nong san', 'con tim nguoi day lai xe', 'tim het roi ma khong thay', 'tim mat khau o dau',
    'tim mat ma', 'chet ba roi', 'chet me quen roi', 'bi ket lich', 'bi ket tien', 'bi ket viec khong len duoc', 'ra dau de lam', 'den dau de lam the', 'toi di dau de lam giay', 'lan dau de biet', 'mat roi ra dau xin lai',
    'xong roi ra dau nop', 'quet bang mat khong duoc', 'dang nhap bang van tay khong duoc', 'lam bang may khong duoc', 'kiem tra do tin cay cua trang', 'con toi thi the nao', 'nop roi thi the nao', 'neu mat thi the nao',
    'con toi di bo doi may nam', 'chau di bo doi ve thi nhan gi', 'lanh dao xa dang o dau', 'lanh dao tinh dang di hop', 'ai chi dao viec nay', 'la bao gio doi', 'day la giay doi lai', 'nam ngoai toi lam roi',
    'nam ngoai con toi lam roi', 'mang theo chau di', 'di lan sang nam', 'lan ra xa lan truoc', 'con toi phai di dau lam', 'me toi ra dau lam the', 'bam tat toi goi lai', 'tat em goi lai', 'may chay cho nhanh', 'app chay roi',
    'xe chay roi', 'khong goi duoc tho', 'khong phai dat tho cu', 'khong co tho sua', 'tu tu da', 'tu tu de toi doc', 'cu tu tu', 'me sang choi voi con', 'don me sang nha con', 'the sap hong can lam gi de doi',
    'sap toi nguoi ta doi giay', 'sap co nguoi toi xa', 'hau qua lon co the bi phat', 'con lon co lam duoc khong', 'bi cong an dung xe', 'cong an goi noi toi lien quan vu an', 'con toi bi ban lua', 'thang nho dap be dien thoai',
    'duoc lanh cong', 'bo sung vu lua', 'an phai di', 'khong tinh tien', 'khong tinh duoc', 'khong nhac gi', 'toi khong biet gi', 'ba noi khong biet gi', 'toi va ra xa', 'me va ra xa lam', 'nam la nam may', 'mac co qua',
    'xong roi vao xa', 'me toi lam xong roi xuong xa', 'toi va phai lam gi', 'lam cho can bo xa', 'giay to cho nha toi can gi', 'nop giay cho nha truong can gi', 'sua giay to xe', 'sua lai giay xe o dau',
    'ong toi dot nay chua co tien', 'ong noi toi dot nay chua nhan luong', 'kien nghi cua toi dot truoc', 'ong mat thi con can lam gi', 'truoc gio binh thuong gio no bao loi', 'binh thuong no chay ma', 'xac minh cho no',
    'toi dinh dang ky ket hon can co gi', 'dinh di ket hon can co gi', 'toi bi mac no co sao khong', 'con 2 tuan nua la het han', 'con co 2 tuan la het han', 'em bi mat xe', 'me em bi mat xe', 'de len xa lam', 'bo vo cho nay',
    'bo bi dot quy nam ngoai', 'no dung yen', 'cham soc me', 'doi la duoc', 'toi noi roi', 'me toi noi roi ma', 'doi nuoc ngoai', 'con nghien game', 'cam roi', 'doi bang roi', 'dom tôi', 'cho di duoc khong', 'loi di chung',
    'o day thi di dau', 'con toi o day di hoc', 'day em khong vao duoc', 'day me cach vao', 'giup con toi voi', 'nhờ giúp con tôi đăng nhập', 'giúp mẹ tôi làm căn cước với', 'khong dam noi', 'bang cap cua con toi',
    'be con toi di hoc', 'bat con toi di hoc', 'con bi bat dong ngon ngu', 'vo de con', 'cat co phieu', 'ban dat', 'bi ban lua tien', 'bi ban be ru', 'con trai toi bi can', 'da vao trang', 'da vao duoc roi',
    'co ai dap loi khong', 'be cua toi di hoc', 'be cua em 6 tuoi lam can cuoc', 'cay cua ong ba trong tren dat hang xom', 'tu tu em doc da', 'co giat lag', 'bi ket noi cham', 'tra tan noi', 'mat ket noi',
    'lien ket voi ngan hang',
  ])('%s: quiet', (message) => {
    expect(findEmergency(message)).toBeNull()
  })

  it.each([
    'con toi tim het nguoi roi', 'be nha em tim nguoi cuu voi', 'me em tim mat khong tho duoc', 'bo em nam im khong tho', 'ong noi toi kho tho qua', 'con em khong tho duoc nua', 'vo toi dau de roi', 'vo em sap de giua duong',
    'chay mau nhieu qua bang mai khong cam', 'may cat dut lia ngon tay', 'co nguoi dang pha cua nha toi', 'trom dang cay cua nha hang xom', 'no cay khoa nha em', 'nguoi lanh cong roi', 'lua dang lan sang nha ben',
    'chay lan sang nha hang xom roi', 'bi cho can chay mau', 'cho nha hang xom can con toi', 'con toi bi cho dai can', 'ong dot sung mat', 'bi ong vo ve dot', 'em be bi nuot hat mac o hong', 'con toi hoc xuong roi',
    'con nuot vien bi mac co hong', 'bi dung xe nam bat tinh', 'hai xe dung nhau nguoi nam do', 'te xe gay chan', 'thay xac nguoi troi song', 'phat hien thi the nguoi o bo song', 'nghe la het ben nha hang xom', 'bo danh con toi',
    'chong tat em hoai', 'no troi tôi trong phong', 'no troi con toi vao cot', 'chau be bi bo doi', 'con toi bi ban sang trung quoc', 'em muon tu tu', 'tu tu cho roi', 'tu tu', 'ong noi len co giat', 'ba noi me sang sot cao',
    'nuot nham thuoc sau', 'an nham nam doc', 'uong nham xang', 'nha sap de nguoi', 'tuong sap de trung chau', 'sap gian giao vui tho', 'binh gas no chay nha', 'binh ga xi no', 'pin no chay nha', 'dang sac xe dien no chay',
    'nha em chay roi cuu', 'chay roi cuu voi', 'nha hang xom chay roi', 'chay cho huyen roi', 'vo de roi nuoc tran vao', 'mat lech mieng meo', 'te nga dap dau chay mau', 'roi xuong gieng', 'con em roi xuong ao',
    'va dau vao tuong bat tinh', 'bi xe va phai nam do', 'keo con toi di', 'no lôi vo toi ra duong', 'no day toi xuong ho', 'dam vao mat toi chay mau', 'no dam vao bung', 'dap vao bung bau', 'xe de len chan', 'cay de len nguoi',
    'sung mat khong tho duoc', 'goi mai khong tinh', 'ba toi lay mai khong tinh', 'no dong cua dap do', 'cong an toi ngay di', 'goi cong an toi gap', 'bi lanh cong het nguoi', 'soc phan ve', 'kho tho tuc nguc', 'dau bung qua du',
  ])('%s: an alarm', (message) => {
    expect(findEmergency(message)).not.toBeNull()
  })

  it.each(['tím người', 'con tôi tím người rồi', 'mặt bé tím tái', 'bé tím hết người', 'be tim tai het roi', 'chết mất mẹ em bị kẹt trong nhà', 'bị kẹt trong thang máy', 'em muốn chết ba ơi'])('%s: an alarm still', (message) => {
    expect(findEmergency(message)).not.toBeNull()
  })
})

/** A child taken away by somebody who is not its own; `quiet`: taken along, or no child. */
describe('abduction', () => {
  it.each([
    'có người lạ dắt con tôi đi mất rồi', 'người lạ bế con tôi đi mất rồi', 'người ta bắt con tôi đi rồi', 'con tôi bị người ta bắt đi rồi', 'ai bế mất con em rồi', 'có bà lạ mặt dẫn cháu tôi đi mất', 'có người ẵm em bé chạy mất',
    'bé nhà em bị người lạ bồng đi rồi', 'cháu ngoại tôi bị ai dắt đi đâu mất', 'người ta bắt trộm con tôi', 'một người đàn ông lôi con bé lên xe', 'con gái tôi bị bắt đi mất', 'họ bắt con tôi lên xe', 'kẻ lạ bồng con nhỏ đi mất rồi cứu với',
  ])('%s', (message) => {
    expect([findEmergency(message), findEmergency(fold(message))]).toEqual(['emergency_child', 'emergency_child'])
  })

  it.each([
    'bắt con tôi đi học thêm', 'người ta bắt con tôi đi học thêm', 'dắt con đi khám', 'vợ dắt con về ngoại', 'vợ bế con về nhà ngoại rồi', 'người ta bắt con gà nhà tôi đi mất rồi', 'có người bắt con chó nhà em đi rồi', 'ai bắt con mèo của tôi đi mất',
    'dẫn con đi làm căn cước', 'người ta bắt con tôi đi lên xã làm căn cước', 'họ bắt con tôi đi đâu cũng phải mang căn cước', 'cô giáo dắt con đi chơi rồi', 'người khác dắt con tôi đi làm căn cước được không', 'người ta bế con đi tiêm rồi',
    'nhờ người ta chở con tôi đi học rồi', 'ông nội chở cháu đi học rồi',
  ])('%s: quiet', (message) => {
    expect([findEmergency(message), findEmergency(fold(message))]).toEqual([null, null])
  })
})

describe('nothing but a call for help', () => {
  it.each(['help', 'Help', 'help!', '/help', 'please help'])('%s alone asks for the menu', (message) => expect(findEmergency(message)).toBeNull())

  it.each(['🆘', '🆘🆘🆘', '🆘 giúp với', 'SOS', 'sos sos', 'help me', 'Help me!!!', 'please help me', 'help me pls', 'cứu', 'cứu!!!', 'cuu voi'])('%s', (message) => {
    expect(findEmergency(message)).toBe('emergency_police')
  })

  it.each(['/help', 'help desk ở đâu', 'can you help me', 'help me apply for a passport', 'helpdesk', 'giúp với', 'giúp em với', 'cứu cánh', 'tra cứu', 'nghiên cứu', '👍', '🙏'])('%s: quiet', (message) => {
    expect(findEmergency(message)).toBeNull()
  })
})

interface Labelled { q: string; expect: string | null; also?: string[] }
const read = (file: string): Labelled[] =>
  readFileSync(new URL(`../eval/${file}.jsonl`, import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Labelled)

/** Shares that were reached, a little below. `also` on a calm message: numbers would be no harm, it is not counted. */
describe.each([
  ['emergencies', { typed: 0.98, unmarked: 0.97, calm: 0.03 }],
  ['emergencies-fresh-tune', { typed: 0.98, unmarked: 0.97, calm: 0.03 }],
  ['emergencies-fresh-test', { typed: 0.98, unmarked: 0.95, calm: 0.04 }],
  ['emergencies-fresh-rounds', { typed: 0.98, unmarked: 0.96, calm: 0.02 }],
  ['regional-alarms', { typed: 0.98, unmarked: 0.95, calm: 0.03 }],
])('%s', (file, reached) => {
  const rows = read(file)
  const real = rows.filter((row) => row.expect !== null)
  const calm = rows.filter((row) => row.expect === null && row.also === undefined)

  it.each([['as typed', (q: string) => q, reached.typed], ['without marks', fold, reached.unmarked]] as const)('finds nearly all %s, with few false alarms', (_, typed, share) => {
    expect(real.length).toBeGreaterThanOrEqual(100)
    expect(real.filter((row) => findEmergency(typed(row.q)) !== null).length / real.length).toBeGreaterThanOrEqual(share)
    expect(calm.filter((row) => findEmergency(typed(row.q)) !== null).length / calm.length).toBeLessThanOrEqual(reached.calm)
  })

  it('gives the numbers that fit to at least nine in ten', () => {
    const fitting = real.filter(({ q, expect: wanted, also }) => [wanted, ...also ?? []].includes(findEmergency(q)))
    expect(fitting.length / real.length).toBeGreaterThanOrEqual(0.9)
  })
})

/** What is typed in haste and among the young. Marks are left as they were. */
describe('chat spellings', () => {
  const marked = { muốn: 'mún', chết: 'chít', hiếp: 'híp', không: 'khôg', cứu: 'kứu', giúp: 'zúp', rồi: 'rùi', quá: 'wá', bị: 'bj' }
  const bare = { muon: 'mun', chet: 'chit', hiep: 'hip', khong: 'hog', cuu: 'ciu', giup: 'jup', qua: 'wa', bi: 'bj', danh: 'dah' }
  const vowel = '[aeiouyăâêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýốồổỗộớờởỡợứừửữựếềểễệấầẩẫậắằẳẵặ]'
  const endings: [string, (text: string) => string][] = [
    ['nh at the end as h', (text) => text.replace(new RegExp(`(?<=${vowel})nh(?!\\p{L})`, 'giu'), 'h')], ['ng at the end as g', (text) => text.replace(new RegExp(`(?<=${vowel})ng(?!\\p{L})`, 'giu'), 'g')],
    ['ph as f', (text) => text.replace(/(?<!\p{L})ph/giu, 'f')], ['c as k', (text) => text.replace(/(?<!\p{L})c(?=[aăâơáàảãạớờởỡợ]|[oôóòỏõọốồổỗộ]\p{L})/giu, 'k')],
  ]
  const respelt = (words: Record<string, string>) => (text: string): string => text.normalize('NFC').replace(/\p{L}+/gu, (word) => words[word.toLowerCase()] ?? word)
  const alarming = ['emergencies', 'emergencies-fresh-tune', 'emergencies-fresh-test', 'emergencies-fresh-rounds', 'regional-alarms'].flatMap(read).filter((row) => row.expect !== null).map(({ q }) => q)
  const cases = [
    ...Object.entries(marked).map(([word, spelling]): [string, string[], (text: string) => string] => [spelling, alarming, respelt({ [word]: spelling })]),
    ...Object.entries(bare).map(([word, spelling]): [string, string[], (text: string) => string] => [spelling, alarming.map(fold), respelt({ [word]: spelling })]),
    ...endings.flatMap(([label, spell]): [string, string[], (text: string) => string][] => [[label, alarming, spell], [`${label}, without marks`, alarming.map(fold), spell]]),
  ]

  it.each(cases)('of the alarms found, at least 98 in 100 are still found with %s', (_, messages, spell) => {
    const found = messages.filter((message) => spell(message) !== message.normalize('NFC') && findEmergency(message) !== null)
    expect(found.length).toBeGreaterThanOrEqual(4)
    expect(found.filter((message) => findEmergency(spell(message)) === null).length).toBeLessThanOrEqual(found.length * 0.02)
  })

  it.each([
    ['ko mun song nua', 'emergency_suicide'], ['mun tu tu', 'emergency_suicide'], ['e mun chet', 'emergency_suicide'], ['mún chít quá', 'emergency_suicide'], ['e mun chek wa', 'emergency_suicide'], ['chán wá chít cho xog', 'emergency_suicide'], ['hog mun sốg nữa', 'emergency_suicide'],
    ['đêm nay là đêm cuối của tôi', 'emergency_suicide'], ['hôm nay là ngày cuối của đời tôi', 'emergency_suicide'], ['em bị hip dam', 'emergency_police'], ['e bị híp dâm', 'emergency_police'], ['nó híp e', 'emergency_police'], ['bi hip dam', 'emergency_police'],
    ['ba em bất tỉh rùi', 'emergency_medical'], ['nó đòi jết em', 'emergency_police'], ['kứu em với', 'emergency_police'],
  ])('%s → %s', (message, reply) => {
    expect(findEmergency(message)).toBe(reply)
  })

  it.each([
    'hip hop', 'lớp nhảy hip hop cho con ở đâu', 'quần hip', 'gỗ mun bán ở đâu', 'mèo mun nhà tôi chết rồi', 'con meo mun nha toi chet', 'em muốn chek qua đơn hàng', 'muon chek don hang', 'muốn chek mã vận đơn', 'ad chek giúp em', 'muon chec lai ho so', 'nhỏ chít xíu', 'con chut chit',
    'khăn chít đầu', 'thank kíu ad', 'e mun hoi can cuoc', 'mun lam ho chieu', 'mún đăng ký vneid', 'mạng lag quá', 'app lag giật', 'điện giật lag', 'log in vneid sao', 'jup e lam can cuoc', 'hôm nay là ngày cuối nộp hồ sơ', 'hôm nay là ngày cuối của tôi ở công ty', 'đêm nay là đêm cuối của lễ hội',
    'hog biết làm', 'hog dc', 'ko co gi', 'fí bao nhiu', 'kon tôi làm căn cước', 'bj mất thẻ',
  ])('%s: quiet', (message) => {
    expect(findEmergency(message)).toBeNull()
  })
})

it('takes a hostile message of any length in short time', () => {
  const started = performance.now()
  for (const piece of ['bị ', 'cháy hàng ', 'không cho con ba mẹ em ', 'đánh em con mẹ ', 'q1w2e3 ']) findEmergency(piece.repeat(50_000))
  for (let number = 0; number < 2_000; number++) findEmergency(`từ lạ${number}abc`)
  expect(performance.now() - started).toBeLessThan(1_000)
})

it('costs an everyday message next to nothing', () => {
  const everyday = ['menu', 'cảm ơn ad nhiều nha', 'Đăng ký tạm trú cho con nhỏ cần những giấy tờ gì vậy ạ']
  for (let times = 0; times < 2_000; times++) everyday.forEach(findEmergency)
  const started = performance.now()
  for (let times = 0; times < 2_000; times++) everyday.forEach(findEmergency)
  // Measured 1 to 4 µs each; the rest is for a busy machine.
  expect((performance.now() - started) / 6_000).toBeLessThan(0.05)
})
