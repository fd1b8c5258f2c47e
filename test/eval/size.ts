/**
 * What the index costs when the handbook grows: `npm run eval -- size [500]` builds it from so many articles, those of
 * the project and copies in which every fifth word is followed by a strange one, five times, each time in a new process.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSynonyms } from '../../src/answer/concepts.ts'
import { createAnswerer } from '../../src/answer/retrieval.ts'
import type { Article } from '../../src/answer/article.ts'
import { readQuestions } from './measure.ts'
import { readArticles } from './read-articles.ts'

const root = new URL('../../', import.meta.url)
const strange = ['bò', 'lúa', 'cầu', 'rừng', 'suối', 'mía', 'trạm', 'xưởng', 'kho', 'đò']

function copied(article: Article, copy: number): Article {
  const changed = (text: string): string => text.split(' ').map((word, at) => ((at + copy) % 5 === 0 ? `${word} ${strange[(at + copy) % strange.length]!}` : word)).join(' ')
  return { ...article, id: `${article.id}-${copy}`, title: changed(article.title), questions: article.questions.map(changed), short: changed(article.short), details: changed(article.details) }
}

export function measureSize(many: number): void {
  for (let time = 0; time < 5; time++) process.stdout.write(execFileSync(process.execPath, [fileURLToPath(import.meta.url), String(many)], { encoding: 'utf8' }))
}

function measureOnce(many: number): void {
  const own = readArticles(new URL('content/articles', root).pathname)
  const articles = Array.from({ length: many }, (_, at) => (at < own.length ? own[at]! : copied(own[at % own.length]!, Math.floor(at / own.length))))
  const { groups } = parseSynonyms(readFileSync(new URL('content/synonyms.yaml', root), 'utf8'), 'content/synonyms.yaml')
  const [before, from] = [process.cpuUsage(), performance.now()]
  const answerer = createAnswerer(articles, { synonyms: groups })
  const [{ user, system }, took] = [process.cpuUsage(before), performance.now() - from]
  const questions = readQuestions(new URL('test/eval/questions-tune.jsonl', root))
  const ask = (): number[] => questions.map(({ q }) => {
    const start = performance.now()
    answerer.answer(q, { now: Date.parse('2026-11-24'), lastArticle: null })
    return performance.now() - start
  })
  ask()
  const times = ask().sort((a, b) => a - b)
  console.log(`${many} articles, ${articles.reduce((sum, { questions: asked }) => sum + asked.length, 0)} phrasings: built in ${Math.round(took)} ms (${Math.round((user + system) / 1000)} ms of processor time), answers p50 ${times[Math.floor(times.length / 2)]!.toFixed(2)} ms, p99 ${times[Math.floor(times.length * 0.99)]!.toFixed(2)} ms`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) measureOnce(Number(process.argv[2]))
