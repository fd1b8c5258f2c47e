import { describe, expect, it } from 'vitest'
import { findFacts } from '../../src/answer/model/facts.ts'
import { readArticles } from '../eval/read-articles.ts'

const keys = (text: string): string[] => findFacts(text).map(({ kind, key }) => `${kind} ${key}`)

describe('the facts of a text', () => {
  it.each<[string, string[]]>([
    ['Mở https://dichvucong.gov.vn, hoặc VNeID.', ['link dichvucong.gov.vn']],
    ['Gửi hotro@dichvucong.gov.vn.', ['link hotro@dichvucong.gov.vn']],
    ['Nghị định 176/2025/NĐ-CP và 91/2025/QH15', ['document 176/2025/nđ-cp', 'document 91/2025/qh15']],
    ['từ 25/4/2024.com', ['number 25/4/2024']],
    ['Nghị quyết 66.7/2025/NQ-CP', ['document 66.7/2025/nq-cp']],
    ['từ ngày 01/7/2025 đến 31-12-2026', ['date 1/7/2025', 'date 31/12/2026']],
    ['ngày 10 tháng 10 năm 2026', ['date 10/10/2026']],
    ['Gọi 1800 6838 hoặc 18006838, công an 113', ['phone 18006838', 'phone 18006838', 'phone 113']],
    ['+84 912 345 678', ['phone +84912345678']],
    ['500.000 đồng/tháng', ['amount 500000 đồng/tháng']],
    ['500000đ mỗi tháng', ['amount 500000 đồng/tháng']],
    ['10 triệu đồng, 20 triệu, 83k', ['amount 10 triệu', 'amount 20 triệu', 'amount 83 nghìn']],
    ['61% và 61 phần trăm', ['amount 61 %', 'amount 61 %']],
    ['trong 5 ngày làm việc', ['number 5 ngày làm việc']],
    ['trong 5 ngày', ['number 5 ngày']],
    ['5–7 ngày', ['number 5-7 ngày']],
    ['mức 2, Điều 24, năm 2026', ['number mức 2', 'number điều 24', 'number năm 2026']],
    ['một triệu đồng', ['amount một triệu đồng']],
    ['hai mươi ba ngày', ['number hai mươi ba ngày']],
    ['mức hai', ['number mức hai']],
    ['không chín một hai', ['number không chín một hai']],
    ['nửa tháng', ['number nửa tháng']],
    ['không đồng', ['amount không đồng']],
    ['l9OO', ['number l9oo']],
    ['09 12 34 56 78', ['phone 0912345678']],
    ['Ba tôi không biết năm nào, một số người đến tư gia', []],
    ['Bà con nộp hồ sơ tại xã.', []],
  ])('%s', (text, expected) => expect(keys(text)).toEqual(expected))

  it('leave no digit outside, in order and without overlaps, in every article', () => {
    const texts = readArticles('content/articles').map(({ short, details }) => `${short}\n${details}`)
    for (const text of texts) {
      const facts = findFacts(text)
      let at = 0
      for (const { start, end, text: said } of facts) {
        expect(start).toBeGreaterThanOrEqual(at)
        expect(text.slice(start, end)).toBe(said)
        expect(text.slice(at, start)).not.toMatch(/\d/)
        at = end
      }
      expect(text.slice(at)).not.toMatch(/\d/)
    }
    expect(texts.length).toBeGreaterThan(100)
  })
})
