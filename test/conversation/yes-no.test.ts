import { describe, expect, it } from 'vitest'
import { answersYesNo } from '../../src/conversation/yes-no.ts'
import { agreesToErase, isFragment, takesBack } from '../../src/conversation/short-words.ts'

describe('a yes or no that was asked for', () => {
  it.each(['có', 'co', 'dung', 'đúng rồi', 'vâng', 'dạ', 'dạ vâng', 'ừ', 'uh', 'yes', 'chắc có', 'chac co', 'có chứ em', 'co do', 'phải', 'có, họ bắt chuyển 5 triệu', 'co, no doa bat toi', 'có nó dọa bắt tôi', 'dạ có ạ'])('%s: yes', (text) =>
    expect(answersYesNo(text)).toBe('yes'))
  it.each(['không', 'ko', 'k', 'hông', 'chưa', 'không có đâu', 'khong co', 'chưa rõ', 'không biết', 'dạ không ạ', 'không, họ chỉ hỏi tên', 'ko, chi hoi ten', 'đâu có', 'không phải', 'chac khong'])('%s: no', (text) =>
    expect(answersYesNo(text)).toBe('no'))
  it.each(['dừng', 'cô', 'có bị lừa không', 'có phải làm sao', 'có, giờ phải làm sao', 'ok', 'thôi', 'menu', 'co giao nhan tin', 'không đăng nhập được vneid', 'khong vao duoc mang', 'có cần gặp cán bộ không', '', 'chưa nhận được căn cước'])('%s: neither', (text) =>
    expect(answersYesNo(text)).toBeNull())
})

describe('a few words in the middle of something urgent', () => {
  it.each(['5 trieu', 'chưa chuyển', 'qua momo', 'hôm qua', 'gọi không được', 'lỡ rồi', 'ok', 'nó chặn rồi'])('%s asks nothing', (text) => expect(isFragment(text)).toBe(true))
  it.each(['giờ làm sao', 'gọi số nào', 'báo công an ở đâu', 'có lấy lại được không', 'cảm ơn', 'cam on nhieu', 'cách khóa thẻ', 'khóa thẻ?', 'tôi chuyển cho nó năm triệu hôm qua rồi'])('%s is a question, thanks or a story', (text) => expect(isFragment(text)).toBe(false))
})

it.each([['ấy nhầm', true, false], ['bấm nhầm rồi', true, false], ['lộn', true, false], ['đồng ý xóa', false, true], ['vâng xóa giúp em', false, true], ['có', false, false], ['nhầm số điện thoại thì sao', false, false]])('%s of an erasure', (text, slip, agreed) =>
  expect([takesBack(text), agreesToErase(text)]).toEqual([slip, agreed]))
