import { barePhrase, bareWords, words } from '../core/text.ts'
import { vietnamDay } from '../core/time.ts'
import type { Answer, AnswerContext, Answerer, AnswerStatus } from './answerer.ts'
import { isExpired, type Article } from './article.ts'
import type { ConceptGroup } from './concepts.ts'
import { findEmergency } from './emergency.ts'
import { followsUp, namesNoSubject, namesNothing, namesSubject, tellingWords } from './follow-up.ts'
import { confidence, decide, fitOf, thresholds } from './decision.ts'
import { asWarning, createWarningCheck, demandIn, type Demand } from './demands.ts'
import { createSubjectCheck } from './other-subjects.ts'
import { withoutParticulars } from './particulars.ts'
import { createRanker, type Ranked } from './ranking.ts'
import { findOffTopic, findSmallTalk, saysNothing } from './small-talk.ts'
import { isFoldedSyllable } from './syllable.ts'
import { secondQuestion } from './two-questions.ts'

export interface AnswererOptions {
  /** `content/synonyms.yaml`, read with `parseSynonyms`; empty works, less well. */
  synonyms: readonly ConceptGroup[]
}

/** Of a longer message the beginning is read; the citizen is told so. */
const READ_AT_MOST = 2_000

/** From this on an article that a follow-up points to may take the place of the one before. */
const worthNaming = 0.05

/** Why a question got its answer: what `ask --explain` shows. */
export interface Explanation {
  answer: Answer
  /** The question as read: chat spellings written out, no marks. */
  read: string
  /** Each word, how much it weighs (rarer weighs more), and whether the best article has it. */
  words: { word: string; weight: number; inBest: boolean }[]
  concepts: string[]
  best: { article: string; score: number } | null
  runnerUp: { article: string; score: number } | null
  /** How much of the question the best article covers, for its length: decides between `clarify` and nothing. */
  fit: number
  /** It asks about a subject that the best article does not speak of (`other-subjects.ts`), or tells of a demand that it does not warn of (`demands.ts`): never answered as if sure. */
  asksOther: boolean
  thresholds: typeof thresholds
}

export interface LocalAnswerer extends Answerer {
  answer(question: string, context: AnswerContext): Answer
  explain(question: string, context: AnswerContext): Explanation
}

/**
 * Answers from the articles alone: no network, no model, at once. Article ids must be different. The same articles and
 * the same question always give the same answer.
 */
export function createAnswerer(articles: readonly Article[], options: AnswererOptions): LocalAnswerer {
  const ranker = createRanker(articles, options.synonyms)
  const byId = new Map(articles.map((article) => [article.id, article]))
  const isOther = createSubjectCheck()
  const warns = createWarningCheck()

  /** Whether an article, though it fits, is beside what a message or a part of it asks, or no warning of what a stranger demands. */
  const besideOf = (question: string, demand: Demand | null) => (article: Article | undefined, part = question): boolean =>
    article !== undefined && ((demand !== null && !warns(article) && !isPhrasing(question, article)) || isOther(part, article))

  function answer(message: string, context: AnswerContext): Answer {
    const question = message.slice(0, READ_AT_MOST)
    const emergency = findEmergency(question)
    if (emergency !== null) return canned('emergency', emergency)
    const smallTalk = findSmallTalk(question, ranker.knows)
    if (smallTalk !== null) return canned(smallTalk === 'blocked_question' ? 'blocked_question' : 'small_talk', smallTalk)

    const { ranked, length } = ranker.rank(withoutParticulars(question))
    const demand = demandIn(question)
    const isBeside = besideOf(question, demand)
    const noMatter = namesNoMatter(question, ranked[0]?.article)
    const beside = noMatter || isBeside(articles[ranked[0]?.article ?? -1])
    const candidates = candidatesOf(ranked, length, articles, beside)
    const last = context.lastArticle === null ? undefined : byId.get(context.lastArticle)
    const follows = followsUp(question)
    if (last !== undefined && follows === 'surely') return given(last, candidates, context)
    const found = decide(ranked, length)
    const outcome = found === 'answered' && beside ? 'clarify' : found
    const best = outcome === 'answered' ? articles[ranked[0]!.article]! : null
    if (last !== undefined && follows === 'perhaps') {
      const named = best !== null && namesSubject(question, best.title) ? best : neighbourOf(last, question, candidates)
      return given(named ?? last, candidates, context)
    }
    if (last !== undefined && follows === 'no' && !isBeside(last) && staysWith(last, question, best)) return given(last, candidates, context)
    if (saysNothing(question)) return canned('small_talk', findOffTopic(question, ranker.knows) ?? 'say_what')
    // "Mất bao lâu?" with nothing before it: nobody can know what is meant, but a word or two may point somewhere.
    if (follows === 'surely') return { status: 'clarify', article: null, candidates, reply: best === null || namesNothing(question) ? 'which_matter' : null }
    const both = secondQuestion(question, best === null ? null : ranked[0]!.article, ranker, (part, article) => isBeside(articles[article], part))
    if (both !== null) return { ...given(articles[both.first]!, candidates, context), also: articles[both.second]!.id }
    // "Có lấy lại được không" first of all: what of, nobody can know.
    if (best !== null && !(follows === 'perhaps' && namesNoSubject(question) && !isPhrasing(question, best))) return given(best, candidates, context)
    const offTopic = demand === null ? findOffTopic(question, ranker.knows) : null
    if (offTopic !== null) return canned('small_talk', offTopic)
    const neverSure = candidates.slice(0, 3).filter(({ article }) => noMatter || isBeside(byId.get(article))).map(({ article }) => article)
    const unsure = { article: null, reply: null, ...(neverSure.length > 0 ? { neverSure } : {}) }
    const isWarned = outcome !== 'no_source_found' && candidates.slice(0, 1).some(({ article }) => warns(byId.get(article)!))
    const warnings = demand === null || isWarned ? [] : warningsFor(question, demand)
    if (warnings.length > 0) return { ...unsure, status: 'clarify', candidates: withWarnings(warnings, candidates, outcome !== 'no_source_found') }
    return { ...unsure, status: outcome === 'answered' ? 'clarify' : outcome, candidates }
  }

  /** The articles that warn of what strangers demand, the likeliest first. */
  const warningsFor = (question: string, demand: Demand): string[] =>
    ranker.rank(asWarning(withoutParticulars(question), demand)).ranked.slice(0, 20).filter(({ article }) => warns(articles[article]!)).map(({ article }) => articles[article]!.id)

  /**
   * "ngưng", "mệt quá", "thuốc": one syllable of Vietnamese is hardly ever a matter, and the best article has it by chance; as it has a
   * foreign word ("game") that does not stand in its title. "otp", "wifi", "bhyt" name what they ask about.
   */
  function namesNoMatter(question: string, best: number | undefined): boolean {
    const word = onlyWord(question)
    if (word === null || best === undefined) return false
    if (isFoldedSyllable(word)) return true
    const { tokens } = ranker.read(question).words
    return tokens.length === 1 && !words(articles[best]!.title).join('').includes(tokens[0]!.folded)
  }

  /** "Không đăng ký thì có bị phạt không" after the article on temporary residence: every telling word is that article's, and not all are those of what else was surely found. */
  function staysWith(last: Article, question: string, best: Article | null): boolean {
    const telling = tellingWords(question)
    if (telling === null || !telling.every((word) => ranker.has(articles.indexOf(last), word))) return false
    return best === null || !telling.every((word) => ranker.has(articles.indexOf(best), word))
  }

  /** "Thế còn trẻ em?" after the article on cards: the one on children's cards, where staff related the two and it is what the words name. */
  function neighbourOf(last: Article, question: string, candidates: Answer['candidates']): Article | undefined {
    return candidates.slice(0, 3)
      .filter(({ article, score }) => score >= worthNaming && last.related.includes(article))
      .flatMap(({ article }) => byId.get(article) ?? [])
      .find(({ title, questions }) => namesSubject(question, [title, ...questions].join(' ')))
  }

  return {
    answer,
    explain(message, context) {
      const question = message.slice(0, READ_AT_MOST)
      const { ranked, length } = ranker.rank(withoutParticulars(question))
      const beside = besideOf(question, demandIn(question))(articles[ranked[0]?.article ?? -1])
      const [best, runnerUp] = candidatesOf(ranked, length, articles, beside)
      const { words: read, concepts, weigh } = ranker.read(withoutParticulars(question))
      const bestAt = best === undefined ? -1 : articles.findIndex(({ id }) => id === best.article)
      return {
        answer: answer(question, context),
        read: read.tokens.map((token) => token.folded).join(' '),
        words: [...new Set(read.tokens.map((token) => token.folded))].map((word) => ({ word, weight: weigh(word), inBest: ranker.has(bestAt, word) })),
        concepts,
        best: best ?? null,
        runnerUp: runnerUp ?? null,
        fit: fitOf(ranked, length),
        asksOther: beside,
        thresholds,
      }
    },
  }
}

/** Whether staff wrote the question so for that article. */
const isPhrasing = (question: string, { title, questions }: Article): boolean => [title, ...questions].some((phrasing) => barePhrase(phrasing) === bareWords(question))

/** "mệt quá" → "met", "chưa chuyển" → "chuyen": the word that is all of a message; null where there are more. */
function onlyWord(question: string): string | null {
  const said = bareWords(question).split(' ')
  while (said.length > 1 && emphasis.has(said.at(-1)!)) said.pop()
  while (said.length > 1 && whetherDone.has(said[0]!)) said.shift()
  return said.length === 1 ? said[0]! : null
}
const emphasis: ReadonlySet<string> = new Set(['qua', 'lam', 'ghe', 'roi', 'luon', 'thoi', 'the', 'that', 'troi'])

const whetherDone: ReadonlySet<string> = new Set(['chua', 'da', 'dang', 'khong', 'ko', 'chang', 'van', 'cu', 'vua', 'moi', 'se'])

function given(article: Article, candidates: Answer['candidates'], context: AnswerContext): Answer {
  const status = isExpired(article, vietnamDay(context.now)) ? 'expired_article' : 'answered'
  return { status, article: article.id, candidates, reply: null }
}

const canned = (status: AnswerStatus, reply: string): Answer => ({ status, article: null, candidates: [], reply })

/** One of the first choices warns: the best warning stands first; where nothing else fits, the next ones behind it. */
function withWarnings(warnings: readonly string[], candidates: Answer['candidates'], othersFit: boolean): Answer['candidates'] {
  const score = candidates[0]?.score ?? 0
  const first = (othersFit ? warnings.slice(0, 1) : warnings.slice(0, 3)).map((article) => ({ article, score }))
  return [...first, ...candidates.filter(({ article }) => !first.some((one) => one.article === article))].slice(0, 10)
}

/** The best one's score is how sure we are of it, the others' in proportion. `beside`: the question asks about something else, or hardly anything. */
function candidatesOf(ranked: readonly Ranked[], length: number, articles: readonly Article[], beside: boolean): Answer['candidates'] {
  const best = ranked[0]?.score ?? 1
  const sure = confidence(ranked, length) * (beside ? thresholds.answer : 1)
  return ranked.slice(0, 10).map(({ article, score }) => ({ article: articles[article]!.id, score: Math.round((1_000 * sure * score) / best) / 1_000 }))
}
