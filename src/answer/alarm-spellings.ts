import { remembered } from '../core/remembered-texts.ts'
import { fold } from '../core/text.ts'
import { abbreviations, chatSpellings, table } from './chat-spellings.ts'
import { isFoldedSyllable } from './syllable.ts'
import { undoTelex } from './telex.ts'

/**
 * The words of a message as whoever is in danger may have meant them: `mun chit` as muon chet, `bi hip` as bi hiep, `bất
 * tỉh` as bất tỉnh. Only for looking whether somebody is: in a question most of these would be guessed wrong too often.
 */
export function meantInDanger(said: readonly string[]): readonly string[] {
  return said.some((word) => spellings.has(word) || !isWhole(word)) ? said.map((word, at) => meant(word, said[at - 1] ?? '', said[at + 1] ?? '')) : said
}

/** Without marks as without, so that patterns told only with marks do not fit. What they are besides stands in `otherwise`. */
const spellings: ReadonlyMap<string, readonly string[]> = table(`
  mun = muon
  mún = muốn
  chit = chet
  chít chếc chếk ckết = chết
  chek chec = chet
  hip = hiep
  híp = hiếp
  ciu = cuu
  cíu kíu = cứu
  zup = giup
  zúp = giúp
  zet = giet
  zết = giết
  zao = dao
  thuok = thuoc
  thuốk = thuốc
  ún = uống
  xún = xuống
  đúi = đuối
  rùi ròi gòi = rồi
  ngui = nguoi
  qa = qua
  wá = quá
  iem = em
`)

/** Beside these a spelling is the other word that it is: ebony, a headscarf, a dance, thanks, "ngắn ngủi". */
const otherwise: ReadonlySet<string> = new Set(`
  gỗ mun|go mun|mèo mun|meo mun|đen mun|den mun|tro mun|màu mun|mau mun|gà mun|ga mun|chó mun|cho mun
  một chít|mot chit|chút chít|chut chit|tí chít|ti chit|xíu chít|xiu chit|chít xíu|chit xiu|chit chat|chít chát|khăn chít|khan chit|chít khăn|chit khan|chuột chít|chut chít
  hip hop|hip hip|quần híp|híp mắt|hip mat|mắt híp|mat hip|béo híp|beo hip|thank kíu|than kíu|sen kíu|bùi ngui|bui ngui|ngan ngui`.split(/[|\n]/).map((pair) => pair.trim()))

/** Mostly "check": died of only at the end of a wish. */
const mostlyChecked = new Set(['chek', 'chec', 'check'])
const wishes = new Set(['muon', 'muốn', 'mun', 'mún', 'thà', 'tha', 'đòi'])
const closings = new Set(['', 'quá', 'wá', 'wa', 'quách', 'phứt', 'phut', 'quach'])

function meant(word: string, before: string, after: string): string {
  const [spelling] = spellings.get(word) ?? []
  if (spelling === undefined) return isWhole(word) ? word : withLettersLeftOut(word)
  if (otherwise.has(`${before} ${word}`) || otherwise.has(`${word} ${after}`)) return word
  return mostlyChecked.has(word) && !(wishes.has(before) && closings.has(after)) ? word : spelling
}

/** A syllable of Vietnamese, a usual short form, keys of an input method, a word from abroad, or something with digits. */
const isWhole = remembered(
  (word) => isFoldedSyllable(fold(word)) || chatSpellings.has(word) || abbreviations.has(word) || fromAbroad.has(word) || /\d/.test(word) || undoTelex(word) !== null,
  (word) => word.length <= 12 && !/\d/.test(word), 20_000)
const fromAbroad = new Set(['lag', 'log', 'tag', 'bug', 'bag', 'dog', 'fan', 'fa', 'fax', 'kun', 'kaki', 'kali', 'wow'])

/** `khôg` → không, `tỉh` → tỉnh, `fỏng` → phỏng, `jết` → giết, `kướp` → cướp, `wật` → quật, `bj` → bi: where that makes a syllable. */
function withLettersLeftOut(word: string): string {
  const whole = hasty.reduce((left, [written, put]) => left.replace(written, put), word)
  return isFoldedSyllable(fold(whole)) ? whole : word
}
const hasty: readonly [RegExp, string][] = [[/(?<![nc])g$/u, 'ng'], [/(?<![nckptg])h$/u, 'nh'], [/^f/u, 'ph'], [/^j/u, 'gi'], [/^w/u, 'qu'], [/^k(?!h)/u, 'c'], [/(?<=^[bcdđghlmnt]+)j$/u, 'i']]
