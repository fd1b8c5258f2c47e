import { describe, expect, it } from 'vitest'
import { findEmergency } from '../../src/answer/emergency.ts'
import { fold } from '../../src/core/text.ts'

const both = (messages: string[]): string[] => [...new Set(messages.flatMap((message) => [message, fold(message)]))]

describe('nobody is in danger', () => {
  it.each(both([
    // Deposits
    'shop bat coc truoc 50% moi giao hang, co nen coc ko', 'chu tro bat coc 1 thang', 'nha xe bat coc tien ve', 'ho bat coc 2 trieu de giu phong', 'thue phong tro bat coc 2 thang tien nha', 'dat phong khach san bat coc 30%', 'mua dien thoai tren mang shop bat coc', 'nguoi ban bat dat coc 50%', 'môi giới bắt cọc trước 20 triệu', 'chủ nhà bắt cọc một tháng tiền nhà',
    // Deaths, with papers and burial money
    'bố tôi mất vì đuối nước tháng trước, khai tử ở đâu', 'chồng tôi mất do đuối nước, tiền mai táng lãnh ở đâu', 'em tôi chết vì tai nạn xe, mai táng phí lãnh ở đâu', 'khai tử cho người chết đột ngột ở nhà', 'mẹ tôi mất vì đột quỵ tuần trước, làm giấy khai tử cần gì', 'em tôi đuối nước mất rồi, khai tử ở xã nào', 'khai tử cho người chết đuối',
    // Long ago
    'Ba em bị tai nạn hồi trước mặt có sẹo, quét mặt không được, vậy làm sao chuyển tiền', 'mẹ tôi bị tai nạn năm ngoái không quét mặt được để chuyển tiền', 'bi tai nan nam ngoai gay tay, lam van tay sao', 'năm ngoái tôi bị bỏng mặt, app không nhận diện được', 'mẹ em bị tai biến năm ngoái, tay run không quét vân tay được', 'hồi nhỏ bị điện giật cụt tay, làm căn cước lấy vân tay sao',
    // Habits and beasts
    'con trai 10 tuổi nghiện youtube xem mấy cái bậy bạ, có cách nào chặn bớt', 'con trai tôi nghiện game suốt ngày', 'bị chó cắn mất cái điện thoại', 'chó cắn nát căn cước rồi làm lại sao', 'chuột gặm hỏng sổ đỏ',
  ]))('%s', (message) => {
    expect(findEmergency(message)).toBeNull()
  })
})

describe('somebody is', () => {
  it.each([
    'con toi bi bat coc', 'con tôi bị bắt cóc', 'chu nha bat coc con toi', 'ho bat coc chau toi doi 2 trieu', 'co nguoi bat coc 2 dua nho truoc cong truong', 'bi bat coc truoc cong truong', 'be gai bi bat coc len xe', 'bat coc tre em o cho', 'bạn trai bắt cóc em tôi',
    'con tôi đuối nước chết mất cứu với', 'em toi duoi nuoc roi', 'có người chết đuối dưới sông', 'chồng tôi bị tai nạn nằm bất tỉnh', 'mẹ tôi bị đột quỵ', 'bo toi bi dien giat', 'con bi cho can chay mau nhieu', 'bé bị chó cắn vào mặt', 'ba tôi nghiện rượu đang cầm dao đuổi mẹ tôi', 'bi tai nan nam ngoai, gio co giat ngat xiu', 'bi tai nan nam ngoai duong chay mau nhieu', 'ba toi bi tai nan nam ngoai ruong bat tinh',
  ])('%s', (message) => {
    expect(findEmergency(message)).not.toBeNull()
  })

  it('a caller who tells of an accident wants money', () => {
    expect(findEmergency('có người gọi báo con tôi bị tai nạn cấp cứu, bảo chuyển 20 triệu')).toBe('emergency_scam')
  })
})
