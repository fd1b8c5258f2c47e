import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseSynonyms } from '../../src/answer/concepts.ts'
import { createWarningCheck, demandIn } from '../../src/answer/demands.ts'
import { createAnswerer } from '../../src/answer/retrieval.ts'
import { vietnamMoment } from '../../src/core/time.ts'
import { readArticles } from '../eval/read-articles.ts'

const articles = readArticles(new URL('../../content/articles', import.meta.url).pathname)
const { groups } = parseSynonyms(readFileSync(new URL('../../content/synonyms.yaml', import.meta.url), 'utf8'), 'content/synonyms.yaml')
const answerer = createAnswerer(articles, { synonyms: groups })
const warns = createWarningCheck()
const isWarning = (id: string | undefined): boolean => articles.some((article) => article.id === id && warns(article))
const ask = (question: string) => answerer.answer(question, { now: vietnamMoment('2026-11-25'), lastArticle: null })

const calls = [
  'co nguoi goi noi ba toi duoc nhan tro cap huu tri, dong 200k tien ho so truoc', 'cán bộ thuế gọi kêu em quét mã QR đóng thuế hộ kinh doanh cho anh ấy', 'co nguoi goi noi ho chieu cua toi sap het han, chuyen 700k ho lam cho', 'nhan vien y te goi bao lam lai the bhyt dong 600k vao so tai khoan',
  'can bo xa goi bao chuyen khoan 100k lam ho so huong tro cap nguoi gia', 'nguoi goi bao dang ky tam tru bi sai phai dong phat 500k chuyen khoan', 'đăng ký kết hôn có người gọi bảo đóng thêm phí tư vấn 300k', 'có người gọi bảo khai sinh cho cháu bị lỗi, gửi ảnh căn cước với mã xác nhận qua zalo',
  'nhan vien dich vu cong goi keu doc ma dang nhap vneid', 'goi dien noi lam ly lich tu phap nhanh chuyen truoc 500k', 'người ta xưng là bưu điện nhắn đóng phí nhận căn cước 45k', 'co anh tu xung can bo dan so toi nha doi chup can cuoc ca nha', 'công an xã nhắn zalo bảo gửi ảnh thẻ bảo hiểm y tế để cập nhật',
  'mấy anh ở phường xuống nói đóng 50k làm thẻ căn cước cho cả nhà, đúng không', 'công chứng viên gọi điện đòi phí chuyển phát hồ sơ', 'có người xuống tận nhà bảo đóng 1 triệu để làm sổ đỏ mới', 'bên thuế gọi bảo cài app nộp thuế theo link',
]
const middlemen = [
  'dịch vụ làm lý lịch tư pháp 24h giá 800k có nên nhờ', 'co dich vu nao xoa phat nguoi ko, bao nhieu tien', 'dich vu lam ho chieu nhanh tren mang lay 2tr trong 1 ngay co tin dc ko', 'co nguoi rao cap ho chieu nhanh 3 ngay qua facebook lay 5 trieu co nen lam', 'cò làm bằng lái bảo khỏi thi đưa 8 triệu có lấy được không',
  'tren mang co dich vu lay lai zalo bi mat 500k, co nen thue', 'quảng cáo nhận làm sổ đỏ nhanh có thật không', 'nhờ cò làm giấy khai sinh mất 2 triệu', 'có dịch vụ lo hồ sơ tạm trú, có nên nhờ dịch vụ không', 'người quen làm giúp hộ chiếu lấy 3 triệu', 'thuê dịch vụ làm đăng ký kết hôn được không', 'dịch vụ đổi bằng lái bao đậu không cần thi',
]

describe.each([['a call or visit', calls], ['somebody who gets papers for money', middlemen]])('%s', (_, messages) => {
  it.each(messages)('%s: only a warning is sure, and one stands among the choices', (message) => {
    expect(demandIn(message)).not.toBeNull()
    const { article, candidates } = ask(message)
    expect(article === null || isWarning(article), article ?? '').toBe(true)
    expect(article !== null || candidates.slice(0, 3).some((candidate) => isWarning(candidate.article)), JSON.stringify(candidates)).toBe(true)
  })
})

it.each([
  'trang dichvucong-gov.vn.com có phải của nhà nước không', 'dichvucong.gov.vn.hoso.top co phai trang that khong', 'trang dichvucong-quocgia.com nop ho so o day duoc khong', 'link nay vneid.gov.vn.app co dung la cua bo cong an khong', 'cho hoi web vssid-gov.vn de xem bao hiem co phai that ko',
  'trang bocongan-vn.com co that khong', 'thuedientu-gov.com la trang nop thue phai khong', 'tôi nộp phí ở trang dichvucong.info rồi giờ sao', 'https://dichvucong.gov.vn.abc.top là trang thật hả', 'vào https://dichvucong-gov.vn.com nộp hồ sơ đúng không',
])('“%s” is answered with the fake site, never with the real one', (message) => {
  expect(ask(message)).toMatchObject({ status: 'answered', article: 'scam-fake-dvc-website' })
})

/** Officials, fees, calls and services that nobody demands anything with. */
it.each([
  ['làm lý lịch tư pháp trên mạng giá bao nhiêu', 'dvc-judicial-record'], ['hộ chiếu sắp hết hạn thì đổi ở đâu, mất bao nhiêu tiền', 'dvc-passport'], ['nộp hồ sơ qua dịch vụ công làm hộ chiếu', 'dvc-passport'], ['hộ kinh doanh đóng thuế thế nào', 'dvc-household-business-tax'],
  ['nộp phạt nguội ở đâu', 'dvc-traffic-fine'], ['đăng ký kết hôn mất phí bao nhiêu', 'dvc-marriage'], ['làm lại thẻ bảo hiểm y tế ở đâu', 'dvc-health-insurance-card'], ['bà tôi 75 tuổi xin trợ cấp hưu trí cần giấy gì', 'social-pension-75'], ['đăng ký tạm trú đóng bao nhiêu tiền', 'dvc-residence-temporary'],
  ['cán bộ xã hướng dẫn nộp hồ sơ trên mạng có mất tiền không', 'dvc-how-to-submit'], ['công an xã gọi lên làm căn cước thì mang giấy gì', 'id-card-renew'], ['app etax mobile tải ở đâu', 'dvc-etax-mobile'],
  ['benh nhan cap cuu co can the bhyt khong', 'dvc-health-insurance-card'], ['tôi chuyển nhầm tiền, ngân hàng gọi bảo ra quầy', 'pay-wrong-transfer'], ['nhờ con nộp hồ sơ hộ được không', 'dvc-submit-for-others'], ['bằng lái hết hạn đổi lại ở mô, có đổi trên mạng được không', 'dvc-driving-licence'],
])('“%s” tells of no demand', (message, article) => {
  expect(demandIn(message)).toBeNull()
  expect(ask(message).article ?? ask(message).candidates[0]!.article).toBe(article)
})

it('a wording of staff’s own is its article’s, warning or not', () => {
  expect(ask('Công an gọi bảo tôi chưa nộp phạt, đòi chuyển khoản')).toMatchObject({ status: 'answered', article: 'dvc-traffic-fine' })
})

it('what may only be offered is told, so that no model makes it sure', () => {
  const { candidates, neverSure } = ask('dịch vụ làm lý lịch tư pháp 24h giá 800k có nên nhờ')
  expect(neverSure).toContain('dvc-judicial-record')
  expect(neverSure).not.toContain(candidates[0]!.article)
  expect(ask('bị tai nạn giao thông thì bảo hiểm y tế có trả không').neverSure).toContain('dvc-health-insurance-card')
  expect(ask('quên mật khẩu vneid').neverSure).toBeUndefined()
})
