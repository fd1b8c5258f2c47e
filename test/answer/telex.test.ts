import { expect, it } from 'vitest'
import { takeApart } from '../../src/answer/syllable.ts'
import { undoTelex, undoVni } from '../../src/answer/telex.ts'

it.each([
  ['ddawng', 'đăng'], ['kys', 'ký'], ['thuwowngf', 'thường'], ['thuowngf', 'thường'], ['nguwowif', 'người'], ['dduwowcj', 'được'], ['nhw', 'như'], ['khaaur', 'khẩu'],
  ['lamf', 'làm'], ['gif', 'gì'], ['hoos', 'hố'], ['xoas', 'xoá'], ['ddieejn', 'điện'], ['dienejn', null], ['dangd', 'đang'], ['quyeenf', 'quyền'], ['mootj', 'một'],
] as const)('%s → %s', (keys, meant) => {
  expect(undoTelex(keys)).toEqual(meant === null ? null : takeApart(meant))
})

it.each(['ban', 'hoa', 'tai', 'lan', 'momo', 'vneid', 'facebook', 'etax', 'online', 'được', 'mẫu'])('leaves %s alone', (word) => {
  expect(undoTelex(word)).toBeNull()
})

it.each([['d9a8ng', 'đăng'], ['ky1', 'ký'], ['ngu7o7i2', 'người'], ['d9u7o7c5', 'được'], ['ma65t', 'mật'], ['muc2', null], ['2026', null], ['10tr', null]] as const)('VNI %s → %s', (keys, meant) => {
  expect(undoVni(keys)).toEqual(meant === null ? null : takeApart(meant))
})
