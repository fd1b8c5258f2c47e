import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { conceptFinder, parseSynonyms } from '../../src/answer/concepts.ts'
import { wordsOfArticle, wordsOfQuestion } from '../../src/answer/normalise.ts'
import { vocabularyOf } from '../../src/answer/known-words.ts'

const find = conceptFinder(parseSynonyms('fee: [phí, giá, bao nhiêu tiền]\nwhere: [ở đâu, chỗ nào]\nage_75: [75, bảy lăm]', 'synonyms.yaml').groups)
const none = vocabularyOf([wordsOfArticle('gia đình')])
const concepts = (text: string): string[] => find(wordsOfQuestion(text, none))

it('finds groups by any of their words', () => {
  expect(concepts('Hết bao nhiêu tiền, nộp chỗ nào?')).toEqual(['fee', 'where'])
  expect(concepts('bà tôi bảy lăm tuổi')).toEqual(['age_75'])
  expect(concepts('75 tuổi')).toEqual(['age_75'])
})

it('matches marks where marks are typed, and none where none are', () => {
  expect(concepts('gia đình tôi')).toEqual([])
  expect(concepts('gia bao nhieu')).toEqual(['fee'])
})

it('reads the synonyms that come with the project', () => {
  const { groups, problems } = parseSynonyms(readFileSync(new URL('../../content/synonyms.yaml', import.meta.url), 'utf8'), 'synonyms.yaml')
  expect(problems).toEqual([])
  expect(groups.length).toBeGreaterThanOrEqual(60)
})

it.each([
  ['a broken file', 'fee: [phí, giá\nwhere: x', 2],
  ['a group of one word', 'ok: [a, b]\nfee: [phí]', 2],
  ['a group that is no list', 'ok: [a, b]\n\nfee: phí', 3],
  ['a name with marks', 'phí: [a, b]', 1],
])('refuses %s and says where', (_, text, line) => {
  const { groups, problems } = parseSynonyms(text, 'content/synonyms.yaml')
  expect(groups).toEqual([])
  expect(problems[0]).toMatchObject({ file: 'content/synonyms.yaml', line, severity: 'error' })
})

it('takes an empty file for no groups', () => {
  expect(parseSynonyms('', 'synonyms.yaml')).toEqual({ groups: [], problems: [] })
})
