/**
 * How well questions find their articles: `npm run eval -- [--verbose] [FILE.jsonl …]`, each line
 * `{"id","topic_key","q","style"}`. Without files: the tuning half. `npm run eval -- picture` draws the curve of the test
 * half into `docs/images/risk-coverage.svg`; `npm run eval -- size 500` measures what a handbook of so many articles costs.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parseSynonyms } from '../../src/answer/concepts.ts'
import { thresholds } from '../../src/answer/decision.ts'
import { createRanker } from '../../src/answer/ranking.ts'
import { createAnswerer } from '../../src/answer/retrieval.ts'
import { rightWhileForeign, riskCoverage } from './curve.ts'
import { measure, measureWithoutRight, readQuestions, type Foreign, type Tally } from './measure.ts'
import { drawRiskCoverage } from './picture.ts'
import { readArticles } from './read-articles.ts'
import { measureSize } from './size.ts'

const root = new URL('../../', import.meta.url)
if (process.argv[2] === 'size') {
  measureSize(Number(process.argv[3] ?? 500))
  process.exit()
}
const verbose = process.argv.includes('--verbose')
const drawing = process.argv[2] === 'picture'
const files = process.argv.slice(drawing ? 3 : 2).filter((argument) => !argument.startsWith('--')).map((name) => pathToFileURL(name))
if (files.length === 0) files.push(new URL(drawing ? 'questions-test.jsonl' : 'questions-tune.jsonl', import.meta.url))

const articles = readArticles(new URL('content/articles', root).pathname)
const { groups } = parseSynonyms(readFileSync(new URL('content/synonyms.yaml', root), 'utf8'), 'content/synonyms.yaml')
const started = performance.now()
const answerer = createAnswerer(articles, { synonyms: groups })
console.log(`${articles.length} articles, ${articles.reduce((sum, article) => sum + article.questions.length, 0)} phrasings, index built in ${Math.round(performance.now() - started)} ms`)
console.log(`thresholds ${JSON.stringify(thresholds)}`)

const ranker = createRanker(articles, groups)
const ids = new Set(articles.map(({ id }) => id))
const now = Math.min(...articles.map((article) => Date.parse(article.reviewed)))
for (const file of files) {
  const questions = readQuestions(file)
  const measured = measure(answerer, questions, ids, now)
  console.log(`\n${file.pathname.split('/').at(-1)}: ${questions.length} questions`)
  console.log('style            n   top1   top3 | right  wrong offered misled silent   (%)')
  for (const [style, tally] of measured.byStyle) print(style, tally)
  print('all in scope', measured.all)
  printForeign('out of scope', measured.outOfScope)
  if (measured.nearMiss.n > 0) printForeign('article missing', measured.nearMiss)
  printForeign('right one away', measureWithoutRight(ranker, articles, questions))
  const curve = riskCoverage(({ q }) => answerer.answer(q, { now, lastArticle: null }).candidates[0], questions)
  console.log(`answered and right while 90 % of foreign questions are turned away: ${percent(rightWhileForeign(curve, 0.1), 1)}, while 95 % are: ${percent(rightWhileForeign(curve, 0.05), 1)}`)
  if (drawing) {
    writeFileSync(new URL('docs/images/risk-coverage.svg', root), drawRiskCoverage(curve, thresholds.answer, `${measured.all.n} questions in scope and ${measured.outOfScope.n} foreign ones of ${file.pathname.split('/').at(-1)}`))
    console.log('docs/images/risk-coverage.svg drawn')
  }
  console.log(`canned replies: ${measured.replies.right} of ${measured.replies.n} as expected`)
  const times = questions.map(({ q }) => medianTime(() => answerer.answer(q, { now, lastArticle: null }))).sort((a, b) => a - b)
  console.log(`answer time: p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms`)
  if (verbose) for (const { question, answer } of measured.mistakes) console.log(`  [${question.style}] ${question.topic_key ?? '–'} ← ${answer.article} ${answer.candidates[0]?.score} (${answer.candidates[1]?.article} ${answer.candidates[1]?.score}): ${question.q.slice(0, 120)}`)
}

function print(label: string, { n, ...counts }: Tally): void {
  const [top1, top3, right, wrong, offered, misled, silent] = [counts.top1, counts.top3, counts.right, counts.wrong, counts.offered, counts.misled, counts.silent].map((count) => percent(count, n))
  console.log(`${label.padEnd(15)} ${String(n).padStart(3)} ${top1} ${top3} | ${right} ${wrong} ${offered} ${misled} ${silent}`)
}

function printForeign(label: string, { n, answered, clarified, turnedAway }: Foreign): void {
  console.log(`${label.padEnd(15)} ${String(n).padStart(3)}: answered ${percent(answered, n)}, offered a choice ${percent(clarified, n)}, turned away ${percent(turnedAway, n)}`)
}

function percent(count: number, of: number): string {
  return (of === 0 ? '–' : ((100 * count) / of).toFixed(1)).padStart(6)
}

/** Of five runs: what else the machine does hits some of them, not the question. Milliseconds. */
function medianTime(run: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const from = performance.now()
    run()
    return performance.now() - from
  })
  return times.sort((a, b) => a - b)[2]!
}

function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2)
}
