import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dangers } from '../../src/answer/emergency-hints.ts'
import { kinds } from '../../src/answer/emergency-signs.ts'
import { anyOf, listsOf, preparedForPatterns } from '../../src/answer/message-pattern.ts'
import { compilePattern } from '../../src/answer/pattern-notation.ts'

describe('the notation', () => {
  it.each([
    ['(nhà|bếp) … cháy', 'nhà em đang cháy', true], ['(nhà|bếp) … cháy', 'nha em dang chay', true], ['cháy', 'chạy', false],
    ['(nhà|bếp) … cháy', 'nhà này không có gì hết mà cháy', false], ['«lửa»', 'lua', false], ['«lửa»', 'lửa', true],
    ['^cứu (với)?$', 'cứu', true], ['^cứu (với)?$', 'cứu với', true], ['^cứu (với)?$', 'cứu với ad', false], ['«bình ga» nổ', 'bình ga no', true], ['«bình ga» nổ', 'binh ga no', false],
    ['xỉu', 'xĩu', true], ['hòa', 'hoà', true], ['rơi xuống', 'rớt xuống', true], ['thở', 'thơ', false],
  ])('%s on "%s": %s', (pattern, message, fits) => {
    expect(anyOf(pattern).in(preparedForPatterns(message)) !== null).toBe(fits)
  })

  it.each(['(nhà', 'nhà)', 'a + b', '(a)?', '…', 'a{2}'])('refuses %s', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow('pattern')
  })

  it('takes as key what ordinary questions hold least: a rare word, or two words side by side', () => {
    expect(compilePattern('không … thở').keys).toEqual(['thơ3', 'tho'])
    expect(compilePattern('bị mất').keys).toEqual(['bi5 mât1', 'bi5 mat', 'bi mât1', 'bi mat'])
    expect(compilePattern('(nhà|bếp) … cháy (rồi|lan)?').keys).toEqual(['chay1', 'chay'])
  })
})

it('cuts what fits and leaves the rest', () => {
  expect(anyOf('cháy hàng').cutFrom(preparedForPatterns('đang cháy hàng, cháy hàng nữa'))).toBe(' đang · · nưa3 ')
})

it('tells which lists fit in one go', () => {
  expect([...listsOf([['cháy', 'lửa'], ['nước'], ['khói']]).in(preparedForPatterns('cháy rồi, khói nhiều'))]).toEqual([0, 2])
})

const messages = ['emergencies', 'emergencies-fresh-rounds', 'questions-tune'].flatMap((file) =>
  readFileSync(new URL(`../eval/${file}.jsonl`, import.meta.url), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { q: string }).q))

it('misses nothing by trying only patterns whose key words are there', () => {
  const patterns = [...kinds.flatMap(({ signs }) => signs), ...dangers.flatMap((hint) => hint.patterns)].map((pattern) => ({ ...compilePattern(pattern), pattern }))
  const fits = patterns.map(({ source, keys, pattern }) => ({ pattern, keys, fits: new RegExp(source, 'u') }))
  const texts = messages.map((message) => preparedForPatterns(message))
  const missed = texts.flatMap((text) => {
    const words = text.trim().split(' ')
    const present = new Set(words.flatMap((word, at) => [word, `${words[at - 1]} ${word}`]))
    return fits.filter((pattern) => pattern.fits.test(text) && !pattern.keys.some((key) => present.has(key))).map(({ pattern }) => [pattern, text])
  })
  expect(missed).toEqual([])
})

it.each([
  ['ck danh e', ' chông2 danh em '], ['ck nhầm 10tr', ' chuyên3 khoan3 nhâm2 10 triêu5 '], ['chi phí', ' chi phi1 '], ['làm chi', ' lam2 gi2 '],
  ['vô nhà', ' vao2 nha2 '], ['vô hiệu', ' vô hiêu5 '], ['d9anh1 con', ' đanh1 con '], ['gọi 114', ' goi5 114 '], ['0912345678', ' 0912345678 '],
])('reads each word as it would in its sentence: %s', (message, text) => {
  expect(preparedForPatterns(message)).toBe(text)
})
