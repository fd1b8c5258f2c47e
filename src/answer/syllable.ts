/**
 * Which letter strings can be a Vietnamese syllable. The set of rimes is closed, so this needs no dictionary; it says
 * "possible", not "exists" (`nhoạt` is possible).
 */

const onsets = 'ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x'

const rimes = new Set(`
  a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
  e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
  i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
  o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot
  ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
  u ua uân uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uynh uyt uyp uyu
  ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ưt ưu y yêm yên yêng yêt yêu`.trim().split(/\s+/))
/** After `qu` the u is part of the onset: quýt, quỳnh. */
const rimesAfterQu = new Set(['ynh', 'yt', 'yp'])

const parts = new RegExp(`^(${onsets})?(.+)$`, 'u')
const toneOf: Readonly<Record<string, string>> = { '\u0301': '1', '\u0300': '2', '\u0309': '3', '\u0303': '4', '\u0323': '5' }

/** A lower-case word taken apart: `hoà` and `hòa` are both `{ letters: 'hoa', tone: '2' }`. Tone is `''` where none is written. */
export function takeApart(word: string): { letters: string; tone: string } {
  if (/^[a-z\d]*$/.test(word)) return { letters: word, tone: '' }
  let tone = ''
  const letters = word.normalize('NFD').replace(/[\u0300\u0301\u0303\u0309\u0323]/g, (mark) => {
    tone = toneOf[mark]!
    return ''
  })
  return { letters: letters.normalize('NFC'), tone }
}

/** Whether letters (marks kept, tone taken off) and a tone can be one syllable. Stops (`c ch p t`) take only sắc and nặng. */
export function isSyllable(letters: string, tone: string): boolean {
  if (/(?:c|ch|p|t)$/.test(letters) && tone !== '1' && tone !== '5') return false
  return possible(letters, rimes)
}

const foldLetters = (s: string): string => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replaceAll('đ', 'd')
const foldedRimes = new Set([...rimes].map(foldLetters))

/** Whether a word typed without marks can be a syllable: `duoc`, `khong`; not `phair`, `noopj`, `app`. */
export const isFoldedSyllable = (word: string): boolean => possible(word, foldedRimes)

function possible(letters: string, allowed: ReadonlySet<string>): boolean {
  const found = parts.exec(letters)
  if (found === null) return false
  const onset = found[1] ?? ''
  const rime = found[2]!
  if (allowed.has(rime) && spelledWell(onset, rime)) return true
  if (onset === 'qu') return rimesAfterQu.has(rime)
  // `gì`, `gìn`, `giếng`: the i of gi is the vowel itself.
  return onset === 'gi' && (allowed.has(`i${rime}`))
}

function spelledWell(onset: string, rime: string): boolean {
  const front = /^[eêiy]/.test(rime)
  if (onset === 'k' || onset === 'gh' || onset === 'ngh') return front
  return !(front && (onset === 'c' || onset === 'ng'))
}

/** Whether a word has no marks: none of a vowel, no đ, no tone, also where a digit stands for it. */
export const isBare = (word: string): boolean => /^[a-z]+$/.test(word)
