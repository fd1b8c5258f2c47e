import { isFoldedSyllable, isSyllable, takeApart } from './syllable.ts'

/** Letters with their marks and the tone digit (`1` sắc … `5` nặng, `''` none): what an input method would have made. */
export interface Typed { letters: string; tone: string }

const telexTones: Readonly<Record<string, string>> = { s: '1', f: '2', r: '3', x: '4', j: '5' }
const onset = /^(?:ngh|ng|nh|gh|kh|ph|qu|th|tr|ch|dd|[bcdđghklmnpqrstvx])/

/**
 * What a word was meant to be that an unset input method left as keys: `ddawng` → đăng, `kys` → ký, `dangd` → đang.
 * Null when the word is a syllable as it stands, or the keys do not make one: a valid syllable is never changed.
 */
export function undoTelex(word: string): Typed | null {
  if (!/[sfrxjwd]|aa|ee|oo/.test(word.slice(1)) || standsAlone(word)) return null
  let head = onset.exec(word)?.[0] ?? ''
  let rest = word.slice(head.length)
  if (head === 'dd') head = 'đ'
  if (head === 'd' && rest.includes('d')) {
    head = 'đ'
    rest = rest.replace('d', '')
  }
  let { letters, tone } = takeApart(rest)
  if (tone === '') {
    letters = letters.replace(/[sfrxj]/g, (key) => {
      tone = telexTones[key]!
      return ''
    })
  }
  const typed = { letters: head + hats(letters, tone !== ''), tone }
  return isSyllable(typed.letters, typed.tone) ? typed : null
}

/** `aa`, and `a…a` when the hat was typed after the end of the syllable, as some do (`dienejs`): only beside a tone key. */
const hats = (keys: string, apart: boolean): string => ['aâ', 'eê', 'oô'].reduce(
  (letters, [vowel, hat]) => letters.replace(new RegExp(`${vowel}([^${vowel}]*)${vowel}`), (all, between: string) => (between === '' || apart ? hat + between : all)),
  horns(keys),
)

function horns(keys: string): string {
  if (!keys.includes('w')) return keys
  const bare = keys.replaceAll('w', '')
  if (/uo/.test(bare)) return bare.replace('uo', 'ươ')
  if (/oa/.test(bare)) return bare.replace('oa', 'oă')
  if (/[aou]/.test(bare)) return bare.replace(/[aou]/, (vowel) => ({ a: 'ă', o: 'ơ', u: 'ư' })[vowel]!)
  return keys.replace('w', 'ư')
}

const vniVowel: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  6: { a: 'â', e: 'ê', o: 'ô' },
  7: { o: 'ơ', u: 'ư' },
  8: { a: 'ă' },
}

/** The same for VNI keys: `d9a8ng` → đăng, `ky1` → ký. Null when they make no syllable. */
export function undoVni(word: string): Typed | null {
  if (!/^[a-zđ][a-zđ\d]*\d[a-zđ\d]*$/.test(word) || /\d{3}/.test(word)) return null
  let tone = ''
  let letters = ''
  for (const key of word) {
    if (/[1-5]/.test(key)) tone = key
    else if (key === '9') letters = letters.replace('d', 'đ')
    else if (/[678]/.test(key)) letters = mark(letters, key)
    else if (key === '0') return null
    else letters += key
  }
  return isSyllable(letters, tone) ? { letters, tone } : null
}

/** The marked vowel is the last one that can take the mark; `uo7` marks both: người, được. */
function mark(letters: string, key: string): string {
  if (key === '7' && /[uư]o/.test(letters)) return letters.replace(/[uư]o/, 'ươ')
  const marks = vniVowel[key]!
  for (let at = letters.length - 1; at >= 0; at--) {
    const marked = marks[letters[at]!]
    if (marked !== undefined) return letters.slice(0, at) + marked + letters.slice(at + 1)
  }
  return letters
}

/** Keys that only VNI leaves inside a word: one such word shows that `ky1` beside it is VNI too, not "kỳ 1". */
export const showsVni = (word: string): boolean => /^[a-zđ]+[6-9]/.test(word) && undoVni(word) !== null

/** A syllable with a tone key behind it, as `bao1`: three of them in one message are no numbers. A label counts on: `muc1`, `lop2`. */
export const mayBeVni = (word: string): boolean => /^[a-zđ]{2,}[1-5]$/.test(word) && !/^(?:muc|mục|lop|buoc|bai|quy|cap|khoi|hang|bac|tap|so|khu|to|ap|doi|nhom|loai|phan|cau)\d$/.test(word) && undoVni(word) !== null

function standsAlone(word: string): boolean {
  const { letters, tone } = takeApart(word)
  return isSyllable(letters, tone) || isFoldedSyllable(word)
}
