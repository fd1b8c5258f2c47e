import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createModelApi } from '../../src/answer/model/api.ts'
import type { ModelApi } from '../../src/answer/model/model.ts'
import { requestFor, write, type Request } from '../../src/answer/model/writer.ts'
import { sampleArticle } from '../support/content.ts'
import { ModelServer, saying } from '../support/model-server.ts'

/** What a bad model may say of two articles, tried by hand: sentences that look right. Over the wire to the stand-in. */
const pension = sampleArticle('pension', { short: 'Người từ đủ 75 tuổi không có lương hưu được trợ cấp 500.000 đồng/tháng (mức từ 01/7/2025). Hộ nghèo, cận nghèo: từ 70 tuổi. Nộp văn bản đề nghị ở Ủy ban nhân dân (UBND) xã, phường, miễn phí.',
  details: '1. Mang thẻ căn cước. Không cần bản sao.\n2. Nộp tại Trung tâm Phục vụ hành chính công xã, hoặc trên dichvucong.gov.vn.\n\nHạn giải quyết: 10 ngày làm việc. Gọi 1022 để hỏi, công an: 113. Căn cứ Nghị định 176/2025/NĐ-CP, Điều 5. Không đưa mã OTP cho bất cứ ai, kể cả người xưng cán bộ.' })
const licence = sampleArticle('licence', { short: 'Đổi giấy phép lái xe: nộp trên dichvucong.gov.vn, phí 115.000 đồng. Cần giấy khám sức khỏe, trừ hạng A1, A, B1. Từ ngày 01/3/2025 do công an làm.',
  details: 'Kết quả sau 5 ngày làm việc. Gọi 1900 0368. Quá hạn trên 1 năm phải sát hạch lại lý thuyết và thực hành.' })

const server = new ModelServer()
let api: ModelApi
let request: Request
beforeAll(async () => {
  await server.listen()
  api = createModelApi({ baseUrl: `${server.origin}/v1`, apiKey: 'canary-model-key', model: 'stand-in', fetch })
  request = requestFor('Mẹ tôi 76 tuổi', [pension, licence], '2026-11-24')!
})
afterAll(() => server.close())

type Said = [passage: string, text: string]

async function outcome(...sentences: Said[]): Promise<string> {
  server.reply = () => saying(...sentences.map(([passage, text]) => ({ passage, text })))
  const { end } = await write(api, request, new AbortController().signal)
  return typeof end === 'string' ? 'refused' : end.text
}

/** Invented, disguised, exchanged, cut short or put together. */
const one: Said[] = [
  ['A1', 'Người từ đủ 75 tuổi được trợ cấp một trăm nghìn đồng.'], ['A1', 'Trợ cấp năm trăm nghìn.'], ['A1', 'Trợ cấp nửa triệu mỗi tháng.'],
  ['A1', 'Được trợ cấp hằng năm.'], ['A1', 'Nộp lệ phí hai chục.'],
  ['A1', 'Người từ đủ bảy mươi lăm tuổi.'], ['A1', 'Mức từ mồng một tháng bảy năm hai không hai lăm.'], ['A1', 'Mức từ ngày một tháng bảy.'], ['A1', 'Mức từ tháng bảy.'],
  ['A1', 'Mức từ đầu năm sau.'], ['A1', 'Mức từ hôm nay.'],
  ['A3', 'Gọi 1.0.2.2 để hỏi.'], ['A3', 'Gọi 10 22 để hỏi.'], ['A3', 'Gọi 1022.1022 để hỏi.'], ['A3', 'Gọi một không hai hai.'], ['A3', 'Gọi 1 0 2 2 0 để hỏi.'],
  ['A3', 'Gọi 1022/113.'], ['A3', 'Gọi l022 để hỏi.'], ['A3', 'Gọi 10２2 để hỏi.'], ['A3', 'Gọi １０２２９ để hỏi.'], ['A3', 'Gọi 1022\u0660 để hỏi.'],
  ['A3', 'Gọi 113 để hỏi.'], ['A3', 'Công an: 1022.'], ['A3', 'Gọi công an để hỏi.'], ['A3', 'Gọi 1022, 113 để hỏi.'], ['A3', 'Gọi để hỏi 1022 người.'],
  ['A2', 'Nộp trên dichvucong.gov.vn.com.'], ['A2', 'Nộp trên dichvucong gov vn.'], ['A2', 'Nộp trên dichvucong.gov.vn/nop.'], ['A2', 'Nộp trên dichvucong。gov。vn.'],
  ['A2', 'Nộp trên dịchvụcông.gov.vn.'], ['A2', 'Nộp trên d1chvucong.gov.vn.'], ['A2', 'Nộp trên dichvucong.gov\u200b.vn.'], ['A2', 'Nộp trên diсhvucong.gov.vn.'],
  ['A2', 'Nộp trên [LINK_9].vn.'], ['A2', 'Nộp trên https:dichvucong.gov.vn.'], ['A2', 'Nộp trên dichvucong.gov.vn@xau.com.'], ['A2', 'Nộp trên trung tâm chấm vn.'],
  ['A1', 'Trợ cấp 5\u200b00.000 đồng/tháng.'], ['A1', 'Trợ cấp 500.000.000 đồng/tháng.'], ['A1', 'Trợ cấp 500,000 đồng/tháng.'], ['A1', 'Trợ cấp 500 000 đồng/tháng.'],
  ['A1', 'Trợ cấp 500.000 đồng/ngày.'], ['A1', 'Trợ cấp 500.000 đồng.'], ['A1', 'Trợ cấp 500.000 usd/tháng.'], ['A1', 'Trợ cấp −500.000 đồng/tháng.'],
  ['A1', 'Trợ cấp ⅕ triệu.'], ['A1', 'Trợ cấp ５００.０００ đồng/tháng.'], ['A1', 'Trợ cấp 500.000đ/tháng x 2.'], ['A1', 'Trợ cấp 500.000 đồng/tháng, 500.000 đồng/tháng.'],
  ['A1', 'Trợ cấp gấp đôi 500.000 đồng/tháng.'], ['A1', 'Người từ đủ 75 tuổi không có lương hưu được trợ cấp đến 500.000 đồng/tháng.'],
  ['A1', 'Người không có lương hưu được trợ cấp 500.000 đồng/tháng.'], ['A1', 'Hộ nghèo, cận nghèo được trợ cấp 500.000 đồng/tháng.'],
  ['A1', 'Người từ đủ 70 tuổi không có lương hưu.'], ['A1', 'Hộ nghèo: từ đủ 75 tuổi.'], ['A1', 'Người từ 70 tuổi.'], ['A1', 'Người được trợ cấp từ 70 tuổi.'],
  ['A1', 'Nộp văn bản ở xã, phường, mất phí.'], ['A1', 'Phường miễn trợ cấp.'], ['A1', 'Người có lương hưu được trợ cấp.'],
  ['A1', 'Không có lương hưu được trợ cấp miễn phí.'], ['A1', 'Người nghèo miễn phí.'], ['A1', 'Nộp lương hưu ở xã.'], ['A1', 'Ủy ban nhân dân có lương hưu.'],
  ['A1', 'Hộ cận nghèo không được trợ cấp.'], ['A1', 'Nộp miễn phí.'], ['A1', 'Người từ đủ 75 tuổi được trợ cấp.'],
  ['A2', 'Cần bản sao.'], ['A2', 'Không mang thẻ căn cước.'], ['A2', 'Mang bản sao thẻ căn cước.'], ['A2', 'Không cần thẻ căn cước.'],
  ['A2', 'Không cần nộp tại Trung tâm.'], ['A2', 'Mang thẻ căn cước, bản sao.'],
  ['A3', 'Đưa mã OTP cho người xưng cán bộ.'], ['A3', 'Đưa mã OTP cho cán bộ.'], ['A3', 'Không đưa mã OTP cho bất cứ ai, trừ cán bộ.'], ['A3', 'Đưa mã cho bất cứ ai.'],
  ['A3', 'Người xưng cán bộ không đưa mã OTP.'], ['A3', 'Hạn giải quyết: 10 ngày.'], ['A3', 'Hạn giải quyết: 10 ngày làm việc của Điều 5.'], ['A3', 'Căn cứ Điều 10.'],
  ['A3', 'Căn cứ Nghị định 176.'], ['A3', 'Căn cứ Nghị định 176/2025.'], ['A3', 'Căn cứ Nghị định 5.'], ['A3', 'Căn cứ Luật 176/2025/NĐ-CP.'],
  ['A3', 'Căn cứ Thông tư 176/2025/NĐ-CP.'], ['A3', 'Nghị định giải quyết: 10 ngày làm việc.'],
  ['A1', 'Phí 115.000 đồng.'], ['A1', 'Kết quả sau 5 ngày làm việc.'], ['B1', 'Phí 500.000 đồng.'], ['B1', 'Đổi giấy phép lái xe: phí 115.000 đồng/tháng.'],
  ['B2', 'Kết quả sau 10 ngày làm việc.'], ['B2', 'Gọi 1022.'], ['B1', 'Cần giấy khám sức khỏe hạng A1.'], ['B1', 'Không cần giấy khám sức khỏe, trừ hạng A1, A, B1.'],
  ['B1', 'Cần giấy khám sức khỏe hạng A2.'], ['B2', 'Quá hạn trên 1 năm không phải sát hạch lại.'], ['B2', 'Quá hạn dưới 1 năm phải sát hạch lại.'],
  ['B2', 'Quá hạn 1 năm phải sát hạch lại.'], ['B2', 'Phải sát hạch lại.'], ['B2', 'Quá hạn trên 5 năm phải sát hạch lại lý thuyết.'],
  ['B2', 'Sát hạch lại sau 5 ngày làm việc.'], ['B2', 'Quá hạn trên 1 ngày phải sát hạch lại lý thuyết và thực hành.'],
  ['B1', 'Từ ngày 01/3/2025 nộp trên dichvucong.gov.vn.'], ['B1', 'Do công an làm từ ngày 1/3.'], ['B1', 'Từ ngày 3/1/2025 do công an làm.'],
  ['B1', 'Từ 2025 do công an làm.'], ['B1', 'Từ ngày 01/3/2025 do công an nộp.'], ['B1', 'Từ ngày 01/03/25 do công an làm.'],
  ['A1', 'Dạ vâng ạ.'], ['A1', 'Xin chào bà con.'], ['A1', 'Bà con có thể được trợ cấp.'], ['A1', 'Cần được trợ cấp.'], ['A1', 'Bà con hãy được như thế nào.'],
  ['A1', 'Theo thông tin hiện có.'], ['A1', '.'], ['A1', 'Được.'], ['A1', 'Từ đó.'], ['A1', 'Bà con không được trợ cấp.'], ['A1', 'Bà con cần nộp 500.000 đồng/tháng.'],
  ['A1', 'Nộp 500.000 đồng/tháng ở xã.'], ['A1', 'Nộp ở xã 500.000 đồng/tháng.'], ['A1', '<b>Trợ cấp</b> 500.000 đồng/tháng.'],
  ['A1', '[Trợ cấp](http://x.y) 500.000 đồng/tháng.'], ['A1', 'Trợ cấp 500.000 đồng/tháng 👉 nộp ở xã.'], ['A1', 'trợ cấp TRỢ CẤP TRỢ CẤP.'], ['A1', 'ｔｒợ cấp.'],
  ['A1', 'Trợ\u00a0cấp 5OO.OOO đồng/tháng.'], ['A1', 'Tr\u0323ợ cấp.'],
]

/** Tokens bent, passages mixed, characters in disguise, answers that say nothing. */
const several: Said[][] = [
  [['A1', 'Người từ đủ 75 tuổi.'], ['A1', 'Được trợ cấp 500.000 đồng/tháng.']],
  [['A1', 'Hộ nghèo, cận nghèo: từ 70 tuổi.'], ['A1', 'Được trợ cấp 500.000 đồng/tháng.']],
  [['A1', 'Không có lương hưu.'], ['A1', 'Miễn phí.']],
  [['A1', 'Người từ đủ 75 tuổi không có lương hưu được trợ cấp 500.000 đồng/tháng.'], ['B1', 'Do công an làm.']],
  [['A1', 'Người từ đủ 75 tuổi không có lương hưu được trợ cấp 500.000 đồng/tháng.'], ['A9', 'Có.']],
  [['A1 ', 'Hộ nghèo, cận nghèo: từ 70 tuổi.']], [['a1', 'Hộ nghèo, cận nghèo: từ 70 tuổi.']], [['A1,A2', 'Hộ nghèo, cận nghèo: từ 70 tuổi.']],
  [['A1', 'Người từ đủ [NUMBER_1] tuổi không có lương hưu được trợ cấp [AMOUNT_2] đồng.']],
  [['A1', 'Người từ đủ [NUMBER_4] không có lương hưu được trợ cấp [AMOUNT_2].']],
  [['A1', 'Người từ đủ [NUMBER_1] không có lương hưu được trợ cấp [AMOUNT_2] đồng/tháng.']],
  [['A1', 'Người từ đủ [NUMBER_1][NUMBER_4] không có lương hưu.']],
  [['A1', 'Người từ đủ 1[NUMBER_1] không có lương hưu được trợ cấp.']],
  [['A1', 'Người từ đủ [NUMBER_1]0 không có lương hưu được trợ cấp.']],
  [['A1', 'Người từ đủ [ NUMBER_1 ] không có lương hưu.']],
  [['A1', 'Người từ đủ [NUMBER_1) không có lương hưu.']],
  [['A3', 'Gọi [PHONE_8] để hỏi.']], [['A3', 'Gọi [PHONE_7][PHONE_8] để hỏi.']], [['A3', 'Gọi [PHONE_7]0 để hỏi.']], [['A3', 'Gọi 0[PHONE_7] để hỏi.']],
  [['A3', 'Gọi [PHONE_17] để hỏi.']], [['A3', 'Gọi [PHONE_7]-[PHONE_8] để hỏi.']],
  [['A2', 'Nộp trên [LINK_5]/nop.']], [['A2', 'Nộp trên x.[LINK_5].']], [['A2', 'Nộp trên [LINK_5].xyz.']], [['A2', 'Nộp trên [LINK_5]?id=1.']],
  [['A2', 'Nộp trên xau-[LINK_5].']], [['A2', 'Nộp trên https://[LINK_5].']], [['A2', 'Nộp trên http://[LINK_5].']], [['A2', 'Nộp trên //[LINK_5].']],
  [['A2', 'Nộp trên [LINK_5]:8080.']],
  [['A3', 'Căn cứ Nghị định [DOCUMENT_9]a.']], [['A3', 'Căn cứ [DOCUMENT_9], Điều [NUMBER_6].']], [['A3', 'Căn cứ Nghị định 1[DOCUMENT_9].']],
  [['A3', 'Hạn giải quyết: [NUMBER_10] ngày làm việc.']], [['A3', 'Hạn giải quyết: [NUMBER_6].[NUMBER_6].']],
  [['A1', 'Ngu\u031bời tu\u031b\u0300 đủ 76 tuổi không có lu\u031bo\u031bng hu\u031bu.']],
  [['A1', 'Hộ nghèo: từ 70\u00adtuổi.']], [['A1', 'Hộ nghèo: từ \u202e07\u202c tuổi.']], [['A1', 'Hộ nghèo: từ 7\u20600 tuổi.']],
  [['A1', 'Hộ nghèo: từ 7\u20e30\u20e3 tuổi.']], [['A1', 'Hộ nghèo: từ 𝟕𝟎 tuổi.']], [['A1', 'Hộ nghèo: từ ７０ tuổi.']], [['A1', 'Hộ nghèo: từ 7𝟎 tuổi.']],
  [['A1', 'Hộ nghèo: từ LXX tuổi.']], [['A1', 'Hộ nghèo: từ bảy chục tuổi.']], [['A1', 'Hộ nghèo: từ 7O tuổi.']], [['A1', 'Hộ nghèo: từ 70,5 tuổi.']],
  [['A1', 'Hộ nghèo: từ 70+ tuổi.']], [['A1', 'Hộ nghèo: từ 70% tuổi.']], [['A1', 'Hộ nghèo: từ –70 tuổi.']], [['A1', 'Hộ nghèo: từ 70 tuổi tới 75 tuổi.']],
  [['A1', 'Hộ nghèo: từ 70–75 tuổi.']], [['A1', 'Hộ nghèo: hơn 70 tuổi.']], [['A1', 'Hộ nghèo: chưa đủ 70 tuổi.']], [['A1', 'Hộ nghèo: từ 70 tuổi miễn.']],
  [['A1', 'Hộ không nghèo: từ 70 tuổi.']], [['A1', 'Hộ nghèo, cận nghèo không từ 70 tuổi.']], [['A1', 'Nộp văn bản đề nghị ở phường khác.']],
  [['A1', 'Nộp văn bản đề nghị ở phường, xã.']], [['A1', 'Ủy ban nhân dân đề nghị nộp văn bản.']], [['A1', 'Ủy ban nhân dân nộp văn bản đề nghị.']],
  [['A1', 'Đề nghị miễn phí.']], [['A1', 'Văn bản miễn phí.']],
  [['B1', 'Công an cần giấy khám sức khỏe.']], [['B1', 'Từ ngày 01/3/2025 cần giấy khám sức khỏe.']], [['B1', 'Đổi giấy phép lái xe do công an làm.']],
  [['B1', 'Đổi giấy khám sức khỏe.']], [['B1', 'Giấy khám sức khỏe phí 115.000 đồng.']], [['B1', 'Phí 115.000 đồng, trừ hạng A1, A, B1.']],
  [['B1', 'Cần giấy khám sức khỏe, trừ hạng A1.']], [['B1', 'Cần giấy khám sức khỏe, trừ hạng A.']], [['B1', 'Trừ hạng A1, A, B1.']], [['B2', 'Sát hạch lại lý thuyết.']],
  [['B2', 'Quá hạn trên 1 năm phải sát hạch lại lý thuyết.']], [['B2', 'Kết quả: phải sát hạch lại.']], [['B2', 'Gọi 1900 0368, kết quả sau 5 ngày làm việc.']],
  [['B2', 'Kết quả sau 5 ngày.']], [['B2', 'Sau 1 năm phải sát hạch lại.']], [['B2', 'Kết quả sau 1 năm.']],
  [['A3', 'Đưa mã OTP, kể cả người xưng cán bộ.']], [['A3', 'Kể cả cán bộ.']], [['A3', 'Bất cứ ai xưng cán bộ.']], [['A3', 'Không đưa mã OTP cho cán bộ.']],
  [['A3', 'Gọi người xưng cán bộ.']], [['A3', 'Gọi cán bộ để hỏi.']], [['A3', 'Gọi 1022 để hỏi mã OTP.']], [['A3', 'Hỏi mã OTP.']],
  [['A1', ' ']], [['A1', '\u200b']], [['A1', '…']], [['A1', 'Dạ']], [['A1', 'Bà con được gì?']],
  Array.from({ length: 6 }, (): [string, string] => ['A2', 'Mang thẻ căn cước.']), [['A2', 'Mang thẻ căn cước. '.repeat(18)]], [],
]

describe('refused', () => {
  it.each(one)('%s: %s', async (passage, text) => expect(await outcome([passage, text])).toBe('refused'))
  it.each(several.map((sentences) => ({ sentences, told: sentences.map(([, text]) => text).join(' | ').slice(0, 90) })))('$told', async ({ sentences }) => expect(await outcome(...sentences)).toBe('refused'))
})

describe('said as the article says it', () => {
  it.each<[string, string, string]>([
    ['A1', 'Dạ, người từ đủ [NUMBER_1] không có lương hưu được trợ cấp [AMOUNT_2].', 'Dạ, người từ đủ 75 tuổi không có lương hưu được trợ cấp 500.000 đồng/tháng.'],
    ['A2', 'Bà con mang thẻ căn cước', 'Bà con mang thẻ căn cước.'],
    ['A3', 'Hạn giải quyết: [NUMBER_6]', 'Hạn giải quyết: 10 ngày làm việc.'],
    ['B1', 'Cần giấy khám sức khỏe, trừ hạng [NUMBER_13], A, [NUMBER_14].', 'Cần giấy khám sức khỏe, trừ hạng A1, A, B1.'],
    ['B1', 'Từ ngày 01-3-2025 do công an làm.', 'Từ ngày 01-3-2025 do công an làm.'],
    ['B2', 'Quá hạn trên [NUMBER_18] phải sát hạch lại lý thuyết và thực hành.', 'Quá hạn trên 1 năm phải sát hạch lại lý thuyết và thực hành.'],
  ])('%s: %s', async (passage, text, expected) => expect(await outcome([passage, text])).toBe(expected))
})
