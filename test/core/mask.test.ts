import { describe, expect, it } from 'vitest'
import { maskPersonal, withoutSecrets } from '../../src/core/mask.ts'

describe('what could name a person is taken out', () => {
  it.each([
    ['gọi tôi số 0912 345 678 nhé', 'gọi tôi số [số] nhé'],
    ['cccd 001099012345 của tôi', 'cccd [đã che] của tôi'],
    ['stk 19.0312.3456', 'stk [số]'],
    ['mail lan.nguyen@example.com', 'mail [e-mail]'],
    ['bấm vào https://xau.example/abc?x=1 thì sao', 'bấm vào [liên kết] thì sao'],
    ['Tôi tên là Lan hỏi chút', 'Tôi tên là [tên] hỏi chút'],
    ['ông Nguyễn Văn An nợ tiền', 'ông [tên] nợ tiền'],
    ['nhà ở số nhà 12B đường Lê Lợi', 'nhà ở số nhà [địa chỉ] đường [địa chỉ]'],
    // Digits broken up, dressed up, read out
    ['số em: 0912_345_678', 'số em: [số]'], ['0912,345,678 nhé', '[số] nhé'], ['0912*345*678', '[số]'], ['O912 345 678', '[số]'], ['o9l2345678', '[số]'], ['０９１２３４５６７８', '[số]'], ['٠٩١٢٣٤٥٦٧٨', '[số]'],
    ['09\u200b12\u200b345\u200b678', '[số]'], ['(0205) 3812 345', '[số]'], ['gọi không chín một hai ba bốn năm sáu', 'gọi [số]'], ['so toi la khong chin muoi hai ba bon nam', 'so toi la [số]'],
    ['sdt0912345678', 'sdt[số]'], ['0912345678zalo', '[số]zalo'], ['thẻ GD4123456789012', 'thẻ GD[số]'], ['0912…345…678', '[số]'], ['0912 • 345 • 678', '[số]'], ['0912;345;678', '[số]'], ['0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣', '[số]'], ['⓪⑨①②③④⑤⑥⑦⑧', '[số]'],
    ['gọi 0912 ba bốn năm 678', 'gọi [số]'], ['so em khong chin mot hai 345678', 'so em [số]'], ['0912 rồi 345 678', '[số]'],
    ['xe 29B1 123.45', 'xe [số]'], ['xe 14 L1 2345', 'xe [số]'], ['bs 30K.123.45', 'bs [số]'], ['hộ chiếu C1234567', 'hộ chiếu [số]'],
    ['mail lan (at) gmail . com', 'mail [e-mail]'], ['mail lan.99 gmail.com', 'mail [e-mail]'], ['fb.com/lan.nguyen', '[liên kết]'], ['zalo.me/0912345678', '[liên kết]'], ['nick @lan_nguyen', 'nick [liên kết]'],
    // Addresses said, and names of accounts
    ['nguyenvanb (a) gmail cham com', '[e-mail]'], ['mail em lan99 a còng gmail chấm com nhé', 'mail em [e-mail] nhé'], ['hoanglan [a] yahoo . com', '[e-mail]'], ['gửi về nam.tran gmail cham com', 'gửi về [e-mail]'], ['teo(at)gmail(dot)com', '[e-mail]'], ['be a cong outlook cham com', '[e-mail]'],
    ['nick zalo lananh_1990', 'nick zalo [liên kết]'], ['fb em la hung_pro', 'fb em la [liên kết]'], ['tài khoản facebook: thaovy2k1 bị hack', 'tài khoản facebook: [liên kết] bị hack'], ['zalo của tôi là kimlien88', 'zalo của tôi là [liên kết]'], ['nick: be_bong', 'nick: [liên kết]'], ['telegram trader_vn99 rủ đầu tư', 'telegram [liên kết] rủ đầu tư'],
    // Names as they are typed
    ['giàng a páo vay tiền', '[tên] vay tiền'], ['toi ten la nguyen van teo', 'toi ten la [tên]'], ['tên em là lò thị mai', 'tên em là [tên]'], ['chồng tôi tên hùng bị lừa', 'chồng tôi tên [tên] bị lừa'], ['anh nguyễn văn nam bán đất', 'anh [tên] bán đất'],
    ['NGUYỄN VĂN TÈO bị lừa', '[tên] bị lừa'], ['bố tôi là trần văn b', 'bố tôi là [tên]'], ['cô giáo Hoa gọi', 'cô giáo [tên] gọi'], ['nhắn chị Lan giúp', 'nhắn chị [tên] giúp'], ['lý minh anh và nguyễn minh anh', 'lý minh anh và [tên]'],
    // Addresses as they are typed
    ['số 45 Bà Triệu', 'số [địa chỉ]'], ['ở tổ 7, ngách 12', 'ở tổ [địa chỉ], ngách [địa chỉ]'], ['thôn nà pàn xã mẫu sơn huyện lộc bình', 'thôn [địa chỉ]'], ['ap 3 xa tan thanh huyen cao loc', 'ap [địa chỉ]'],
    // What names nobody stays
    ...['Bộ Công an gọi tôi', 'Cổng Dịch vụ công quốc gia', 'Quên Mật Khẩu VNeID', 'cấp VNeID cho con', 'xử lý thế nào', 'tội phạm công nghệ cao', 'trình báo ở đâu', 'có lương hưu thì sao', 'Luật số 148/2025/QH15', 'tên đăng nhập là gì',
      'Một ngày được chuyển tối đa bao nhiêu', 'họ đòi 4 triệu', 'Mobile Money là gì', 'cán bộ cứ bảo chờ', 'năm 2024 Ngày Chuyển đổi số', 'bản sao giấy tờ', 'đường link lạ',
      'nick zalo cũ', 'tài khoản zalo trên iphone15', 'facebook mức2', 'nick zalo của em', 'zalo bị khóa 2 lần', 'chị a cong ty cham cong', 'tài khoản vneid muc_2', 'đăng nhập facebook.com', 'gmail của tôi', 'công ty chấm công', 'zalo iphone13pro', 'tiktok shop 2025', 'app zalo v23',
      'làm việc 7:30 - 11:30, 13:30 - 17:00', 'tăng 5% 10% 20% 30%', 'được không năm 2025 hai lần', 'có hai con, ba cháu', 'NĐ13/2023/NĐ-CP'].map((same): [string, string] => [same, same]),
    ['quên mật khẩu vneid', 'quên mật khẩu vneid'],
    ['Chuyển trên 10 triệu phải quét mặt?', 'Chuyển trên 10 triệu phải quét mặt?'],
    ['đổi CCCD năm 2026', 'đổi CCCD năm 2026'],
  ])('%s', (text, masked) => {
    expect(maskPersonal(text)).toBe(masked)
  })
})

describe('what should never have been typed is found', () => {
  it.each([
    ['số căn cước của tôi là 012345678901 tra giúp', 'số căn cước của tôi là [đã che] tra giúp'],
    ['cccd 001 099 012 345', 'cccd [đã che]'],
    ['mk vneid của tôi là Abc@123 sao vào không được', 'mk vneid của tôi là [đã che] sao vào không được'],
    ['mat khau: hoanglan99', 'mat khau: [đã che]'],
    ['mk là Hoa!2024', 'mk là [đã che]'],
    ['mật khẩu là anhyeuem! giúp em', 'mật khẩu là [đã che]! giúp em'],
    ['mã pin 4829', 'mã pin [đã che]'],
    ['thẻ có cvv 829', 'thẻ có cvv [đã che]'],
    ['passcode của em là 246810', 'passcode của em là [đã che]'],
    ['mã otp là 482913', 'mã otp là [đã che]'],
    ['OTP ngân hàng vừa gửi 4829 đây', 'OTP ngân hàng vừa gửi [đã che] đây'],
    ['thẻ 4111 1111 1111 1111 của tôi', 'thẻ [đã che] của tôi'],
    // Syllables run together, codes told with their length, what stands beside a card
    ['pass em la matkhau', 'pass em la [đã che]'], ['mật khẩu là lananh', 'mật khẩu là [đã che]'], ['mk facebook la yeuem nhe', 'mk facebook la [đã che] nhe'], ['mat khau: conmeo', 'mat khau: [đã che]'], ['pass la tinhyeu.', 'pass la [đã che]'],
    ['pin 4 so la 2580', 'pin 4 so la [đã che]'], ['mã pin 6 số của em là 258036', 'mã pin 6 số của em là [đã che]'], ['passcode 6 so vneid la 246810', 'passcode 6 so vneid la [đã che]'], ['ma 6 so la 135790', 'ma 6 so la [đã che]'], ['otp 6 số vừa gửi là 482913', 'otp 6 số vừa gửi là [đã che]'],
    ['the 4111111111111111 05/28', 'the [đã che] [đã che]'], ['4111 1111 1111 1111 hết hạn 05/28 cvv 123', '[đã che] hết hạn [đã che] cvv [đã che]'], ['4111 1111 1111 1111 123 của em', '[đã che] của em'], ['thẻ 4111-1111-1111-1111, exp 12/2027', 'thẻ [đã che], exp [đã che]'],
  ])('%s', (text, hidden) => {
    expect(withoutSecrets(text)).toBe(hidden)
    expect(maskPersonal(text)).not.toMatch(/\d{4}|Abc/)
  })

  it.each([
    'quên mật khẩu VNeID', 'mật khẩu là gì', 'mật khẩu vneid gồm mấy ký tự', 'mk vneid 8 ký tự trở lên phải không', 'mã OTP gồm 6 số', 'đọc mã otp xong mất 5000000 đồng', 'otp 10tr',
    'gọi tôi số 0912 345 678', 'mã hồ sơ 000.00.15.H19-250701-0001 tới đâu', 'số tài khoản 060012345678 bị khóa', 'hồ sơ số 012345678901', 'đổi mật khẩu facebook', 'lấy lại mật khẩu zalo',
    'mật khẩu là facebook hả', 'mat khau la password ha', 'pass là google hay sao', 'mật khẩu là những gì', 'mat khau la phai co chu hoa', 'pin 5000mah', 'pin 4 nghìn', 'mã pin 4 số là gì', 'ma 6 so la ma gi', 'mã 4 số ở đâu', 'hẹn 05/28 lên xã', 'ngày 05/12 tôi nộp, hạn 05/28',
    'tháng 05/2028 thẻ hết hạn', 'hồ sơ nộp 12/10', 'password là mật khẩu à', 'mật khẩu là sao? giúp em', 'mat khau la gi!giup em', 'quên mật khẩu vneid,zalo123', 'mã pin có 6 số', 'otp 123 lần', 'quên mật khẩu VNeID/Zalo', 'đổi CCCD năm 2026', 'chuyển 1000000000000000 đồng',
  ])('%s holds none', (text) => {
    expect(withoutSecrets(text)).toBe(text)
  })
})
