/**
 * The handbook's retrieval beside three libraries, on the same articles and questions: `npm run eval:compare -- [FILE.jsonl …]`,
 * without files the test half. The libraries stand in this folder's own package.json: one of them brings 95 packages.
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Article } from '../../../src/answer/article.ts'
import { parseSynonyms } from '../../../src/answer/concepts.ts'
import { createAnswerer } from '../../../src/answer/retrieval.ts'
import { rightWhileForeign, riskCoverage } from '../curve.ts'
import { readQuestions, type Labelled } from '../measure.ts'
import { readArticles } from '../read-articles.ts'
import { contenders, type Contender } from './libraries.ts'

const root = new URL('../../../', import.meta.url)
const files = process.argv.slice(2).map((name) => pathToFileURL(name))
if (files.length === 0) files.push(new URL('../questions-test.jsonl', import.meta.url))
const articles = readArticles(new URL('content/articles', root).pathname)
const questions = files.flatMap((file) => readQuestions(file))
const inScope = questions.filter(({ topic_key }) => topic_key !== null)
const styles = [...new Set(inScope.map(({ style }) => style))].sort()

console.log(`${articles.length} articles; ${files.map((file) => file.pathname.split('/').at(-1)).join(', ')}: ${inScope.length} questions in scope, ${questions.length - inScope.length} foreign.`)
console.log('Right article first, by style (%); among the first three; answered and right while 90 % of the foreign questions are turned away.\n')
line('', [...styles, 'all', 'first three', 'answered'])
line('---', [...styles, '', '', ''].map(() => '---'))
line('n', [...styles.map((style) => String(inScope.filter((question) => question.style === style).length)), String(inScope.length), '', ''])
for (const make of [own, ...contenders]) {
  const contender = await make(articles)
  line(contender.name, await columns(contender))
}

async function columns({ rank }: Contender): Promise<string[]> {
  const found = new Map<Labelled, { article: string; score: number }[]>()
  for (const question of questions) found.set(question, await rank(question.q))
  const within = (of: readonly Labelled[], first: number): string =>
    percent(of.filter((question) => found.get(question)!.slice(0, first).some(({ article }) => article === question.topic_key)).length / of.length)
  return [
    ...styles.map((style) => within(inScope.filter((question) => question.style === style), 1)),
    within(inScope, 1),
    within(inScope, 3),
    percent(rightWhileForeign(riskCoverage((question) => found.get(question)![0], questions), 0.1)),
  ]
}

async function own(all: readonly Article[]): Promise<Contender> {
  const { groups } = parseSynonyms(readFileSync(new URL('content/synonyms.yaml', root), 'utf8'), 'content/synonyms.yaml')
  const answerer = createAnswerer(all, { synonyms: groups })
  const now = Math.min(...all.map((article) => Date.parse(article.reviewed)))
  return { name: '**camnang**', rank: async (question) => answerer.answer(question, { now, lastArticle: null }).candidates }
}

function line(name: string, cells: readonly string[]): void {
  console.log(`| ${[name, ...cells].join(' | ')} |`)
}

function percent(share: number): string {
  return (100 * share).toFixed(1)
}
