import { lengthOf } from '../../core/text.ts'
import { findFacts, type Fact } from './facts.ts'
import type { NotGrounded, Written } from './outcome.ts'
import { withoutTokens, type Passage, type Tokens } from './passages.ts'
import { inSameCompany, whyUnlike } from './wording.ts'

/** One sentence as the model gave it. */
export interface Claimed {
  text: string
  /** Id of the passage that it says it comes from. */
  passage: string
}

const longestSentence = 350
/** About what a phone shows at once. */
const longestAnswer = 700

/**
 * The model's sentences as they may go out, or why none of them may: one that does not stand in the passage it names
 * spoils all. Nothing the model says is believed; each sentence is held against the article's own words.
 */
export function verify(sentences: readonly Claimed[], passages: readonly Passage[], tokens: Tokens): Written | NotGrounded {
  const byId = new Map(passages.map((passage) => [passage.id, passage]))
  const said: string[] = []
  const articles = new Set<string>()
  for (const { text, passage: id } of sentences) {
    const passage = byId.get(id)
    if (passage === undefined) return 'unknown_passage'
    const sentence = withoutTokens(tidy(text), tokens)
    if (sentence === null) return 'unknown_token'
    const wrong = whyUngrounded(sentence, passage.text)
    if (wrong !== null) return wrong
    said.push(/[.!?:…]$/u.test(sentence) ? sentence : `${sentence}.`)
    articles.add(passage.articleId)
  }
  if (articles.size !== 1) return 'mixed_articles'
  const text = said.join(' ')
  return lengthOf(text) > longestAnswer ? 'too_long' : { text, articleId: [...articles][0]! }
}

/** One line, composed letters, no mark or number of a list before it. */
const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').replace(/^ ?(?:[-•–*]|\d{1,2}[.)]) /u, '').trim()

function whyUngrounded(sentence: string, passage: string): NotGrounded | null {
  if (lengthOf(sentence) > longestSentence) return 'too_long'
  if ([...sentence].some((character) => !ordinary.test(character.toLowerCase()) && !passage.includes(character))) return 'strange_characters'
  const said = findFacts(sentence)
  const given = findFacts(passage)
  const invented = said.find(({ kind, key }) => !given.some((fact) => fact.kind === kind && fact.key === key))
  if (invented !== undefined) return `invented_${invented.kind}`
  const isMisplaced = (fact: Fact): boolean => {
    const alike = given.filter(({ kind }) => kind === fact.kind)
    return !inSameCompany(sentence, fact, passage, alike.filter(({ key }) => key === fact.key), alike.filter(({ key }) => key !== fact.key))
  }
  if (said.some(isMisplaced)) return 'fact_out_of_place'
  const rest = without(sentence, said)
  // "5 ngày.com": behind a fact, or where two words run into each other, phones see a link.
  if (/\S\.\p{L}/u.test(rest)) return 'invented_link'
  return whyUnlike(rest, without(passage, given))
}

/** Letters of Vietnamese, digits and the signs of plain prose. No brackets: they belong to tokens and code. */
const ordinary = /^[a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ\d .,;:!?()“”"'‘’/%+–—…-]$/u

const without = (text: string, facts: readonly Fact[]): string =>
  facts.reduce((rest, { start, end }) => rest.slice(0, start) + '|'.repeat(end - start) + rest.slice(end), text)
