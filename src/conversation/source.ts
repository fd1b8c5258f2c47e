import type { Source } from '../answer/article.ts'
import { shorten } from '../core/text.ts'

/** Longest title of a source that is told. */
const longestTitle = 60

const kinds = ['Luật', 'Nghị định', 'Nghị quyết', 'Thông tư', 'Quyết định', 'Chỉ thị', 'Kế hoạch', 'Công điện', 'Công văn', 'Bộ luật', 'Hiến pháp']

/** How the number of a document tells its kind, where its title does not. */
const kindOfNumber: readonly [sign: RegExp, kind: string][] = [
  [/NĐ-CP$/, 'Nghị định'], [/\bTT-|\/TT/, 'Thông tư'], [/QĐ-/, 'Quyết định'], [/NQ[-/]/, 'Nghị quyết'], [/CT-/, 'Chỉ thị'], [/QH\d/, 'Luật'], [/KH\//, 'Kế hoạch'], [/CĐ-/, 'Công điện'],
]

/**
 * What an answer rests on, in a few words: `Nghị định 69/2024/NĐ-CP`, a law with its name: `Luật Căn cước 26/2023/QH15`. A numbered document goes before a law without
 * number, that before a newspaper; null where there is no source.
 */
export function tellSource(sources: readonly Source[]): string | null {
  const source = sources.find(({ number }) => number !== null) ?? sources.find(({ title }) => kindOf(title) !== null) ?? sources[0]
  if (source === undefined) return null
  const { number, title } = source
  if (number === null) return shorten(title, longestTitle)
  const law = title.replace(/ *\([^)]*\)/g, '')
  if (law.startsWith('Luật ') && `${law} ${number}`.length <= longestTitle) return `${law} ${number}`
  const kind = kindOf(title) ?? kindOfNumber.find(([sign]) => sign.test(number))?.[1]
  return kind === undefined ? `${shorten(title, longestTitle)} (${number})` : `${kind} ${number}`
}

const kindOf = (title: string): string | null => kinds.find((kind) => title.startsWith(kind)) ?? null
