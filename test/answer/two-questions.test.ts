import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseSynonyms } from '../../src/answer/concepts.ts'
import { createAnswerer } from '../../src/answer/retrieval.ts'
import { vietnamMoment } from '../../src/core/time.ts'
import { readArticles } from '../eval/read-articles.ts'

const { groups } = parseSynonyms(readFileSync(new URL('../../content/synonyms.yaml', import.meta.url), 'utf8'), 'content/synonyms.yaml')
const answerer = createAnswerer(readArticles(new URL('../../content/articles', import.meta.url).pathname), { synonyms: groups })
const given = (question: string) => {
  const { article, also } = answerer.answer(question, { now: vietnamMoment('2026-11-25'), lastArticle: null })
  return { article, also }
}

it.each([
  ['Tuần trước tôi đi chợ huyện bị mất cái ví, trong đó có căn cước với bằng lái xe. Làm lại căn cước ở đâu? Còn bằng lái thì làm trên mạng được không?', 'id-card-lost', 'dvc-driving-licence'],
  ['Em với anh người yêu quê khác tỉnh sắp cưới. Đăng ký kết hôn thì làm ở xã nào? Cưới xong em nhập khẩu về nhà chồng thì làm sao?', 'dvc-marriage', 'dvc-residence-permanent'],
  ['Nhà tôi ở xa trung tâm xã lắm, đi lại khó khăn nên muốn hỏi trước cho chắc. Đăng ký tạm trú thế nào? Làm hộ chiếu trên mạng được không?', 'dvc-residence-temporary', 'dvc-passport'],
  ['Tôi mới đổi máy, con cháu đi làm xa hết không ai chỉ cho. Quên passcode VNeID thì lấy lại sao? Tra cứu phạt nguội ở đâu?', 'vneid-forgot-passcode', 'dvc-traffic-fine'],
  ['Bà nội năm nay 76 tuổi rồi, chưa nhận khoản nào của nhà nước hết. Xin trợ cấp hưu trí xã hội cần giấy gì? Liên kết tài khoản an sinh trên VNeID thế nào?', 'social-pension-75', 'pay-welfare-account-vneid'],
  ['con em moi sinh lam khai sinh o dau? voi be co can lam can cuoc luon ko?', 'dvc-birth-bundle', 'id-card-child'], ['coi ho so toi dau cho nao? qua hen roi thi kieu nai o dau?', 'dvc-track-status', 'dvc-late-result'], ['chan cuoc goi rac sao? so lua dao thi bao cho ai?', 'block-spam-calls', 'scam-report-channels'],
  ['Đăng ký kết hôn ở đâu, sau đó nhập khẩu về nhà chồng thế nào', 'dvc-marriage', 'dvc-residence-permanent'], ['Quên mật khẩu VNeID lấy lại sao, tiện thể nộp phạt nguội ở đâu', 'dvc-forgot-password', 'dvc-traffic-fine'], ['làm lại căn cước bị mất ở đâu? đổi bằng lái hết hạn ở đâu? cảm ơn ad', 'id-card-lost', 'dvc-driving-licence'],
])('“%s” asks for two things', (question, one, other) => {
  const { article, also } = given(question)
  expect([article, also].sort()).toEqual([one, other].sort())
})

it.each([
  'Bị phạt nguội thì xem ở đâu, đóng tiền qua mạng được không?', 'Đi nhà thương mà quên cầm thẻ bảo hiểm y tế, có đưa điện thoại ra được hông?', 'Trả tiền lệ phí trên cổng dịch vụ công kiểu gì, tôi không có thẻ?', 'trag dvc cua tinh k vo dc nua, h nop o dau', 'Nhà nước có dữ liệu rồi sao còn đòi photo căn cước với giấy khai sinh hoài vậy?',
  'Người quen qua mạng nói yêu rồi nhờ chuyển tiền, có phải lừa đảo không?', 'Nhà mạng nhắn phải xác thực lại chủ sim, hổng làm bị khóa, làm sao, có thiệt hông?', 'Tôi mất căn cước. Làm lại ở đâu? Bao lâu có?', 'Đăng ký tạm trú ở đâu? Cần giấy gì?', 'Quên passcode VNeID rồi, làm sao đây? Giúp tôi với?',
  'Hôm qua tôi nộp hồ sơ đất trên mạng, sau đó không thấy ai gọi', 'Làm hộ chiếu xong, sau đó bao lâu có?', 'bán quán cơm có phải nộp thuế không? khai trên app nào?',
])('“%s” asks for one', (question) => {
  expect(given(question).also).toBeUndefined()
})
