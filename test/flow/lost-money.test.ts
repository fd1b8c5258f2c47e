import { expect, it } from 'vitest'
import { findEmergency } from '../../src/answer/emergency.ts'
import { said, triggered } from '../../src/flow/advance.ts'
import { fold } from '../../src/core/text.ts'
import { realContent } from '../support/real-content.ts'
import { at, context } from './support.ts'

const { flows, answerer } = await realContent()
const opened = (text: string): string | null => triggered(flows, context(text))?.flow ?? null

/** Told by somebody who has lost something: what to do in the next ten minutes, before any article. */
const losses = [
  'tôi bị lừa rồi', 'em bị lừa mất 5 triệu rồi', 'mẹ tôi bị lừa 200 triệu', 'con vừa bị lừa hết tiền', 'tui bị gạt mất 3tr rồi', 'bị lừa chuyển khoản 10 triệu',
  'nó lừa tôi chuyển tiền', 'tôi bị nó lừa chuyển tiền rồi', 'em bị người ta lừa tiền', 'dạ em bị lừa qua mạng mất 500k ạ', 'tôi bị lừa đảo mất hết tiền, giờ làm sao',
  'chồng em bị lừa rồi cứu với', 'hôm qua tôi bị lừa 2 triệu', 'tôi mới bị lừa trên facebook', 'bà tôi bị lừa mất tiền rồi, phải làm gì bây giờ',
  'tôi lỡ đọc mã otp', 'tôi đã đọc otp cho người ta', 'lỡ đọc mã otp cho nó rồi', 'em vừa đọc mã otp cho người lạ', 'tôi lỡ đưa mật khẩu ngân hàng cho nó', 'đã gửi mã xác nhận cho nó rồi',
  'mẹ em mới cho người ta mã otp', 'lỡ nói mã otp rồi', 'tôi lỡ đọc otp giờ phải làm sao', 'tôi lộ mã otp rồi',
  'lỡ cung cấp số thẻ', 'tôi đã cung cấp số thẻ cho người lạ', 'lỡ nhập số thẻ vào trang lạ', 'vừa đưa số tài khoản và mật khẩu cho nó', 'tôi lỡ nhập mật khẩu vào link lạ rồi',
  'lỡ bấm link lạ rồi', 'tôi lỡ bấm vào đường link lạ', 'em vừa nhấn vào link lừa đảo', 'tôi lỡ bấm vô link nó gửi', 'bấm nhầm link lạ rồi',
  'tôi lỡ cài app lạ', 'tôi đã cài ứng dụng nó gửi', 'lỡ tải app lạ về máy rồi', 'em vừa cài phần mềm lạ rồi',
  'lỡ chuyển tiền cho nó rồi', 'tôi lỡ chuyển khoản cho kẻ lừa đảo', 'tôi vừa chuyển tiền cho lừa đảo', 'tôi chuyển tiền cho nó rồi', 'đã chuyển 5 triệu cho kẻ gian',
  'lỡ gửi ảnh căn cước cho người lạ', 'tôi đã gửi ảnh căn cước cho nó', 'lỡ chụp cccd gửi cho người ta rồi', 'em lỡ gửi hình căn cước',
  'tôi bị mất 20 triệu trong tài khoản', 'tài khoản của tôi bị mất tiền', 'tài khoản ngân hàng bị trừ hết tiền rồi',
  'em bị lừa 3 củ', 'bố em bị lừa mất sạch tiền', 'tôi vừa chuyển 15 triệu cho thằng lừa đảo', 'nó hack mất tiền trong tài khoản', 'lỡ đọc mã rồi', 'mình lỡ gửi mã otp',
  'e lỡ ck cho nó rồi', 'bị hack mất tiền', 'tôi bị mất tiền trong tài khoản', 'tôi cài nhầm app lạ rồi', 'bị lừa đặt cọc mất 2tr', 'tôi bị lừa mua hàng online',
  'tôi lỡ đưa số thẻ atm cho người ta', 'em bị scam rồi', 'tôi lỡ cung cấp thông tin thẻ', 'mất hết tiền rồi', 'nó lấy hết tiền của tôi rồi', 'tôi trót đọc mã otp',
]

/** About such things, or something else that begins like them: a question keeps its article. */
const lookalikes = [
  'lộ mã OTP có sao không', 'cách lấy lại tiền khi bị lừa', 'có nên đọc OTP', 'tôi nhận tin nhắn bảo đọc OTP', 'bị lừa có lấy lại tiền được không', 'làm sao để không bị lừa',
  'sợ bị lừa quá', 'tôi suýt bị lừa', 'tôi chưa bị lừa bao giờ', 'bị lừa trên mạng báo ở đâu', 'bị lừa tiền thì báo ai', 'có người gọi bảo chuyển tiền', 'nó bảo tôi chuyển tiền',
  'có người xin mã otp có nên đọc không', 'mã otp là gì', 'không nhận được mã otp', 'tôi quên mật khẩu vneid', 'tôi vừa đổi mật khẩu', 'tôi đã nhập mã otp mà không được', 'vừa nhận mã otp',
  'làm sao lấy lại mật khẩu', 'có nên bấm link lạ không', 'nhận được link lạ', 'bấm link lạ có sao không', 'ai gửi link này cho tôi', 'cài app vneid ở đâu', 'tôi đã cài app vneid rồi',
  'cài ứng dụng lạ có bị mất tiền không', 'tôi đã chuyển tiền cho trường rồi', 'chuyển nhầm tiền', 'tôi lỡ chuyển khoản nhầm', 'chuyển tiền cho con thế nào', 'tôi đã chuyển khoản nộp phí rồi',
  'gửi ảnh căn cước cho người lạ có sao không', 'tôi đã gửi ảnh căn cước lên cổng dịch vụ công', 'mất căn cước', 'tôi bị mất thẻ ngân hàng', 'lộ số thẻ có nguy hiểm không', 'mở thẻ ngân hàng mất bao nhiêu tiền',
  'con tôi bị lừa tình cảm thì khuyên thế nào', 'làm giấy khai sinh mất bao nhiêu tiền', 'bị lừa tiền trên mạng xử lý thế nào', 'bị lừa có được hoàn tiền không', 'tôi bị mất thẻ căn cước', 'tôi lỡ quên mật khẩu', 'con tôi bị hack facebook', 'ngân hàng đã gửi mã otp chưa',
]

/** Told in other words: money gone by itself, one who pretended to be somebody, an account taken over, threats with pictures. */
const otherLosses = [
  'tôi bị trừ 20 triệu trong tài khoản mà không biết', 'em bị trừ mất 5tr trong tài khoản', 'tự nhiên tôi bị trừ 3 triệu trong thẻ', 'tài khoản của tôi tự nhiên bị trừ 10 triệu',
  'tài khoản ngân hàng bị rút mất 50 triệu không biết lúc nào', 'hôm qua tôi bị rút 7 triệu trong tài khoản',
  'bị lừa đầu tư mất 200 triệu', 'tôi bị lừa đầu tư chứng khoán mất 50 triệu rồi', 'mẹ em bị dụ đầu tư tiền ảo mất hết tiền', 'em bị lừa làm nhiệm vụ trên mạng mất 30tr', 'bị gạt vay tiền mất 2 triệu',
  'tôi cho nó quét mặt rồi nó lấy hết tiền', 'em đưa điện thoại cho nó xong nó rút sạch tiền', 'tôi bấm link rồi nó chuyển hết tiền trong thẻ', 'mẹ tôi nghe lời nó quét mặt rồi nó rút hết tiền rồi',
  'bị người ta giả shipper lấy 300k', 'tôi bị người ta giả shipper lừa 300k', 'nó giả danh công an lừa tôi 20 triệu', 'bị thằng giả nhân viên điện lực lừa 5 triệu', 'em bị giả shipper lừa 300k rồi',
  'lỡ đọc mã otp cho thằng giả công an rồi', 'tôi đã đọc mã otp cho đứa giả danh ngân hàng', 'mẹ em vừa đọc otp cho người xưng là công an', 'lộ đọc mã otp cho thằng giả công an rồi',
  'tài khoản ngân hàng bị hack', 'tài khoản ngân hàng của tôi bị hack rồi', 'tk ngân hàng em vừa bị hack', 'tôi bị hack tài khoản ngân hàng', 'em bị chiếm mất tài khoản ngân hàng rồi',
  'nó bắt tôi chuyển khoản nếu không sẽ đăng ảnh nóng của tôi', 'nó dọa tung clip nóng của em', 'có người dọa tung ảnh của tôi', 'nó đòi tiền không thì gửi ảnh nhạy cảm của em lên mạng',
  'em bị tống tiền bằng clip nóng', 'nó giữ ảnh nóng của tôi rồi đòi tiền', 'người yêu cũ dọa phát tán video nhạy cảm của tôi',
]

/** The same words in a question, or about something else. */
const otherLookalikes = [
  'tôi bị trừ tiền điện 2 lần', 'sao tôi bị trừ 11000 phí sms', 'thuê bao bị trừ tiền 4g', 'bị trừ điểm bằng lái', 'tài khoản bị trừ 10 nghìn phí là phí gì', 'thẻ bị trừ phí thường niên bao nhiêu',
  'làm sao để không bị lừa đầu tư mất tiền', 'bị lừa đầu tư thì báo ai', 'đầu tư 200 triệu có bị lừa không', 'bị lừa có phải mất tiền mới báo công an không',
  'quét mặt rồi nó có lấy hết tiền không', 'cho người lạ quét mặt có bị lấy hết tiền không', 'quét mặt ngân hàng ở đâu',
  'shipper lấy phí 30k có đúng không', 'giá ship lấy 30k', 'có người giả shipper gọi tôi', 'nhận biết giả danh công an lừa tiền thế nào', 'có người giả công an gọi điện', 'bị công an giả gọi điện thì làm sao',
  'đọc mã otp cho công an được không', 'có nên đọc mã otp cho người xưng công an', 'tài khoản ngân hàng có bị hack được không', 'làm sao biết tài khoản ngân hàng bị hack', 'tài khoản ngân hàng bị khóa', 'zalo bị hack',
  'tung ảnh nóng phạt bao nhiêu', 'dọa tung ảnh bị tội gì', 'đăng ảnh người khác có bị phạt không', 'nó đòi gửi ảnh căn cước', 'bắt gửi ảnh chân dung', 'gửi hình hồ sơ lên ở đâu',
]

it.each([...losses, ...otherLosses])('%j is a loss, with marks and without', (text) => {
  expect(opened(text)).toBe('bi-lua')
  expect(opened(fold(text))).toBe('bi-lua')
  expect(opened(`${text.toUpperCase()}!!`)).toBe('bi-lua')
})

it.each([...lookalikes, ...otherLookalikes])('%j is not taken for a loss, with marks or without', (text) => {
  expect(opened(text)).not.toBe('bi-lua')
  expect(opened(fold(text))).not.toBe('bi-lua')
})

it('covers enough of both', () => {
  expect(new Set(losses).size).toBeGreaterThanOrEqual(40)
  expect(new Set(lookalikes).size).toBeGreaterThanOrEqual(30)
})

it('says at once to call the bank', () => {
  const { start, steps } = flows.get('bi-lua')!
  expect(steps[start]!.ask).toMatch(/Gọi ngay tổng đài ngân hàng.*khóa giao dịch/s)
})

it('to one threatened with pictures says what not to do, and whom to call', () => {
  const { ask } = flows.get('bi-lua')!.steps['anh-nong']!
  expect(ask).toMatch(/Không chuyển tiền.*Không xóa tin nhắn.*113/s)
})

it.each(['tôi bị lừa hết tiền, tôi muốn chết', 'nó lừa tôi chuyển tiền rồi bắt cóc con tôi'])('%j is an emergency first', (text) => {
  expect(findEmergency(text)).not.toBeNull()
})

it.each([
  ['lộ mã OTP có sao không', 'scam-otp'], ['có nên đọc OTP', 'scam-otp'], ['tôi nhận tin nhắn bảo đọc OTP', 'scam-otp'], ['cách lấy lại tiền khi bị lừa', 'scam-recovery'],
])('the question %j keeps its article %s', async (text, article) => {
  expect((await answerer.answer(text, { now: Date.parse('2026-11-21'), lastArticle: null })).article).toBe(article)
})

it('told at its first step, goes on to the fitting case', () => {
  const told = (text: string): string | undefined => said(flows, at('bi-lua', 'dung'), context(text))?.state.at?.step
  expect(['tôi lỡ đọc mã otp', 'em vua cai phan mem la roi', 'tôi lỡ chuyển tiền cho nó rồi', 'lỡ gửi ảnh căn cước cho người lạ'].map(told)).toEqual(['ma', 'may', 'tien', 'can-cuoc'])
  expect(['bi lua dau tu mat 200 trieu', 'tài khoản ngân hàng bị hack', 'no doa tung clip nong cua em'].map(told)).toEqual(['tien', 'ma', 'anh-nong'])
  expect(['chuyển 30 triệu rồi', 'mat 5tr', 'tôi ck cho nó 12.000.000đ hồi sáng', 'bà mất 20 triệu', 'hôm qua em nạp 500k', 'gọi ai', 'báo ai bây giờ'].map(told)).toEqual(['tien', 'tien', 'tien', 'tien', 'tien', 'cong-an', 'cong-an'])
  expect(said(flows, at('bi-lua', 'dung'), context('có lấy lại được không'))).toMatchObject({ kind: 'article', article: 'scam-recovery' })
  expect(['lộ mã OTP có sao không', 'nó bảo chuyển 30 triệu', 'chuyển tiền có mất phí không', 'họ đòi nộp 2 triệu'].map(told)).toEqual([undefined, undefined, undefined, undefined])
})
