import { describe, expect, it } from 'vitest'
import { askedSecrets } from '../../src/campaign/asks-secrets.ts'

describe('what no office asks for in a message', () => {
  it.each([
    'Để nhận hỗ trợ, bà con gửi mã OTP và số căn cước 012345678901 về số 0912345678.',
    'Bà con cung cấp mật khẩu VNeID cho cán bộ để được giúp.',
    'Vui lòng nhắn họ tên, ngày sinh, số định danh vào tin này.',
    'Cán bộ sẽ gọi, bà con đọc mã OTP cho cán bộ.',
    'Bà con không cần ra xã, chỉ cần gửi số căn cước qua Zalo.',
    'Cho chúng tôi biết mã PIN để kiểm tra.',
    'Trả lời tin này kèm số thẻ ngân hàng.',
    'Bà con cung cấp mã OTP.'.normalize('NFD'),
  ])('%s', (text) => expect(askedSecrets(text)).toHaveLength(1))

  it.each([
    'Bà con không cung cấp mã OTP cho bất kỳ ai.',
    'Công an không bao giờ yêu cầu bà con đọc mã OTP hay gửi mật khẩu.',
    'Đừng gửi số căn cước qua tin nhắn.',
    'Nếu có người gọi bảo đọc mã OTP, bà con cúp máy.',
    'Kẻ gian dụ bà con gửi ảnh và số căn cước.',
    'Chỉ nhập mật khẩu trong ứng dụng VNeID.',
    'Gửi bà con cách đổi mật khẩu VNeID.',
    'Hệ thống gửi mã OTP về điện thoại của bà con.',
    'Ai đọc mã OTP cho người lạ là mất tiền.',
    'Bà con mang theo thẻ căn cước khi ra xã.',
    'Bà con gửi hồ sơ trên Cổng Dịch vụ công, đăng nhập bằng số định danh.',
    'Không nhập mật khẩu hay mã OTP ở bất cứ trang ghép ảnh nào.',
  ])('not: %s', (text) => expect(askedSecrets(text)).toEqual([]))
})
