import type { Article } from './article.ts'
import { indexTerms, numberTerms, type Bm25 } from './bm25.ts'
import { everydaySpeech } from './everyday-speech.ts'
import { conceptFinder, type ConceptGroup, type FindConcepts } from './concepts.ts'
import { vocabularyOf } from './known-words.ts'
import { learnMarks } from './missing-marks.ts'
import { asToken, wordsOfArticle, wordsOfQuestion, type KnownWords, type Words } from './normalise.ts'
import { isBare } from './syllable.ts'

/** How well one article fits, 0 to about 1. */
export interface Ranked {
  article: number
  score: number
  /**
   * How far the phrasings taken together fit better than the best one of them and the answer's text do: -2 to 1. Low where
   * the words were met by chance, here and there.
   */
  breadth: number
}

export interface Ranker {
  /** All articles that share anything with the question, best first, and how many words were understood in it. */
  rank(question: string): { ranked: Ranked[]; length: number }
  /** The question as it was understood, and what its words weigh. */
  read(question: string): { words: Words; concepts: string[]; weigh(word: string): number }
  /** Whether a word, with its marks if it has any, stands in an article's phrasings or answer. */
  has(article: number, word: string): boolean
  /** Whether a folded word stands in any article. */
  knows(word: string): boolean
}

/** The kinds of term a text is compared by. */
type Kind = 'marked' | 'folded' | 'pairs' | 'grams' | 'concepts'
/** As numbers, of each kind its own. */
type Terms = Record<Kind, number[]>
const kinds: readonly Kind[] = ['marked', 'folded', 'pairs', 'grams', 'concepts']

/** Chosen on the tuning half (docs/answers.md); results hardly change around these values. */
const weights = {
  kind: { marked: 0.25, folded: 0.2, pairs: 0.2, grams: 0.2, concepts: 0.15 } as Record<Kind, number>,
  /** The best single phrasing, all phrasings together, and the text of the answer. */
  phrasing: 0.4,
  entry: 0.45,
  answer: 0.15,
  /** How much of the score is how likely the words are in the article, the best one's likelihood being 1. */
  likelihood: 0.5,
}
/**
 * Compared by likelihood: groups of words count twice, but not in a story, which meets many by chance; character runs, which
 * say the same thing many times, not at all.
 */
const likelyKinds = (length: number): readonly Kind[] => ['marked', 'folded', 'pairs', 'concepts', ...(length < storyWords ? ['concepts' as const] : [])]
const storyWords = 25

export function createRanker(articles: readonly Article[], groups: readonly ConceptGroup[]): Ranker {
  const asked = articles.map((article) => [article.title, ...article.questions])
  const answers = articles.map((article) => wordsOfArticle(`${article.short} ${article.details}`))
  const { phrasings, known, findConcepts } = readAll(asked, answers, groups)
  const numbers = termNumbers(findConcepts)

  const asPhrasings = phrasings.flat().map((words) => numbers.learn(words))
  const articleOf = Int32Array.from(phrasings.flatMap((of, article) => of.map(() => article)))
  // An answer is long: its character grams would be most of the index and gain nothing.
  const asAnswers = answers.map((words) => numbers.learn(words, false))
  const byPhrasing = indexKinds(asPhrasings, numbers.sizes, 0.3)
  const byEntry = indexKinds(asPhrasings, numbers.sizes, 0.4, articleOf)
  const byAnswer = indexKinds(asAnswers, numbers.sizes, 0.5)

  return {
    rank(question) {
      const words = withoutSofteners(wordsOfQuestion(question, known))
      const terms = numbers.of(words)
      const trusted = trustInMarks[words.marks]
      const phrasing = bestOf(scoresOf(byPhrasing, articleOf.length, terms, trusted), articleOf, articles.length)
      const entry = scoresOf(byEntry, articles.length, terms, trusted)
      const answer = scoresOf(byAnswer, articles.length, { ...terms, grams: [] }, trusted)
      const likely = new Float64Array(articles.length)
      for (const kind of likelyKinds(words.tokens.length)) if (kind !== 'marked' || words.marks === 'typed') byEntry[kind].addLikelihood(terms[kind], likely)
      const covered = phrasing.map((best, article) => weights.phrasing * best + weights.entry * entry[article]! + weights.answer * answer[article]!)
      const scale = (weights.likelihood * largest(covered)) / (largest(likely) || 1)
      const ranked = articles.map((_, article): Ranked => ({
        article,
        score: (1 - weights.likelihood) * covered[article]! + scale * likely[article]!,
        breadth: entry[article]! - phrasing[article]! - answer[article]!,
      }))
      return { ranked: ranked.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score), length: words.tokens.length }
    },
    read(question) {
      const words = wordsOfQuestion(question, known)
      return {
        words,
        concepts: findConcepts(words),
        weigh: (word) => byEntry.folded.idf(numbers.ofWord(word)),
      }
    },
    has(article, word) {
      const { marked, folded } = asToken(word)
      const [kind, number] = isBare(marked) ? (['folded', numbers.ofWord(folded)] as const) : (['marked', numbers.ofMarked(marked)] as const)
      return byEntry[kind].holds(number, article) || byAnswer[kind].holds(number, article)
    },
    knows: known.has,
  }
}

/** Reads the phrasings as questions are read: first those with marks, from which the marks of the others are found. */
function readAll(asked: readonly string[][], answers: readonly Words[], groups: readonly ConceptGroup[]) {
  const vocabulary = vocabularyOf([...asked.flat().map(wordsOfArticle), ...answers])
  const asTyped = asked.map((texts) => texts.map((text) => wordsOfQuestion(text, vocabulary)))
  const withMarks = asTyped.flat().filter(({ marks }) => marks === 'typed')
  const synonyms = groups.flatMap(({ phrases }) => phrases.map((phrase) => wordsOfQuestion(phrase, vocabulary)))
  const known: KnownWords = { ...vocabulary, putMarks: learnMarks([...withMarks, ...answers, ...synonyms], everydaySpeech.map(wordsOfArticle)) }
  return {
    known,
    findConcepts: conceptFinder(groups, (phrase) => wordsOfQuestion(phrase, known)),
    phrasings: asTyped.map((of, article) => of.map((words, at) => (words.marks === 'typed' ? words : wordsOfQuestion(asked[article]![at]!, known)))),
  }
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, value), 0)

/** Words at the end that address us or soften: they ask nothing, and make the question longer than it is. */
const softeners: ReadonlySet<string> = new Set(['a', 'ad', 'admin', 'bot', 'nhe', 'nha', 'nhi', 'da', 'oi', 'voi', 'vay', 'he', 'hen', 'nghen', 'hi'])

/** "Dạ ad cho em hỏi chút": an opening that ends in asking or being told, with nothing named yet. */
const opening = /^(?:(?:xin|chao|da|thua|ad|admin|bot|oi|a|alo|hello|hi|ban|anh|chi|bac|co|chu|cac|lam on|vui long|cho|toi|em|minh|chau|con|muon|can|nho|hay|duoc) ){0,8}(?:hoi|biet|noi cho (?:toi|em|minh)(?: biet)?) (?:(?:chut|ti|xiu|la|rang|a|ad|voi|ve|them|mot|cau|viec|chuyen) ){0,4}/

/** At least so many words must be left of a question. */
const leastLeft = 3

function withoutSofteners({ tokens, marks }: Words): Words {
  const last = tokens.findLastIndex(({ folded }) => !softeners.has(folded))
  const rest = last === -1 ? tokens : tokens.slice(0, last + 1)
  const opened = opening.exec(rest.slice(0, 14).map(({ folded }) => `${folded} `).join(''))?.[0].trim().split(' ').length ?? 0
  return { tokens: rest.length - opened >= leastLeft ? rest.slice(opened) : rest, marks }
}

/** Numbers of all kinds of term. What is learnt comes from articles; a question's strange words are not kept. */
function termNumbers(findConcepts: FindConcepts) {
  const marked = numberTerms<string>()
  const folded = numberTerms<string>()
  const pairs = numberTerms<number>()
  const grams = numberTerms<number>()
  const concepts = numberTerms<string>()
  return {
    learn(words: Words, withGrams = true): Terms {
      const said = words.tokens.map((token) => folded.learn(token.folded))
      return {
        marked: words.tokens.map((token) => marked.learn(token.marked)), folded: said, pairs: pairsOf(said).map(pairs.learn),
        grams: withGrams ? gramsOf(words).map(grams.learn) : [], concepts: findConcepts(words).map(concepts.learn),
      }
    },
    of(words: Words): Terms {
      const said = folded.of(words.tokens.map((token) => token.folded))
      return {
        marked: marked.of(words.tokens.map((token) => token.marked)), folded: said, pairs: pairs.of(pairsOf(said)),
        grams: grams.of(gramsOf(words)), concepts: concepts.of(findConcepts(words)),
      }
    },
    ofWord: (word: string): number => folded.of([word])[0]!,
    ofMarked: (word: string): number => marked.of([word])[0]!,
    get sizes(): Record<Kind, number> {
      return { marked: marked.size, folded: folded.size, pairs: pairs.size, grams: grams.size, concepts: concepts.size }
    },
  }
}

const indexKinds = (texts: readonly Terms[], sizes: Record<Kind, number>, b: number, documentOf?: Int32Array): Record<Kind, Bm25> =>
  Object.fromEntries(kinds.map((kind) => [kind, indexTerms(texts.map((terms) => terms[kind]), sizes[kind], b, documentOf)])) as Record<Kind, Bm25>

/** How much of their weight words with marks have. Marks that were found, not typed, are right nine times in ten. */
const trustInMarks: Record<Words['marks'], number> = { typed: 1, found: 0.5, missing: 0 }

/** Of every document. `trusted`: how far words with marks count; the concepts count only where the question has any. */
function scoresOf(index: Record<Kind, Bm25>, documents: number, terms: Terms, trusted: number): Float64Array {
  const scores = new Float64Array(documents)
  const weightOf = (kind: Kind): number => (terms[kind].length === 0 ? 0 : weights.kind[kind] * (kind === 'marked' ? trusted : 1))
  const total = kinds.reduce((sum, kind) => sum + weightOf(kind), 0)
  for (const kind of kinds) if (weightOf(kind) > 0) index[kind].score(terms[kind], weightOf(kind) / total, scores)
  return scores
}

/** The best score among each article's phrasings. */
function bestOf(scores: Float64Array, articleOf: Int32Array, articles: number): Float64Array {
  const best = new Float64Array(articles)
  scores.forEach((score, at) => {
    const article = articleOf[at]!
    if (score > best[article]!) best[article] = score
  })
  return best
}

/** Two words side by side as one number, small enough to be kept without a box (beyond 32,768 different words, some share one). */
const pairsOf = (said: readonly number[]): number[] => said.slice(1).map((second, at) => said[at]! * 0x8000 + second)

/** Three to five characters in a row, across word borders, each packed into one number: six bits a character. */
function gramsOf({ tokens }: Words): number[] {
  const codes = [1]
  for (const { folded } of tokens) {
    for (const character of folded) codes.push(codeOf(character.codePointAt(0)!))
    codes.push(1)
  }
  const grams: number[] = []
  for (let at = 0; at + 3 <= codes.length; at++) {
    let gram = (codes[at]! << 12) | (codes[at + 1]! << 6) | codes[at + 2]!
    grams.push(gram)
    for (let next = at + 3; next < Math.min(at + 5, codes.length); next++) grams.push((gram = (gram << 6) | codes[next]!))
  }
  return grams
}

/** 1 to 63: space, digits, a–z; whatever else shares the rest. */
function codeOf(point: number): number {
  if (point === 32) return 1
  if (point >= 48 && point <= 57) return point - 46
  if (point >= 97 && point <= 122) return point - 85
  return 38 + (point % 26)
}
