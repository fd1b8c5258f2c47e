import { describe, expect, it } from 'vitest'
import { maskPersonal } from '../../src/core/mask.ts'

describe('what could name a person is taken out', () => {
  it.each([
    ['gọi tôi số 0912 345 678 nhé', 'gọi tôi số [số] nhé'],
    ['cccd 001099012345 của tôi', 'cccd [số] của tôi'],
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
