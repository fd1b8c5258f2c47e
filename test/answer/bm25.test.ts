import { expect, it } from 'vitest'
import { indexTerms } from '../../src/answer/bm25.ts'

const documents = ['quên mật khẩu', 'đổi số điện thoại', 'đổi mật khẩu ngân hàng số'].map((text) => text.split(' '))
const scores = (question: string): number[] => {
  const into = new Float64Array(documents.length)
  indexTerms(documents, 0.3).score(question.split(' '), 1, into)
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
  indexTerms(documents, 0.3).score([], 1, into)
  expect([...into]).toEqual([0, 0, 0])
})

it('adds likelihood without bound for terms that are telling, and nothing for those never seen', () => {
  const likely = (text: string): number[] => {
    const into = new Float64Array(documents.length)
    indexTerms(documents, 0.3).addLikelihood(text.split(' '), into)
    return [...into]
  }
  expect(likely('wifi nhà xóm')).toEqual([0, 0, 0])
  expect(likely('quên mật khẩu hôm qua nhà tôi')).toEqual(likely('quên mật khẩu'))
  expect(likely('quên quên')).toEqual(likely('quên'))
  expect(likely('quên mật khẩu')[0]).toBeGreaterThan(likely('quên')[0]!)
})

it('holds terms never seen for the rarest', () => {
  const index = indexTerms(documents, 0.3)
  expect(index.idf('wifi')).toBeGreaterThan(index.idf('quên'))
  expect(index.idf('quên')).toBeGreaterThan(index.idf('mật'))
})
