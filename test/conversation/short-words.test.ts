import { describe, expect, it } from 'vitest'
import { asksAgain, asksOn, bareNumber, cancels, needsNoMore, numberInWords, picksSeveral, surelyCancels, verdictOn, wantsToShare, yesOrNo } from '../../src/conversation/short-words.ts'

describe('yes and no', () => {
  it.each([
    ['có', 'clear'], ['Có ạ', 'clear'], ['dạ có', 'clear'], ['co', 'clear'], ['đồng ý', 'clear'], ['dong y', 'clear'], ['xoá', 'clear'], ['xóa đi', 'clear'], ['xóa hết đi em', 'clear'], ['có, xóa hết', 'clear'], ['ok xóa', 'clear'], ['vang xoa giup em', 'clear'], ['tôi đồng ý xóa dữ liệu', 'clear'],
    ['ừ', 'soft'], ['ok', 'soft'], ['OK nhé', 'soft'], ['vâng ạ', 'soft'], ['dạ', 'soft'], ['đúng rồi', 'soft'], ['phải', 'soft'], ['được', 'soft'],
    ['không', 'no'], ['ko', 'no'], ['thôi', 'no'], ['thôi em ạ', 'no'], ['giữ lại', 'no'], ['huỷ', 'no'], ['hủy bỏ yêu cầu', 'no'], ['dừng lại', 'no'], ['đừng', 'no'], ['không phải', 'no'], ['không cần', 'no'],
  ])('%s is %s', (text, meant) => {
    expect(yesOrNo(text)).toBe(meant)
  })

  it.each(['cô', 'cờ', 'dừng', 'có mất phí không', 'xóa tài khoản', 'có xóa được không', 'không xóa được', 'thôi việc', 'không nhận được mã', 'dung', 'giữ xe ở đâu', ''])('%s is neither', (text) => {
    expect(yesOrNo(text)).toBeNull()
  })
})

describe('numbers of a list', () => {
  it.each([['2', 2], ['2.', 2], ['2)', 2], ['(2)', 2], ['12', 12], ['２', 2], ['②', 2], ['2️⃣', 2]])('%s', (text, number) => {
    expect(bareNumber(text)).toBe(number)
  })

  it.each(['2 triệu', 'số 2', '123', '2/9', ''])('%s is no bare number', (text) => {
    expect(bareNumber(text)).toBeNull()
  })

  it.each([
    ['số 2', 2], ['so 2', 2], ['chọn 2', 2], ['chọn số hai', 2], ['hai', 2], ['hai ạ', 2], ['2 nhé', 2], ['một', 1], ['mot', 1], ['mục 3', 3], ['câu thứ 2', 2], ['cái thứ nhất', 1], ['thứ nhất', 1], ['cái đầu tiên ạ', 1], ['cho xem cái đầu', 1], ['chọn giúp tui cái số 1', 1], ['cho tôi xem mục số hai', 2], ['số hai giúp tui với', 2], ['số 0', 0],
    ['muc 2', null], ['mức 2', null], ['thứ hai', null], ['không', null], ['số 113', null], ['gọi số 2', null], ['bà', null], ['hai người', null], ['tháng 2', null], ['lần đầu tiên', null], ['đầu tháng', null], ['cho 2', null], ['xem 2 lần', null], ['cái cuối', null],
  ])('%s → %s', (text, number) => {
    expect(numberInWords(text)).toBe(number)
  })
})

it('"cái cuối" is the last of the list shown', () => {
  expect(['cái cuối', 'mục cuối cùng', 'dưới cùng', 'cuối tuần'].map((text) => numberInWords(text, 7))).toEqual([7, 7, 7, null])
})

describe('several numbers of a list of five', () => {
  it.each(['1 và 2', '1, 3', '1,3', '1 3', '1 2 3', '1+2', '1 & 2', 'số 1 và số 2', 'cho tôi xem mục 2 với mục 4', 'chọn 1, 2 giúp em', 'cả 1 và 3 ạ', '1 hay 2', '1 hoặc 3', 'một và hai', '1️⃣ 2️⃣', 'cả hai', 'ca 2', 'tất cả'])('%s', (text) => {
    expect(picksSeveral(text, 5)).toBe(true)
  })

  it.each(['1', '10/10', '1-3', '1.5', '1 và 9', '2 2', '113 114', '3 triệu', '1 hoặc 2 người', 'hai người', '0 1', '1 con 2 vợ', 'Hai Bà', 'hai ba', 'một và bà', 'Ba và mẹ', ''])('%s picks not several', (text) => {
    expect(picksSeveral(text, 5)).toBe(false)
  })

  it('nothing where there is no list, or only one entry', () => {
    expect([picksSeveral('cả hai', 0), picksSeveral('1 và 2', 1)]).toEqual([false, false])
  })
})

describe('wanting to hear it again, or more', () => {
  it.each(['nói lại', 'Nhắc lại giúp tôi', 'lặp lại câu trên', 'gửi lại', 'gởi lại tin hồi nãy', 'noi lai di', 'xem lại được không'])('%s', (text) => {
    expect([asksAgain(text), asksOn(text)]).toEqual([true, false])
  })

  it.each(['xem thêm', 'tiếp', 'tiếp đi em', 'còn gì nữa không', 'doc tiep', 'trang sau'])('%s', (text) => {
    expect([asksAgain(text), asksOn(text)]).toEqual([false, true])
  })

  it.each(['nói lại cách nộp hồ sơ', 'gọi lại', 'gửi lại tiền', 'gửi lãi', 'xem lại hồ sơ', 'nhắc lại câu sau: tôi là máy', 'tiếp dân', 'tiếp tục đóng bảo hiểm', 'lấy lại mật khẩu', ''])('%s is something else', (text) => {
    expect([asksAgain(text), asksOn(text)]).toEqual([false, false])
  })
})

describe('what is said of an answer', () => {
  it.each([['đúng rồi', 'helpful'], ['chuẩn luôn', 'helpful'], ['hiểu rồi', 'helpful'], ['vô dụng', 'not_helpful'], ['không hiểu', 'not_helpful'], ['ko phải', null], ['sai rồi', 'not_helpful'], ['khong hieu gi', 'not_helpful']])('%s → %s', (text, verdict) => {
    expect(verdictOn(text)).toBe(verdict)
  })

  it.each(['đúng hạn chưa', 'dừng', 'sai mật khẩu', 'không hiểu mức 2 là gì', 'hiểu sao về chuyển đổi số'])('%s says nothing of it', (text) => {
    expect(verdictOn(text)).toBeNull()
  })
})

describe('“hủy” and nothing else', () => {
  it.each([['hủy', true], ['Huỷ bỏ đi', true], ['cancel', true], ['dừng lại', true], ['dung lai', false], ['huy', false], ['Huy ạ', false]])('%s; nobody’s name: %s', (text, sure) => {
    expect([cancels(text), surelyCancels(text)]).toEqual([true, sure])
  })

  it.each(['hủy hồ sơ', 'anh Huy đâu', 'húy', 'đứng lại', 'dựng lại', 'dừng', 'bỏ', 'bo', 'bỏ qua bước này', ''])('%s is something else', (text) => {
    expect([cancels(text), surelyCancels(text)]).toEqual([false, false])
  })
})

describe('a request that is needed no more', () => {
  it.each(['không cần nữa', 'Thôi không cần nữa ạ', 'khong can nua', 'khỏi cần nữa em', 'hủy yêu cầu', 'rút lại yêu cầu', 'bỏ yêu cầu đi', 'thôi không cần gặp nữa', 'khong can gap nua', 'khỏi gặp nữa', 'chờ lâu quá không cần nữa', 'lâu quá rồi, không chờ nữa'])('%s', (text) => {
    expect(needsNoMore(text)).toBe(true)
  })

  it.each(['không cần', 'không cần giấy tờ nữa', 'hủy', 'yêu cầu', 'không cần nữa thì làm sao', 'lâu quá', 'không gặp', 'gặp nữa', ''])('%s says nothing of it', (text) => {
    expect(needsNoMore(text)).toBe(false)
  })
})

describe('wanting to pass the answer on', () => {
  it.each(['gửi người nhà', 'Gửi cho người nhà', 'gui nguoi than', 'gởi cho bố mẹ', 'chia sẻ cho hàng xóm với', 'gửi tin này cho con gái tôi xem', 'cho em gửi vợ với', 'chuyển tiếp cho bạn bè'])('%s', (text) => {
    expect(wantsToShare(text)).toBe(true)
  })

  it.each(['gọi người nhà', 'goi nguoi nha', 'gửi tiền cho người nhà', 'gửi hồ sơ cho con', 'chuyển tiền cho vợ', 'người nhà bị lừa', 'gửi người nhà bao nhiêu tiền', 'gửi', ''])('%s is something else', (text) => {
    expect(wantsToShare(text)).toBe(false)
  })
})
