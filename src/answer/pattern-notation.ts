import { fold } from '../core/text.ts'
import { takeApart } from './syllable.ts'

export interface CompiledPattern {
  /** For a regular expression over a text in which each word follows one space, with one space at the end. */
  source: string
  /** Every text that fits holds one of these: a word, or two words side by side (`khó thở`) where that tells more. */
  keys: readonly string[]
}

/** Reads the notation told at `anyOf`. Throws a plain `Error` naming a pattern that is wrongly written. */
export function compilePattern(pattern: string): CompiledPattern {
  const parts = pattern.match(/[«»]|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? []
  let at = 0
  let onlyMarked = false

  function alternatives(): Part {
    const read = [sequence()]
    while (parts[at] === '|') {
      at++
      read.push(sequence())
    }
    return {
      source: read.map((part) => part.source).join('|'),
      keys: all(read.map((part) => part.keys)), first: all(read.map((part) => part.first)), last: all(read.map((part) => part.last)),
    }
  }

  function sequence(): Part {
    const read: Part[] = []
    while (at < parts.length && parts[at] !== '|' && parts[at] !== ')') {
      if (parts[at] === '«' || parts[at] === '»') onlyMarked = parts[at++] === '«'
      else read.push(item())
    }
    const sideBySide = read.slice(1).map((part, before) => pairs(read[before]!.last, part.first))
    return {
      source: read.map((part) => part.source).join(''), keys: mostTelling([...read.map((part) => part.keys), ...sideBySide]),
      first: read[0]?.first ?? [], last: read.at(-1)?.last ?? [],
    }
  }

  function item(): Part {
    const part = parts[at++]!
    const read = part === '(' ? group() : signs[part] ?? word(part)
    if (parts[at] !== '?') return read
    at++
    return { ...nothing, source: `(?:${read.source})?` }
  }

  function group(): Part {
    const inside = alternatives()
    if (parts[at++] !== ')') throw new Error(`Unclosed "(" in pattern: ${pattern}`)
    return { ...inside, source: `(?:${inside.source})` }
  }

  function word(part: string): Part {
    if (!/^[\p{L}\p{M}\p{N}]/u.test(part)) throw new Error(`"${part}" means nothing in pattern: ${pattern}`)
    const forms = onlyMarked ? [markedForm(part)] : bothForms(part)
    return { source: ` (?:${forms.join('|')})(?= )`, keys: forms, first: forms, last: forms }
  }

  const { source, keys } = alternatives()
  if (at < parts.length || keys.length === 0) throw new Error(`Unread rest, or no word that must be there, in pattern: ${pattern}`)
  return { source, keys }
}

/** Empty lists: nothing certain. */
interface Part extends CompiledPattern {
  first: readonly string[]
  last: readonly string[]
}

const nothing: Part = { source: '', keys: [], first: [], last: [] }
const signs: Readonly<Record<string, Part>> = {
  '…': { ...nothing, source: '(?: [^ ]+){0,4}' },
  '^': { ...nothing, source: '^' },
  $: { ...nothing, source: ' $' },
}

/** What one of several alternatives must hold: nothing certain where one of them is uncertain. */
const all = (lists: readonly (readonly string[])[]): readonly string[] => (lists.some((list) => list.length === 0) ? [] : lists.flat())

const pairs = (last: readonly string[], first: readonly string[]): readonly string[] =>
  last.length * first.length > 400 ? [] : last.flatMap((before) => first.map((after) => `${before} ${after}`))

const mostTelling = (candidates: readonly (readonly string[])[]): readonly string[] =>
  candidates.filter((keys) => keys.length > 0).reduce((best, keys) => (best.length === 0 || usualness(keys) < usualness(best) ? keys : best), [])

/** The share of ordinary questions that hold one of the keys, roughly. */
const usualness = (keys: readonly string[]): number =>
  keys.reduce((sum, key) => sum + key.split(' ').reduce((product, word) => product * shareOf(word), 1), 0)

/** The same few words stand in thousands of patterns: each is looked at once. */
const shares = new Map<string, number>()

function shareOf(form: string): number {
  const known = shares.get(form)
  if (known !== undefined) return known
  const word = fold(form).replace(/(?<=\p{L})\d$/u, '')
  const share = often.has(word) ? 0.12 : sometimes.has(word) ? 0.04 : 0.003
  shares.set(form, share)
  return share
}

/** A word as it is compared: letters with marks, tone as a digit, hỏi and ngã alike. */
function markedForm(word: string): string {
  const { letters, tone } = takeApart(word.normalize('NFC').toLowerCase())
  return letters.replace(/^(h|k|l|m|s|t)y$/, '$1i') + (tone === '4' ? '3' : tone)
}

const formsOfWords = new Map<string, readonly string[]>()

function bothForms(word: string): readonly string[] {
  const known = formsOfWords.get(word) ?? readForms(word)
  formsOfWords.set(word, known)
  return known
}

function readForms(word: string): readonly string[] {
  const marked = markedForm(word)
  const bare = fold(marked).replace(/(?<=\p{L})\d$/u, '')
  return marked === bare || fold(word) === word ? [marked] : [marked, bare]
}

// Counted over the labelled questions of the evaluation: words in more than one of fifteen, and of fifty.
const often = wordSet(`
  co so khong lam o cho dau gi bao nao dien tien toi bi duoc chuyen nhan doi ho phai thi tren sao vneid lai cong la can nguoi tai the dang khoan hang cua mat tu
  dung giay xa`)
const sometimes = wordSet(`
  nop may qua thoai ky ma gia mang de ban to nha thu goi noi ngan tin roi tra nay cai vu dan mo ra bo nhieu muon tinh an dong em va ai ngay lua gio dinh cap dich
  muc hoi k cach moi danh do di bang tui tuc tuyen xe minh con phi chi ve cuoc khac nhap chu thong chinh biet nam truc dat mua vao thuc online xin hoc nhung khoa
  khi ket han het sinh truoc nhu khau lay mot ca vay vien toan`)

function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}
