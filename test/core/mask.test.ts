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
    'password là mật khẩu à', 'quên mật khẩu VNeID/Zalo', 'đổi CCCD năm 2026', 'chuyển 1000000000000000 đồng',
  ])('%s holds none', (text) => {
    expect(withoutSecrets(text)).toBe(text)
  })
})
