import { fold } from '../core/text.ts'
import { isBare } from './syllable.ts'

/** A word (`Token.marked`) as it would be written where another region's sounds are the same: `xinh`/`sinh`, `sanh`/`sinh`, `nhưt1`/`nhât1`, `biêc1`/`biêt1`. */
export function soundAlikes(word: string): string[] {
  const { letters, tone } = /^(?<letters>.*?)(?<tone>\d?)$/u.exec(word)!.groups as { letters: string; tone: string }
  const begun = beginnings.flatMap(([written, others]) => (letters.startsWith(written) ? others.map((other) => other + letters.slice(written.length)) : []))
  const sounds = isBare(letters) ? bareEndings : endings
  const ended = [letters, ...begun].flatMap((form) => sounds.flatMap(([written, others]) => (form.endsWith(written) ? others.map((other) => form.slice(0, -written.length) + other) : [])))
  return [...begun, ...ended].map((form) => form + tone)
}

/** Told apart in some regions only: x/s, ch/tr, d/gi/r/v, l/n, g/r. */
const beginnings: readonly [string, readonly string[]][] = [
  ['x', ['s']], ['s', ['x']], ['ch', ['tr']], ['tr', ['ch']], ['gi', ['d', 'r', 'v']], ['d', ['gi', 'r', 'v']], ['r', ['d', 'gi', 'g']], ['g', ['r']], ['l', ['n']], ['n', ['l']], ['v', ['d', 'gi']],
]
const endings: readonly [string, readonly string[]][] = [
  ['anh', ['inh', 'ênh']], ['inh', ['anh', 'ênh']], ['ưt', ['ât']], ['ơn', ['ân']], ['c', ['t']], ['t', ['c', 'ch']], ['ch', ['t']], ['ng', ['n']], ['n', ['ng', 'nh']], ['nh', ['n']],
  ['iu', ['iêu', 'ưu']], ['ui', ['uôi', 'ôi']], ['ưi', ['ươi']], ['im', ['iêm']], ['ip', ['iêp']], ['ươu', ['ưu', 'iêu']], ['oan', ['an']], ['an', ['oan']], ['oai', ['ai']], ['ai', ['ay', 'oai']], ['ay', ['ai']],
  ['un', ['ôn']], ['ung', ['ông']], ['ong', ['ông']], ['om', ['ôm', 'âm']], ['op', ['ôp', 'âp']],
]
/** The same for words typed without marks. */
const bareEndings: typeof endings = endings.map(([written, others]) => [fold(written), others.map(fold)])
