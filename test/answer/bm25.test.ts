import { expect, it } from 'vitest'
import { indexTerms, numberTerms } from '../../src/answer/bm25.ts'

const numbers = numberTerms<string>()
const documents = ['quên mật khẩu', 'đổi số điện thoại', 'đổi mật khẩu ngân hàng số'].map((text) => text.split(' ').map(numbers.learn))
const index = indexTerms(documents, numbers.size, 0.3)
const terms = (question: string): number[] => numbers.of(question.split(' '))
const scores = (question: string): number[] => {
  const into = new Float64Array(documents.length)
  index.score(terms(question), 1, into)
  return [...into]
}

it('gives a document that is the question about 1, whatever the length', () => {
  expect(scores('quên mật khẩu')[0]).toBeCloseTo(1, 1)
  expect(scores('đổi mật khẩu ngân hàng số')[2]).toBeCloseTo(1, 1)
})

it('counts unknown words against every document', () => {
  expect(scores('quên mật khẩu wifi nhà hàng xóm')[0]).toBeLessThan(scores('quên mật khẩu')[0]! * 0.6)
})

it('gives nothing where nothing is shared, and for no terms', () => {
  expect(scores('thời tiết')).toEqual([0, 0, 0])
  const into = new Float64Array(documents.length)
  index.score([], 1, into)
  expect([...into]).toEqual([0, 0, 0])
})

it('adds likelihood without bound for terms that are telling, and nothing for those never seen', () => {
  const likely = (text: string): number[] => {
    const into = new Float64Array(documents.length)
    index.addLikelihood(terms(text), into)
    return [...into]
  }
  expect(likely('wifi nhà xóm')).toEqual([0, 0, 0])
  expect(likely('quên mật khẩu hôm qua nhà tôi')).toEqual(likely('quên mật khẩu'))
  expect(likely('quên quên')).toEqual(likely('quên'))
  expect(likely('quên mật khẩu')[0]).toBeGreaterThan(likely('quên')[0]!)
})

it('holds terms never seen for the rarest', () => {
  const idf = (word: string): number => index.idf(terms(word)[0]!)
  expect(idf('wifi')).toBeGreaterThan(idf('quên'))
  expect(idf('quên')).toBeGreaterThan(idf('mật'))
})

it('numbers strange words of a question apart, the same one alike, and keeps none of them', () => {
  const before = numbers.size
  const [first, known, again, other] = numbers.of(['wifi', 'quên', 'wifi', 'xóm'])
  expect(again).toBe(first)
  expect(new Set([first, known, other]).size).toBe(3)
  expect([first, other].every((number) => number! >= before)).toBe(true)
  expect(numbers.size).toBe(before)
})
