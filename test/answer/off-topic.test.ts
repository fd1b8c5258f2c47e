import { describe, expect, it } from 'vitest'
import { findOffTopic } from '../../src/answer/small-talk.ts'

const knows = (): boolean => true

describe('whoever speaks of money, accounts, threats, codes, papers or police is not sent away', () => {
  it.each([
    'em lỡ cho bạn trai số tài khoản với otp, giờ nó rút hết tiền', 'em bị người yêu cũ dọa tung ảnh nóng, báo ở đâu', 'anh ơi vợ em mất thẻ atm rồi', 'mua vé xe tết trên facebook, chuyển tiền rồi họ chặn',
    'đặt khách sạn giá rẻ trên facebook bị lừa mất cọc 3 triệu', 'co nguoi ru mua bitcoin bao len gia gap 3 ma rut khong duoc', 'em quen người yêu qua mạng, anh ấy mượn 30 triệu rồi chặn số', 'em ly thân rồi, chồng lấy điện thoại của em vay tiền app',
    'em bị chồng giữ hết căn cước với sổ tiết kiệm', 'em là người dân tộc, chồng em không biết chữ, làm vneid sao', 'thầy phong thủy trên tiktok bảo chuyển 20 triệu giải hạn', 'xem boi online doi chuyen tien', 'đội bóng đá phường quyên góp qua mã qr có thật không',
    'có người bán thuốc, uống thuốc của họ là khỏi, bắt chuyển khoản trước', 'mua vàng online giá rẻ qua zalo có tin được không', 'chơi lô đề online thua hết tiền, nó dọa đòi nợ', 'dự báo thời tiết app này đòi mã otp', 'mua vàng giá rẻ họ bắt cọc trước rồi mất tăm',
    'người yêu em lấy căn cước của em đi đâu rồi', 'em có chồng chưa đăng ký kết hôn', 'đăng ký kết hôn với người yêu ở nước ngoài', 'ba em xem bóng đá cá độ bị công an bắt',
  ])('%s', (message) => {
    expect(findOffTopic(message, knows)).toBeNull()
  })
})

describe('what is clearly about something else', () => {
  it.each([
    'ad có ny chưa vậy', 'em yêu anh', 'bot có người yêu chưa', 'thời tiết ngày mai ra sao', 'giá vàng hôm nay bao nhiêu tiền một chỉ', 'xem bói cho em với', 'mua vé xe khách đi Hà Nội ở đâu', 'đau bụng uống thuốc gì', 'quán phở nào ngon gần đây',
    'khách sạn nào đẹp ở biển', 'có phim nào hay không', 'kết quả xổ số hôm nay', 'có nên mua bitcoin lúc này', 'nấu canh chua thế nào', 'viết giúp tôi bài văn tả con mèo', 'đội tuyển việt nam đá mấy giờ', 'Ai là tổng thống Mỹ',
  ])('%s', (message) => {
    expect(findOffTopic(message, knows)).toBe('off_topic')
  })
})
