import { describe, expect, it } from 'vitest'
import { vocabularyOf } from '../../src/answer/known-words.ts'
import { learnMarks } from '../../src/answer/missing-marks.ts'
import { wordsOfArticle, wordsOfQuestion } from '../../src/answer/normalise.ts'

const known = vocabularyOf([
  'Quên mật khẩu VNeID', 'Tôi quên mật khẩu, lấy lại mật khẩu của mình', 'Đăng ký tài khoản ngân hàng', 'Nộp hồ sơ học sinh', 'Mô hình công dân không viết', 'Chuyển khoản nhầm', 'Quét mã QR chuyển tiền', 'Chi phí đổi thẻ', 'Chồng tôi nộp hộ', 'Định danh mức 2', 'Đăng ký khai sinh', 'Xã nào gần nhất',
].map(wordsOfArticle))

const read = (text: string): string => wordsOfQuestion(text, known).tokens.map((token) => token.folded).join(' ')

describe('what a question is read as', () => {
  it.each([
    ['the same with tone marks on another letter', 'Hoà giải', 'hoa giai'],
    ['decomposed letters', 'quên mật khẩu'.normalize('NFD'), 'quen mat khau'],
    ['Telex keys', 'queen maatj khaaur', 'quen mat khau'],
    ['VNI keys, once one word shows them', 'd9a8ng ky1', 'dang ki'],
    ['a number beside a word is not VNI', 'mức2 ky 1', 'muc2 ki 1'],
    ['mk as password beside "quên"', 'quen mk vneid', 'quen mat khau vneid'],
    ['mk as "mình" elsewhere', 'giup mk voi', 'giup minh voi'],
    ['ck as transfer', 'ck nham', 'chuyen khoan nham'],
    ['ck as husband', 'ck tôi nộp', 'chong toi nop'],
    ['chat words', 'đk tk nh ko dc', 'dang ki tai khoan ngan hang khong duoc'],
    ['abbreviations with three same letters', 'cccd bị mất', 'can cuoc cong dan bi mat'],
    ['stretched letters', 'lỗiiii quáááá', 'loi qua'],
    ['amounts', 'ck 10tr, 500k', 'chuyen khoan 10 trieu 500 nghin'],
    ['regional words', 'tui mần răng chừ', 'toi lam sao gio'],
    ['regional words inside ordinary pairs', 'mô hình, chi phí', 'mo hinh chi phi'],
    ['"chi" typed without marks stays', 'chi em cach lam', 'chi em cach lam'],
    ['joined words', 'quenmatkhau vneid', 'quen mat khau vneid'],
    ['one slip in a word that can be no syllable', 'quên vnedi', 'quen vneid'],
    ['a valid syllable is never changed', 'quện mất khấu', 'quen mat khau'],
    ['a syllable no article has, as it is heard beside its neighbour', 'nộp hồ xơ, giăng ký khai xinh', 'nop ho so dang ki khai sinh'],
    ['elsewhere it stays', 'xinh đẹp, ăn xôi', 'xinh dep an xoi'],
    ['a number written out where it has its place', 'định danh mức hai cho hai người', 'dinh danh muc 2 cho hai nguoi'],
    ['y and i', 'kí lí kỹ', 'ki li ki'],
    ['a marked vowel typed twice', 'khôông được', 'khong duoc'],
    ['another sound for the same word', 'khai sanh ở đâu', 'khai sinh o dau'],
    ['letters left out in haste', 'cong dan khog viet', 'cong dan khong viet'],
    ['f, z, w, j for what they sound like', 'wen mat khau', 'quen mat khau'],
    ['three tone keys and more are VNI', 'quen6 mat65 khau63', 'quen mat khau'],
    ['tone keys alone, where three words show them', 'dang1 ki1 khai1 sinh', 'dang ki khai sinh'],
    ['a label with its number is no tone key', 'muc1 muc2 lop3 buoc4', 'muc1 muc2 lop3 buoc4'],
    ['dialect, where the articles have the common word', 'tau khai sanh', 'toi khai sinh'],
    ['and as it is where they do not', 'má gởi', 'ma goi'],
    ['earned money is not looked for', 'kiếm 300 nghìn', 'kiem 300 nghin'],
    ['foreign names as they are heard', 'lên phây búc với gia lô, đọc ô tê pê', 'len facebook voi zalo doc otp'],
    ['mô as "nào" where that is said', 'xã mô, ở mô', 'xa nao o dau'],
    ['mô as "nào" after what can be counted', 'ngày mô, đi mô', 'ngay nao di dau'],
    ['what the regions call by two words', 'bữa ni nhà băng, mấy nhỏ', 'hom nay ngan hang tre con'],
    ['also without marks, where they cannot be other words', 'bua ni nha bang, may nho', 'hom nay ngan hang may nho'],
    ['a word that is dialect only beside some words', 'hình vuông, chụp hình', 'hinh vuong chup anh'],
    ['l for n where no article has the word', 'lộp hồ sơ', 'nop ho so'],
  ])('%s', (_, typed, meant) => {
    expect(read(typed)).toBe(meant)
  })

  it('keeps the marks of a valid syllable as typed', () => {
    expect(wordsOfQuestion('quện mất', known).tokens.map((token) => token.marked)).toEqual(['quên5', 'mât1'])
  })
})

it.each([['quên mật khẩu', 'typed'], ['quen mat khau', 'missing'], ['queen maatj khaaur', 'typed'], ['quen mat khau vneid lam sao giup tôi', 'missing']])('%s: marks are %s', (text, marks) => {
  expect(wordsOfQuestion(text, known).marks).toBe(marks)
})

it('writes out only official abbreviations in articles', () => {
  expect(wordsOfArticle('Thẻ BHYT, nhắn S (số) k').tokens.map((token) => token.folded)).toEqual(['the', 'bao', 'hiem', 'y', 'te', 'nhan', 's', 'so', 'k'])
})

describe('marks that were not typed', () => {
  const learnt = { ...known, putMarks: learnMarks(['Khóa tài khoản ngân hàng', 'Bác sĩ khoa nhi', 'Nộp ở đâu', 'Ở đâu', 'Làm ở đâu', 'Hỏi ở đâu', 'Ra ở đâu', 'Mở tài khoản', 'Làm sao lấy lại mật khẩu', 'Sao y giấy tờ', 'Ngày nào'].map(wordsOfArticle)) }
  const marked = (text: string): string => wordsOfQuestion(text, learnt).tokens.map((token) => token.marked).join(' ')

  it.each([
    ['are those beside the neighbour', 'khoa tai khoan, khoa nhi', 'khoa1 tai2 khoan3 khoa nhi'],
    ['stay missing in words that no article has', 'khoa nhi xe buyt', 'khoa nhi xe buyt'],
    ['may be those of dialect', 'mo tai khoan lam rang, nop o mo', 'mơ3 tai2 khoan3 lam2 sao nôp5 ơ3 đâu'],
    ['are put where some were left out', 'khóa tai khoản ngan hàng', 'khoa1 tai2 khoan3 ngân hang2'],
    ['replace those that no article has', 'tài khoạn', 'tai2 khoan3'],
    ['are found where half of them were typed, as those of dialect too', 'nộp o mo, mở tai khoan', 'nôp5 ơ3 đâu mơ3 tai2 khoan3'],
  ])('%s', (_, typed, meant) => {
    expect(marked(typed)).toBe(meant)
  })

  it('are said to be found', () => {
    expect(wordsOfQuestion('khoa tai khoan', learnt).marks).toBe('found')
    expect(wordsOfQuestion('khóa tài khoản', learnt).marks).toBe('typed')
  })
})
