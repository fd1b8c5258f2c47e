import { describe, expect, it } from 'vitest'
import { commandOf } from '../../src/core/commands.ts'

describe('commands match a whole message', () => {
  it.each([
    ['menu', 'menu'], ['Menu', 'menu'], ['MENU CHÍNH', 'menu'], ['menu chinh', 'menu'], ['cho xem menu với ạ', 'menu'], ['/start', 'menu'], ['menuu', 'menu'], ['mennu', 'menu'], ['mneu', 'menu'], ['mê nu', 'menu'], ['help', 'menu'],
    ['gọi cán bộ đi', 'human'], ['goi can bo giup em', 'human'], ['nguoi that tra loi di', 'human'], ['đừng trả lời tự động nữa', 'human'], ['cho nhân viên tư vấn cho em với', 'human'], ['can bo dau roi', 'human'],
    ['gặp cán bộ', 'human'], ['gap can bo', 'human'], ['cho tôi gặp cán bộ với', 'human'], ['Gặp cán bô', 'human'], ['gặp người thật đi', 'human'],
    ['noi chuyen voi nguoi', 'human'], ['dừng', 'stop'], ['Dừng ạ', 'stop'], ['dung', 'stop'], ['STOP', 'stop'], ['stoppp', 'stop'], ['Unsubscribe', 'stop'], ['dừnggg', 'stop'], ['đừng gửi tin nữa', 'stop'], ['dừng nhận tin', 'stop'], ['dung nhan tin', 'stop'], ['huỷ nhận tin', 'stop'],
    ['nhận tin', 'start'], ['nhan tin', 'start'], ['đăng ký nhận tin', 'start'], ['dữ liệu của tôi', 'data'], ['du lieu cua toi', 'data'],
    ['xóa dữ liệu', 'erase'], ['xoá dữ liệu', 'erase'], ['xoa du lieu cua toi', 'erase'], ['xoá dữ liêu', 'erase'],
    ['xem dữ liệu', 'data'], ['xem du lieu', 'data'], ['xoa du leiu', 'erase'], ['quay lại', 'back'], ['quay lai', 'back'], ['trở lại ạ', 'back'],
    ['thôi đừng gửi tin cho tôi nữa', 'stop'], ['tôi không muốn nhận tin', 'stop'], ['dung nhan tin cho toi nua', 'stop'], ['đừng nhắn nữa', 'stop'], ['dừng tin', 'stop'],
    ['không nhận nữa', 'stop'], ['ko nhận nữa đâu', 'stop'], ['tôi không muốn nhận thông báo nữa', 'stop'], ['hổng muốn nhận mấy tin này nữa đâu', 'stop'], ['nỏ muốn nhận tin nữa mô', 'stop'], ['toi khong muon nhan tin nay nua', 'stop'],
    ['phiền quá đừng nhắn nữa', 'stop'], ['đừng có gửi nữa', 'stop'], ['thôi đừng gởi cho tui nữa', 'stop'], ['dung gui nua', 'stop'], ['bỏ đăng ký', 'stop'], ['bo theo doi', 'stop'], ['cho tôi ra khỏi danh sách', 'stop'], ['tắt tin nhắn đi', 'stop'],
    ['bật thông báo', 'start'], ['bat thong bao', 'start'], ['cho tôi nhận tin lại', 'start'], ['đăng ký nhận thông báo', 'start'], ['dk nhan tin', 'start'],
    ['xóa hết thông tin của tui', 'erase'], ['xóa tin nhắn của tôi', 'erase'], ['xoa lich su tro chuyen', 'erase'], ['coi dữ liệu của tui', 'data'], ['làm lại từ đầu', 'menu'], ['mục lục', 'menu'], ['trở về', 'back'], ['quay ra', 'back'],
    ['cho tôi nói chuyện với người', 'human'], ['kết nối tôi với cán bộ hỗ trợ', 'human'], ['ket noi toi voi can bo', 'human'], ['gọi cho tôi số 0912 345 678', 'human'], ['gọi lại cho tôi với', 'human'],
    ['nhờ cán bộ gọi lại cho tôi theo số 0912345678', 'human'], ['tôi muốn gặp một người thật được không', 'human'], ['cho em gặp nhân viên tư vấn ạ', 'human'], ['chuyển máy cho cán bộ trực giúp tôi', 'human'], ['máy trả lời không đúng, cho tôi nói chuyện với người', 'human'], ['Cho tôi gặp người thật!', 'human'],
    ['không cần gặp cán bộ nữa', 'take_back'], ['thôi không cần gặp cán bộ nữa', 'take_back'], ['khong can can bo nua', 'take_back'], ['thôi khỏi gặp cán bộ', 'take_back'], ['hủy yêu cầu gặp cán bộ', 'take_back'], ['huy yeu cau gap can bo', 'take_back'], ['bỏ yêu cầu gặp người thật giúp em', 'take_back'],
    ['tôi tự làm được rồi không cần cán bộ nữa', 'take_back'], ['xong rồi, không cần gặp cán bộ nữa đâu ạ', 'take_back'], ['không cần gọi lại cho tôi nữa', 'take_back'], ['hổng cần gặp cán bộ nữa', 'take_back'], ['không cần cán bô nữa', 'take_back'], ['đừng phiền cán bộ nữa', 'take_back'], ['thôi ko cần gặp cb nữa', 'take_back'], ['tôi vẫn cần gặp cán bộ', 'human'],
    ['cho bác gặp cán bộ được không', 'human'], ['muốn nói chuyện với nhân viên được ko em', 'human'], ['co the cho toi gap can bo duoc khong', 'human'], ['cho gap can bo dc hong', 'human'], ['gọi lại cho tôi được không', 'human'], ['gặp cán bộ nha', 'human'], ['cô cần gặp cán bộ trực', 'human'], ['cần gặp cán bộ ạ', 'human'], ['co can gap can bo truc', 'human'],
  ] as const)('%s → %s', (text, command) => {
    expect(commandOf(text)).toBe(command)
  })

  it.each([
    'gọi người nhà tôi', 'goi nguoi nha toi', 'gọi cán bộ xã ở đâu', 'cán bộ gọi tôi đòi tiền', 'cán bộ trả lời sai', 'cho người khác vay tiền', 'gọi công an', 'bot tra loi do qua', 'nhờ người khác nộp hồ sơ', 'cán bộ xã nào trả lời',
    'đúngg', 'đúnggg rồi', 'men', 'mệnh', 'unsubscribe là gì', 'stop loss', 'tôi nhận tin nhắn khóa SIM', 'mất máy muốn xóa dữ liệu', 'dừng giao dịch thế nào', 'đúng', 'dùng', 'đúng rồi', 'nhận tin nhắn trúng thưởng',
    'nhận tin nhắn lạ', 'xóa dữ liệu trên VNeID thế nào', 'gặp cán bộ ở đâu', 'gặp cán bộ thái độ không tốt', 'dữ liệu của tôi bị lộ', 'dữ liệu của tôi bị lộ thì làm sao',
    'gặp cán bộ một cửa vào giờ nào', 'nói chuyện với người lạ trên mạng có sao không', 'gọi cho tôi đòi chuyển tiền', 'có người gọi cho tôi', 'công an gọi cho tôi', 'gọi cho cán bộ bằng số nào', 'làm sao nói chuyện với người',
    'người lạ gọi cho tôi bảo khóa SIM', 'muốn gặp cán bộ tư pháp ở đâu', 'liên hệ cán bộ xã thế nào', 'gặp người nhà ở trại giam', 'ai gọi cho tôi vậy', 'cán bộ gọi cho tôi xin mã OTP', 'cán bộ gọi cho tôi', 'nhân viên gọi cho tôi', 'tôi bị dọa, nó bảo không được nói chuyện với người khác',
    'đưa dữ liệu', 'mua dữ liệu', 'đừng gửi tiền nữa', 'không nhận tiền nữa', 'dung gui tien', 'hủy đăng ký', 'quay lại ngân hàng', 'quay lại video',
    'dừng thẻ ngân hàng', 'tạm dừng tài khoản', 'menu quán ăn', 'làm sao xóa dữ liệu cá nhân', 'muốn ngừng nhận tin quảng cáo thì soạn gì', 'không nhận được tin nhắn OTP',
    'đừng gọi nữa', 'mất thông báo', 'đặt thông báo', 'hết thông báo', 'không nhận được thông báo nữa', 'không nhận tiền nữa đâu', 'sao không nhận tin nữa?', 'không nhận lương nữa', 'nó nhận tin nữa', 'không gửi tiền cho tôi nữa', 'đổi dữ liệu của tôi',
    'đừng nhận cuộc gọi đó nữa', 'không muốn nhận trợ cấp nữa', 'không nhắn được nữa', 'không muốn nhận nữa thì làm sao', 'nhận thông báo phạt nguội', 'trở về quê làm giấy tờ', 'xóa lịch sử duyệt web', 'làm lại căn cước từ đầu',
    'không gặp được cán bộ', 'không cần gặp cán bộ à?', 'không cần gặp cán bộ vẫn nộp được hồ sơ chứ', 'không phải cán bộ', 'không muốn nói chuyện với máy nữa', 'thôi gặp cán bộ ở xã cũng được', 'không cần giấy tờ nữa', 'không cần ra xã nữa', 'bỏ cán bộ',
    'có cần gặp cán bộ không', 'co can gap can bo ko', 'có cần gặp cán bộ?', 'có cần gặp cán bộ à', 'cần gặp cán bộ không ạ', 'phải gặp cán bộ hả', 'có được gặp cán bộ không', 'có cần nói chuyện với người không', 'cần liên hệ nhân viên không', 'gặp cán bộ k', 'có gọi lại cho tôi không',
    'vậy có cần lên gặp anh cán bộ không em', 'co phai noi chuyen voi nhan vien ko a', 'có nhất thiết phải gặp trực tiếp cán bộ không ạ', 'cần giấy gì, có cần gặp cán bộ', 'có gặp nhân viên không vậy', 'có cần dừng nhận tin à', 'có cần xóa dữ liệu?', 'dừng hả', 'có phải nhận tin không',
    'đăng ký nhận tin trợ cấp', 'xóa thông tin của tôi trên mạng', 'gặp người lừa đảo', 'hủy đăng ký tạm trú', 'dừng đóng bảo hiểm', 'stop là gì', 'nhận tiền', 'nhắn tin', 'dùng ạ', 'nhận tin giả', 'dung VNeID the nao',
  ])('%s is a question', (text) => {
    expect(commandOf(text)).toBeNull()
  })
})
