import { takeApart } from '../syllable.ts'

/** Words as they are compared here: with their marks, the tone wherever it stands (`hoà` and `hòa` are one word); a fact is the one character that stands for it. */
function wordsOf(text: string): string[] {
  return (text.match(/\p{L}+|(\p{Co})\1*/gu) ?? []).map(keyOf)
}

const isFact = (word: string): boolean => /^\p{Co}/u.test(word)

function keyOf(word: string): string {
  if (isFact(word)) return word[0]!
  const { letters, tone } = takeApart(word.toLowerCase())
  return letters + tone
}

const keySet = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/).map(keyOf))

/** Words that join, soften or address: they may be added and left out. Every other word stands in the passage. */
const glue = keySet(`
  bà con anh chị em bác cô chú mình bạn xin hãy nên có thể để thì là của theo như sau khi và hoặc hay rồi đó này đây kia ấy nhé ạ dạ vâng thưa với cho
  cũng vẫn đã sẽ đang các những một mà tại ở vào ra lên xuống đến từ kể trong ngoài về việc cách làm tiếp trước tiên đầu cuối cùng cụ lại bằng qua do vì nếu
  thông tin hiện tới cần thêm muốn gì nào đâu sao thế vậy được bị`)

/** Taking one of these away, or putting one elsewhere, turns a rule round or makes it harder or softer. */
const turning = keySet('không chưa đừng chớ chẳng trừ chỉ miễn cấm khỏi phải nếu')
/** May be added ("bà con có thể nộp"), but not taken away ("có thể bị phạt"). */
const softening = keySet('thể')

/** Words that follow each other in a sentence do so in the passage too, with no more than so many telling words between them. */
const longestLeap = 5

/** Promises, verdicts, and talk about itself. Never said, whatever stands in the passage. */
const forbidden = [
  'chắc chắn', 'cam kết', 'cam đoan', 'đảm bảo', 'bảo đảm', 'xin hứa', 'tôi hứa', 'trợ lý hứa', 'yên tâm', 'tuyệt đối an toàn', 'an toàn tuyệt đối', 'nhất định sẽ', 'nhất định được', 'thế nào cũng được',
  'khỏi lo', 'không lo', 'không sao đâu', 'sẽ được duyệt', 'sẽ được giải quyết',
  'phạm tội', 'có tội', 'vô tội', 'phạm pháp', 'trái luật', 'trái pháp luật', 'đúng luật', 'hợp pháp', 'vi phạm pháp luật', 'bị tù', 'đi tù', 'phạt tù', 'thắng kiện',
  'mô hình ngôn ngữ', 'lời nhắc hệ thống', 'chỉ dẫn hệ thống', 'hướng dẫn hệ thống', 'system prompt', 'prompt', 'json', 'passage', 'chatgpt', 'openai',
].map((phrase) => ` ${wordsOf(phrase).join(' ')} `)

/**
 * Why a sentence does not say what its passage says; null when it does. Figures are for `facts.ts`: `sentence` and
 * `passage` come with each replaced by a character of the private use area, the same for the same fact.
 */
export function whyUnlike(sentence: string, passage: string): 'forbidden_phrase' | 'unsupported_word' | 'spliced' | 'changed_meaning' | 'condition_left_out' | 'empty_sentence' | null {
  const said = wordsOf(sentence)
  const line = ` ${said.join(' ')} `
  if (forbidden.some((phrase) => line.includes(phrase))) return 'forbidden_phrase'
  const known = new Set(wordsOf(passage))
  if (said.some((word) => !known.has(word) && !glue.has(word))) return 'unsupported_word'
  if (meantIn(said).length === 0) return 'empty_sentence'
  if (isSpliced(sentence, passage)) return 'spliced'
  if (turnsRound(sentence, passage)) return 'changed_meaning'
  return leavesOutCondition(sentence, passage) ? 'condition_left_out' : null
}

const meantIn = (words: readonly string[]): string[] => words.filter((word) => !glue.has(word))

/** The clauses of a text, up to a sign that ends one. */
const clausesOf = (text: string, ends: RegExp): string[][] => text.split(ends).map(wordsOf)
const sentenceEnds = /[.;!?\n]/u
const anyPause = /[.,:;!?()“”"\n]|\s[–—-]\s/u
const withoutBrackets = (text: string): string => text.replace(/\([^()]*\)/gu, ' ')

/** Whether two words follow each other that do not in any clause of the passage: words of two rules put together make a third. */
function isSpliced(sentence: string, passage: string): boolean {
  const given = [...clausesOf(passage, sentenceEnds), ...clausesOf(withoutBrackets(passage), sentenceEnds)].map(meantIn)
  const follows = (a: string, b: string): boolean =>
    given.some((clause) => clause.some((word, at) => word === a && clause.slice(at + 1, at + 2 + longestLeap).includes(b)))
  return clausesOf(sentence, anyPause).some((clause) => {
    const meant = meantIn(clause)
    return meant.some((word, at) => at > 0 && !follows(meant[at - 1]!, word))
  })
}

/** A turning word before another word than in the passage, or a clause or part of one without one that what it retells has. */
function turnsRound(sentence: string, passage: string): boolean {
  const said = clausesOf(sentence, sentenceEnds).filter((clause) => meantIn(clause).length > 0)
  const given = clausesOf(passage, sentenceEnds)
  const pairs = new Set(given.flatMap(turningPairs))
  if (said.flatMap(turningPairs).some((pair) => !pairs.has(pair))) return true
  const parts = clausesOf(passage, anyPause)
  const saidParts = clausesOf(sentence, anyPause).filter((part) => meantIn(part).length > 0)
  return said.some((clause) => lacksTurn(clause, nearest(given, clause)))
    || saidParts.some((part) => {
      const retold = nearest(parts, part)
      return meantIn(part).every((word) => retold.includes(word)) && lacksTurn(part, retold)
    })
}

function lacksTurn(said: readonly string[], retold: readonly string[]): boolean {
  const count = (words: readonly string[], key: string): number => words.filter((word) => word === key).length
  return [...turning, ...softening].some((key) => count(said, key) < count(retold, key))
}

/** Each turning word with the word it turns: the next one; none at a clause's end. */
const turningPairs = (clause: readonly string[]): string[] =>
  clause.flatMap((key, index) => (turning.has(key) ? [`${key} ${clause[index + 1] ?? ''}`] : []))

/**
 * Whether a figure is left out that stands before what is retold of its clause ("từ đủ 75 tuổi", "quá hạn trên 1 năm" are
 * conditions of all that follows), some of what "trừ" or "chỉ" names, or what "và", "hoặc" adds. What stands in brackets,
 * or else behind the last word that is said, may go.
 */
function leavesOutCondition(sentence: string, passage: string): boolean {
  const said = new Set(wordsOf(sentence))
  const given = clausesOf(withoutBrackets(passage), sentenceEnds)
  return clausesOf(sentence, sentenceEnds).map(meantIn).filter((clause) => clause.length > 0).some((clause) => {
    const retold = nearest(given, clause)
    let end = 0
    for (const word of clause) {
      const at = retold.indexOf(word, end)
      if (at !== -1) end = at + 1
    }
    const limits = clause.flatMap((word) => (limiting.has(word) ? [retold.indexOf(word)] : [])).filter((at) => at !== -1)
    if (limiting.has(clause[0]!) && meantIn(retold)[0] !== clause[0]) return true
    return retold.slice(0, end).some((word) => isFact(word) && !said.has(word))
      || limits.some((at) => meantIn(retold.slice(at)).some((word) => !said.has(word)))
      || (adding.has(retold[end] ?? '') && !said.has(meantIn(retold.slice(end))[0] ?? ''))
  })
}
const limiting = keySet('trừ chỉ')
const adding = keySet('và hoặc')

/** The clause that has most of what is said. */
function nearest(clauses: readonly string[][], said: readonly string[]): readonly string[] {
  const meant = new Set(meantIn(said))
  const shared = (clause: readonly string[]): number => new Set(clause.filter((key) => meant.has(key))).size
  return clauses.reduce((best, clause) => (shared(clause) > shared(best) ? clause : best), clauses[0] ?? [])
}

/** What makes a figure a bound: "trên 10 triệu" is not "dưới 10 triệu", "từ ngày" not "trước ngày", "từ 70 tuổi" not "70 tuổi". */
const boundsBefore = keySet('trước sau từ đến tới trên dưới hơn quá vượt đủ tối ít nhiều trong khoảng gần')
const boundsAfter = keySet('lên xuống')

/** A piece of a text: where a fact stands. */
interface Place { start: number; end: number }

/**
 * Whether a fact is said of the same thing: as the same bound, half of the words around it stand around it in the passage
 * too, and no other fact of its kind fits better there. `own`: where it stands in the passage; `others`: where the others do.
 */
export function inSameCompany(sentence: string, at: Place, passage: string, own: readonly Place[], others: readonly Place[]): boolean {
  const company = around(sentence, at, 4).flat().filter((key) => !glue.has(key))
  const met = (place: Place): number => {
    const there = new Set(around(passage, place, 9).flat())
    return company.filter((key) => there.has(key)).length
  }
  const fit = (places: readonly Place[]): number => Math.max(0, ...places.map((place) => 10 * met(place) + sameNeighbours(around(sentence, at, 2), around(passage, place, 2))))
  const alike = own.filter((place) => boundsOf(passage, place) === boundsOf(sentence, at))
  return alike.some((place) => met(place) * 2 >= company.length) && fit(alike) >= fit(others)
}

function boundsOf(text: string, { start, end }: Place): string {
  const before = wordsOf(text.slice(0, start).split(anyPause).at(-1)!).slice(-2)
  const after = wordsOf(text.slice(end).split(anyPause)[0]!).slice(0, 2)
  return [...before.filter((key) => boundsBefore.has(key)), ...after.filter((key) => boundsAfter.has(key))].join(' ')
}

/** How many of the two words before and the two after are the same, each in its place. */
function sameNeighbours([before, after]: Around, [thereBefore, thereAfter]: Around): number {
  const same = (a: readonly string[], b: readonly string[]): number => a.filter((key, index) => key === b[index]).length
  return same(before.toReversed(), thereBefore.toReversed()) + same(after, thereAfter)
}

type Around = [before: string[], after: string[]]

const around = (text: string, { start, end }: Place, reach: number): Around =>
  [wordsOf(lastClause(text.slice(0, start))).slice(-reach), wordsOf(firstClause(text.slice(end))).slice(0, reach)]

const lastClause = (text: string): string => text.slice(Math.max(...['. ', '; ', '\n', '! ', '? '].map((sign) => text.lastIndexOf(sign))) + 1)
const firstClause = (text: string): string => /^(?:(?![.;!?]\s)[^\n])*/u.exec(text)![0]
