import { expect, it } from 'vitest'
import { isFoldedSyllable, isSyllable, takeApart } from '../../src/answer/syllable.ts'

it.each(['hoà', 'hòa', 'hoà'.normalize('NFD')])('takes %s apart the same way wherever the tone mark stands', (word) => {
  expect(takeApart(word)).toEqual({ letters: 'hoa', tone: '2' })
})

it.each(['đường', 'nghiêng', 'quốc', 'quýt', 'quỳnh', 'gì', 'giếng', 'khuỷu', 'ngoằng', 'yếu', 'tuýp', 'xã', 'ở'])('%s is a possible syllable', (word) => {
  const { letters, tone } = takeApart(word)
  expect(isSyllable(letters, tone)).toBe(true)
})

it.each(['phair', 'noopj', 'towf', 'app', 'kca', 'ngi', 'cê', 'zalo', 'công1', 'tôt', 'một̀'])('%s is not', (word) => {
  const { letters, tone } = takeApart(word)
  expect(isSyllable(letters, tone)).toBe(false)
})

it.each([['duoc', true], ['khong', true], ['thuong', true], ['coong', false], ['dc', false], ['gif', false], ['wifi', false]])('without marks: %s → %s', (word, possible) => {
  expect(isFoldedSyllable(word)).toBe(possible)
})
