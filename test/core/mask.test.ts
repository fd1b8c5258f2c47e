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
    // Names as they are typed
    ['giàng a páo vay tiền', '[tên] vay tiền'], ['toi ten la nguyen van teo', 'toi ten la [tên]'], ['tên em là lò thị mai', 'tên em là [tên]'], ['chồng tôi tên hùng bị lừa', 'chồng tôi tên [tên] bị lừa'], ['anh nguyễn văn nam bán đất', 'anh [tên] bán đất'],
    ['NGUYỄN VĂN TÈO bị lừa', '[tên] bị lừa'], ['bố tôi là trần văn b', 'bố tôi là [tên]'], ['cô giáo Hoa gọi', 'cô giáo [tên] gọi'], ['nhắn chị Lan giúp', 'nhắn chị [tên] giúp'], ['lý minh anh và nguyễn minh anh', 'lý minh anh và [tên]'],
    // Addresses as they are typed
    ['số 45 Bà Triệu', 'số [địa chỉ]'], ['ở tổ 7, ngách 12', 'ở tổ [địa chỉ], ngách [địa chỉ]'], ['thôn nà pàn xã mẫu sơn huyện lộc bình', 'thôn [địa chỉ]'], ['ap 3 xa tan thanh huyen cao loc', 'ap [địa chỉ]'],
    // What names nobody stays
    ...['Bộ Công an gọi tôi', 'Cổng Dịch vụ công quốc gia', 'Quên Mật Khẩu VNeID', 'cấp VNeID cho con', 'xử lý thế nào', 'tội phạm công nghệ cao', 'trình báo ở đâu', 'có lương hưu thì sao', 'Luật số 148/2025/QH15', 'tên đăng nhập là gì',
      'Một ngày được chuyển tối đa bao nhiêu', 'họ đòi 4 triệu', 'Mobile Money là gì', 'cán bộ cứ bảo chờ', 'năm 2024 Ngày Chuyển đổi số', 'bản sao giấy tờ', 'đường link lạ',
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
  ])('%s', (text, hidden) => {
    expect(withoutSecrets(text)).toBe(hidden)
    expect(maskPersonal(text)).not.toMatch(/\d{4}|Abc/)
  })

  it.each([
    'quên mật khẩu VNeID', 'mật khẩu là gì', 'mật khẩu vneid gồm mấy ký tự', 'mk vneid 8 ký tự trở lên phải không', 'mã OTP gồm 6 số', 'đọc mã otp xong mất 5000000 đồng', 'otp 10tr',
    'gọi tôi số 0912 345 678', 'mã hồ sơ 000.00.15.H19-250701-0001 tới đâu', 'số tài khoản 060012345678 bị khóa', 'hồ sơ số 012345678901', 'đổi mật khẩu facebook', 'lấy lại mật khẩu zalo',
    'password là mật khẩu à', 'mật khẩu là sao? giúp em', 'mat khau la gi!giup em', 'quên mật khẩu vneid,zalo123', 'mã pin có 6 số', 'otp 123 lần', 'quên mật khẩu VNeID/Zalo', 'đổi CCCD năm 2026', 'chuyển 1000000000000000 đồng',
  ])('%s holds none', (text) => {
    expect(withoutSecrets(text)).toBe(text)
  })
})
