import { expect, it } from 'vitest'
import { groupSimilar } from '../../src/answer/similar-questions.ts'

const grouped = (...reads: string[]): string[][] => groupSimilar(reads.map((read) => ({ read }))).map((group) => group.map(({ read }) => read))

it('puts together what is asked alike, the largest group first', () => {
  expect(grouped('ly hôn nộp đơn ở đâu', 'đào ao nuôi cá xin phép ai', 'tôi muốn đào ao nuôi cá', 'dao ao nuoi ca thi xin phep ai ạ')).toEqual([
    ['đào ao nuôi cá xin phép ai', 'tôi muốn đào ao nuôi cá', 'dao ao nuoi ca thi xin phep ai ạ'],
    ['ly hôn nộp đơn ở đâu'],
  ])
})

it('does not take politeness for likeness', () => {
  expect(grouped('cho tôi hỏi làm sao để nuôi cá', 'cho tôi hỏi làm sao để ly hôn')).toHaveLength(2)
})

it('takes questions of nothing but filling words, and none at all', () => {
  expect(grouped('là gì', 'là gì', '???')).toEqual([['là gì', 'là gì'], ['???']])
  expect(grouped()).toEqual([])
})
