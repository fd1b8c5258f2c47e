import { findNumberWords, labels, unitsAfter } from './number-words.ts'

/** What no machine may make up: it stands in the article, or it is not said. */
export type FactKind = 'link' | 'document' | 'date' | 'phone' | 'amount' | 'number'

export interface Fact {
  kind: FactKind
  /** As written, with its unit: `5 ngày`. */
  text: string
  start: number
  end: number
  /** The same for the same fact in another spelling: `18006838` for `1800 6838`, `1/7/2026` for `01/07/2026`. */
  key: string
}

/**
 * Everything in a text that has a digit, is a link, or is a number in words, in order and without overlaps: outside the
 * facts there is no digit left. A figure carries its unit, or the word before it that says which one it is (`mức 2`).
 */
export function findFacts(text: string): Fact[] {
  const written = findWritten(text)
  const blank = written.reduce((rest, { start, end }) => rest.slice(0, start) + '|'.repeat(end - start) + rest.slice(end), text)
  const spoken = findNumberWords(blank).map(({ start, end, key }): Fact => ({ kind: /đồng|triệu|nghìn|tỷ|%/.test(key) ? 'amount' : 'number', text: text.slice(start, end), start, end, key }))
  return [...written, ...spoken].sort((a, b) => a.start - b.start)
}

function findWritten(text: string): Fact[] {
  const facts: Fact[] = []
  pattern.lastIndex = 0
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const { link, document, dated, dayOf, monthOf, yearOf, run } = found.groups as Record<string, string | undefined>
    const start = found.index
    const fact = (kind: FactKind, said: string, key: string, end = start + said.length): Fact => ({ kind, text: text.slice(start, end), start, end, key })
    if (link !== undefined) facts.push(fact('link', trimmed(link), linkKey(trimmed(link))))
    else if (document !== undefined) facts.push(fact('document', document, document.toLowerCase()))
    else if (dated !== undefined) facts.push(fact('date', dated, dateKey(dated.split(/[/.-]/))))
    else if (dayOf !== undefined) facts.push(fact('date', found[0], dateKey([dayOf, monthOf!, ...(yearOf === undefined ? [] : [yearOf])])))
    else facts.push(figure(text, start, run!))
    pattern.lastIndex = facts.at(-1)!.end
  }
  return facts
}

/** In this order at each place. A word that holds a digit is a figure whatever its letters are: `l8OO`. */
const pattern = new RegExp([
  String.raw`(?<link>(?:https?:\/\/|www\.)\S+|[\p{L}\d._%+-]+@[\p{L}\d.-]+|[\p{L}\d][\p{L}\d-]*(?:\.[\p{L}\d-]+)*\.\p{L}{2,}(?:[/?#:]\S*)?)`,
  String.raw`(?<document>\d+(?:\.\d+)?(?:\/\d+)?\/\p{L}[\p{L}\d]*(?:-[\p{L}\d]+)*(?![\p{L}\d-]|\.\p{L}))`,
  String.raw`(?<dated>(?<![\d.,/-])\d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}|\/\d{1,2}\/\d{2}|\/\d{4}|\/\d{1,2})(?![\p{L}\d]|[./-]\d|\.\p{L}))`,
  String.raw`ngày\s+(?<dayOf>\d{1,2})\s+tháng\s+(?<monthOf>\d{1,2})(?:\s+năm\s+(?<yearOf>\d{4}))?(?![\p{L}\d]|\.\p{L})`,
  String.raw`(?<run>\+?[\p{L}\d]*\d[\p{L}\d]*(?:[ \u00a0.,:/–-]\d[\p{L}\d]*)*)`,
].join('|'), 'gu')

const trimmed = (link: string): string => link.replace(/[.,;:!?)\]}”"'’…]+$/u, '')
const linkKey = (link: string): string => link.toLowerCase().replace(/^https:\/\//, '').replace(/\/$/, '')
const dateKey = (parts: readonly string[]): string => parts.map(Number).join('/')

/** Emergency and short numbers; the longer ones are told by their shape. */
const shortPhones = /^(?:11[1-5]|156|5656|1022|1\d00\d{4,6})$/

function figure(text: string, start: number, written: string): Fact {
  // `83k`, `500000đ`: the letters behind the digits are the unit.
  const letters = /(?<=\d)\p{L}{1,3}$/u.exec(written)?.[0] ?? ''
  const run = letters !== '' && unitsAfter(letters, 0).key !== '' ? written.slice(0, -letters.length) : written
  const bare = run.replace(/[ \u00a0.-]/g, '')
  const isPhone = shortPhones.test(bare) || /^(?:0\d{8,10}|\+84\d{8,10})$/.test(bare)
  const counted = unitsAfter(text, start + run.length)
  if (isPhone && counted.key === '') return { kind: 'phone', text: run, start, end: start + run.length, key: bare }
  const value = (/^\d{1,3}(?:\.\d{3})+$/.test(run) ? run.replaceAll('.', '') : run).toLowerCase().replaceAll('\u00a0', ' ').replaceAll('–', '-')
  const key = counted.key === '' ? [labelBefore(text, start), value].join(' ').trim() : `${value} ${counted.key}`
  return { kind: /đồng|triệu|nghìn|tỷ|%/.test(counted.key) ? 'amount' : 'number', text: text.slice(start, counted.end), start, end: counted.end, key }
}

function labelBefore(text: string, start: number): string {
  const before = /(\p{L}+)[\s\u00a0]*$/u.exec(text.slice(Math.max(0, start - 20), start))?.[1]?.toLowerCase() ?? ''
  return labels.has(before) ? before : ''
}
