import { describe, expect, it } from 'vitest'
import { looksLikeStates, sayFakePages } from '../../src/answer/addresses.ts'

describe('an address dressed up as the state’s', () => {
  it.each([
    'trang dichvucong-gov.vn.com co phai cua nha nuoc ko', 'https://dichvucong-gov.vn.com/dang-nhap', 'vssid-gov.vn xem bảo hiểm', 'dichvucong.gov.vn.abc.top', 'https://dichvucong.gov.vn.abc.top/x', 'https://dichvucong.gov-vn.org đăng nhập được không', 'link vneid.gov.vn.app', 'bocongan-vn.com',
    'thuedientu-gov.com', 'etaxmobile.vip', 'dichvucong.info rồi giờ sao', 'DichVuCong-QuocGia.com', 'nộp ở http://dich-vu-cong.net', 'http://abc.top/dichvucong.gov.vn', 'vào www.vneid.xyz', 'trang hotro-gov.site', 'dichvucongquocgia.com.vn',
  ])('%s', (text) => {
    expect(looksLikeStates(text)).toBe(true)
    expect(sayFakePages(text)).toContain('giả mạo')
  })
})

describe('what is none', () => {
  it.each([
    'dichvucong.gov.vn', 'https://dichvucong.gov.vn/p/home/dvc-trang-chu.html', 'dichvucong.gov.vn.', 'vào dichvucong.bocongan.gov.vn', 'gui mail abc@gov.vn duoc khong', 'dichvucong@yenbai.gov.vn', 'tải vneid.apk được không', 'quên mật khẩu vneid.giờ làm sao', 'cài vneid.co can cccd không',
    'nop o dichvucong.gov.vn.xong roi sao', 'vssid.Tôi không vào được', 'shopee.vn', 'trang zalo.me/dichvucong', 'facebook.com/congan', 'chinhphu.vn', 'gov.uk', 'govap.com', 'thuedientu.gdt.gov.vn', 'vietcombank.com.vn', 'dịch vụ công',
  ])('%s', (text) => {
    expect(looksLikeStates(text)).toBe(false)
    expect(sayFakePages(text)).toBe(text)
  })
})
