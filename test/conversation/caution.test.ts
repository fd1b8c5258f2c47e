import { describe, expect, it } from 'vitest'
import { mayBeCheated } from '../../src/conversation/caution.ts'

describe('what may be a cheat at work', () => {
  it.each(['nó bảo tôi đưa mã', 'no dang bao toi chuyen them', 'no keu doc ma 6 so', 'họ giục chuyển tiền', 'can bo xa goi dien bao nop 200k lam can cuoc', 'công an gọi zalo bắt tôi cài app', 'no bao chuyen 1 dong de xac thuc', 'tk bi tru 9tr8 ma toi dau co chuyen', 'em nap them nha', 'người ta hỏi số tài khoản của em', 'bên kia xin ảnh căn cước', 'tu nhien bi tru tien trong the', 'trúng thưởng xe SH'])('%s: the caution goes first', (message) =>
    expect(mayBeCheated(message)).toBe(true))
  it.each(['giờ làm sao', 'tôi muốn hỏi thủ tục khai sinh', 'hồ sơ của tôi nộp hôm qua', 'cán bộ bảo tôi nộp thêm giấy khai sinh', 'xã bảo nộp lệ phí 8 nghìn', 'công an xã mời lên làm căn cước', 'nhân viên hướng dẫn quét mã vneid không được', 'quên mã otp', 'mất thẻ bảo hiểm', 'mất tiền hoàn thuế', 'bị trừ điểm bằng lái', 'chuyển nhầm tiền', 'nộp phí ở đâu'])('%s: an ordinary matter', (message) =>
    expect(mayBeCheated(message)).toBe(false))
})
