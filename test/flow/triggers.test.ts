import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { triggered } from '../../src/flow/advance.ts'
import { bareWords, saysBare } from '../../src/core/text.ts'
import { context, flowsOf } from './support.ts'

const flow = (id: string, triggers: string) => `id: ${id}\ntitle: ${id}\ntriggers: ${triggers}\nsteps: { a: { ask: hỏi, otherwise: answer } }`
const small = flowsOf(
  flow('fee', '[lệ phí hồ sơ, phí]'), flow('feed', '[lệ phí hồ sở]'), flow('loan', '[vay vốn ngân hàng]'), flow('loans', '[vay vốn ngân hàng xã]'),
  flow('code', "[{ pattern: '^mã\\s+\\d+$' }]"), flow('any', "[{ pattern: 'lừa' }]"),
)

describe('a text triggers', () => {
  const rows: [text: string, flow: string | null][] = [
    ['phí', 'fee'],
    ['Dạ cho tôi vay vốn ngân hàng với ạ', 'loan'],
    ['vay von ngan hang xa', 'loans'],
    ['vay von ngan hagn', 'loan'],
    ['vay vốn ngân hàng xxa', 'loans'],
    ['vay vốn ngân hàng ở đâu', null],
    ['mã 12', 'code'],
    ['mã 12 là gì', null],
    ['bị LỪA rồi', 'any'],
    ['phi!', 'fee'],
    ['phin', null],
    ['', null],
  ]
  it.each(rows)('%j → %j', (text, expected) => expect(triggered(small, context(text))?.flow ?? null).toBe(expected))

  it('through an expression only within its first 500 characters', () => {
    expect(triggered(small, context(`${'a '.repeat(248)}lừa`))?.flow).toBe('any')
    expect(triggered(small, context(`${'a '.repeat(249)}lừa`))).toBeNull()
  })
})

const syllables = ['dang', 'ky', 'ho', 'so', 'nop', 'phi', 'the', 'can', 'cuoc', 'khai', 'sinh', 'ket', 'hon', 'dat', 'dai', 'thue', 'xe', 'bao', 'hiem', 'truong']
const phrases = Array.from({ length: 500 }, (_, n) => [n, n * 7 + 3, n * 13 + 5, Math.floor(n / 20)].map((i) => syllables[i % syllables.length]).join(' '))
const many = flowsOf(...Array.from({ length: 10 }, (_, n) => flow(`f${n}`, `[${phrases.slice(n * 50, n * 50 + 50).join(', ')}]`)))

it('finds among 500 triggers what comparing with each one finds', () => {
  for (let n = 0; n < 500; n++) {
    const phrase = phrases[n]!
    const typed = n % 3 === 0 ? phrase.replace(/.$/, '') : n % 3 === 1 ? `${phrase.slice(0, 4)}q${phrase.slice(4)}` : `${phrase} u nu`
    const each = phrases.some((other) => saysBare(bareWords(typed), bareWords(other)))
    expect(triggered(many, context(typed)) !== null, typed).toBe(each)
  }
})

it('a text that triggers nothing costs microseconds', () => {
  const question = context('thu tuc lam the can cuoc')
  for (let n = 0; n < 2_000; n++) triggered(many, question)
  const from = performance.now()
  for (let n = 0; n < 2_000; n++) triggered(many, question)
  const each = (performance.now() - from) / 2_000
  expect(triggered(many, question)).toBeNull()
  expect(each).toBeLessThan(0.25)
})
