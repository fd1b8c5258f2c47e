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
    if (repeats(sentence) || said.some((before) => before.startsWith(sentence))) return 'repeated'
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
  const isSame = (a: Fact, b: Fact): boolean => a.kind === b.kind && a.key === b.key && (a.kind !== 'phone' || spellsPhone(a.text, b))
  const invented = said.find((fact) => !given.some((other) => isSame(fact, other)))
  if (invented !== undefined) return `invented_${invented.kind}`
  const isMisplaced = (fact: Fact): boolean => {
    const alike = given.filter(({ kind }) => kind === fact.kind)
    return !inSameCompany(sentence, fact, passage, alike.filter(({ key }) => key === fact.key), alike.filter(({ key }) => key !== fact.key))
  }
  if (said.some(isMisplaced)) return 'fact_out_of_place'
  const mark = marksOf([...given, ...said])
  const rest = withMarks(sentence, said, mark)
  // "5 ngày.com": behind a fact, or where two words run into each other, phones see a link.
  if (/\S\.[\p{L}\p{Co}]/u.test(rest)) return 'invented_link'
  const own = withMarks(passage, given, mark)
  // "–70 tuổi"
  if ((rest.match(signed) ?? []).some((sign) => !own.includes(sign))) return 'fact_out_of_place'
  return whyUnlike(rest, own)
}

/** A figure with a sign or a mark of its own before it. */
const signed = /(?<=^|\s)[–—+%/-]\p{Co}/gu

const repeats = (sentence: string): boolean => {
  const clauses = sentence.split(/[.;!?]/u).map((clause) => clause.trim().toLowerCase()).filter((clause) => clause !== '')
  return new Set(clauses).size < clauses.length
}

/** As in the passage, or its digits without a break: "10 22" reads as another number. */
const spellsPhone = (said: string, { text, key }: Fact): boolean => said === key || said.replaceAll('\u00a0', ' ') === text.replaceAll('\u00a0', ' ')

/** Letters of Vietnamese, digits and the signs of plain prose. No brackets: they belong to tokens and code. */
const ordinary = /^[a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ\d .,;:!?()“”"'‘’/%+–—…-]$/u

/** One character that stands for a fact, the same for the same fact: no letter of any text. */
function marksOf(facts: readonly Fact[]): (fact: Fact) => string {
  const marks = new Map<string, string>()
  for (const { kind, key } of facts) if (!marks.has(`${kind} ${key}`)) marks.set(`${kind} ${key}`, String.fromCharCode(0xe000 + marks.size))
  return ({ kind, key }) => marks.get(`${kind} ${key}`)!
}

const withMarks = (text: string, facts: readonly Fact[], mark: (fact: Fact) => string): string =>
  facts.reduce((rest, fact) => rest.slice(0, fact.start) + mark(fact).repeat(fact.end - fact.start) + rest.slice(fact.end), text)
