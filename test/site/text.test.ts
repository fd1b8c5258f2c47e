import { describe, expect, it } from 'vitest'
import { blocksOf, shownText, withLinks } from '../../src/site/text.ts'
import { hostile } from './support.ts'

describe('the text of an answer', () => {
  const rows: [name: string, text: string, html: string][] = [
    ['numbered lines are steps', '1. Mở máy.\n2. Bấm nút.', '<ol><li>Mở máy.</li><li>Bấm nút.</li></ol>'],
    ['steps that go on after a paragraph keep their numbers', '1. Một.\n\nChú ý.\n\n2. Hai.', '<ol><li>Một.</li></ol><p>Chú ý.</p><ol start="2"><li>Hai.</li></ol>'],
    ['a lead-in stands before its list', 'Khi đi:\n- Mang căn cước.\n– Mang máy.', '<p>Khi đi:</p><ul><li>Mang căn cước.</li><li>Mang máy.</li></ul>'],
    ['indented points belong to the step before', '1. Khai:\n – Họ tên.\n – Ngày sinh.\n2. Gửi.', '<ol><li>Khai:<ul><li>Họ tên.</li><li>Ngày sinh.</li></ul></li><li>Gửi.</li></ol>'],
    ['an indented line goes on with its item', '1. Câu dài\n   còn nữa.', '<ol><li>Câu dài còn nữa.</li></ol>'],
    ['lines of one paragraph stay lines', 'Một.\nHai.', '<p>Một.<br>Hai.</p>'],
    ['a year at the beginning is no step', '2026. là năm', '<p>2026. là năm</p>'],
  ]
  for (const [name, text, html] of rows) it(name, () => expect(String(shownText(text))).toBe(html))

  it('is never markup', () => {
    const shown = String(shownText(`${hostile}\n1. ${hostile}\n - ${hostile}`))
    expect(shown.match(/<(?!\/?(p|ol|ul|li|br)>)/g)).toBeNull()
  })

  it('loses no word', () => {
    const text = 'Một.\n\n1. Hai\n - Ba\n\n- Bốn\nNăm'
    expect(JSON.stringify(blocksOf(text)).match(/Một|Hai|Ba|Bốn|Năm/g)).toHaveLength(5)
  })
})

describe('what can be tapped', () => {
  const rows: [name: string, line: string, html: string][] = [
    ['an address, without the stop after it', 'Xem https://a.vn/b?c=1.', 'Xem <a href="https://a.vn/b?c=1">https://a.vn/b?c=1</a>.'],
    ['no sample', 'Gọi 1022 (SỐ MẪU), xem https://tinhmau.example.', 'Gọi 1022 (SỐ MẪU), xem https://tinhmau.example.'],
    ['a real number beside a sample', 'Gọi 1022 (SỐ MẪU) hoặc gọi 113.', 'Gọi 1022 (SỐ MẪU) hoặc gọi <a href="tel:113">113</a>.'],
    ['a page of the state', 'Vào dichvucong.gov.vn, bấm', 'Vào <a href="https://dichvucong.gov.vn">dichvucong.gov.vn</a>, bấm'],
    ['nothing that only begins like one', 'Trang giả dichvucong.gov.vn.xyz và vneid-gov.vn', 'Trang giả dichvucong.gov.vn.xyz và vneid-gov.vn'],
    ['telephone numbers', 'gọi 113, hoặc 1800 1096.', 'gọi <a href="tel:113">113</a>, hoặc <a href="tel:18001096">1800 1096</a>.'],
    ['the same number twice', 'gọi 113 rồi lại gọi 113', 'gọi <a href="tel:113">113</a> rồi lại gọi <a href="tel:113">113</a>'],
    ['no other kind of address', 'javascript:alert(1) http://a.example data:text/html,x', 'javascript:alert(1) http://a.example data:text/html,x'],
  ]
  for (const [name, line, html] of rows) it(name, () => expect(String(withLinks(line))).toBe(html))
})
