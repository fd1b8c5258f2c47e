import { expect, it } from 'vitest'
import { reasonName, reasonWords } from '../../src/campaign/reason-words.ts'
import { reasons } from '../../src/campaign/official-words.ts'

it.each([
  ['erased', 'người nhận đã xóa dữ liệu'], ['rejected', 'nền tảng từ chối'], ['interrupted', 'bị ngắt giữa chừng, chưa rõ đã gửi chưa'], ['not_published', 'cán bộ xác nhận chưa đăng'],
  ['correction:1790000000000', 'theo lời đính chính, thu hồi'], ['correction_failed:10/1', 'chưa đính chính, thu hồi được'],
])('%s is told in words', (reason, words) => expect(reasonName(reason)).toBe(words))

it('a code of a platform stands as it is, and in a report as refused by it, together with what else was', () => {
  expect([reasonName('10/2018278'), reasonWords('10/2018278'), reasonWords('constructor')]).toEqual(['10/2018278', null, null])
  expect(reasons({ erased: 1, rejected: 2, '10/2018278': 3 })).toBe('người nhận đã xóa dữ liệu: 1; nền tảng từ chối: 5')
})
