import { SheetError } from './table.ts'

/** Looks at a workbook's parts before anything reads them. */

/** More than any sheet of ours can have; a far-off cell would make the reader fill everything before it. */
const limits = { rows: 20_000, columns: 60 }

/**
 * The parts as they may be read. Throws `SheetError` for what a plain table of texts has no need of and a reader could
 * be hurt by: document types and entities in any XML part, formulas, error values, cells far off. Formulas and errors
 * are named by sheet and cell.
 */
export function guardedParts(parts: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const texts = new Map([...parts].filter(([name]) => /\.(xml|rels|vml)$/i.test(name)).map(([name, bytes]) => [name, decoded(name, bytes)]))
  for (const [name, text] of texts) {
    if (/<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)) throw new SheetError(`Bảng tính có khai báo DOCTYPE/ENTITY (trong ${name}) nên không đọc.`)
  }
  const titles = sheetTitles(texts)
  return new Map([...texts].map(([name, text]) => {
    if (/<(?:[\w.-]+:)?(?:sheetData|sst|workbook|Relationships)[\s/>]/.test(text) && text.includes('<!')) throw odd(name)
    return [name, new TextEncoder().encode(/<(?:[\w.-]+:)?sheetData[\s/>]/.test(text) ? guardedSheet(titles.get(name) ?? name, text) : text)]
  }))
}

function decoded(name: string, bytes: Uint8Array): string {
  const notUtf8 = new SheetError(`Bảng tính có phần không phải UTF-8 (${name}) nên không đọc.`)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.includes('\u0000') || /^<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])/i.test(text)) throw notUtf8
    return text
  } catch {
    throw notUtf8
  }
}

/** Up to the first `>`, wherever that stands: a reader that knows no quotes would stop there too. */
const tag = /<(?:[\w.-]+:)?(row|c|f)(?=[\s/>])([^>]*)>/g

function guardedSheet(title: string, text: string): string {
  for (const [, , attributes = ''] of text.matchAll(tag)) {
    if (/[<"']/.test(attributes.replace(/"[^"]*"|'[^']*'/g, '')) || (attributes.match(/(?:^|\s)r\s*=/g)?.length ?? 0) > 1) throw odd(title)
  }
  const filled = withoutEmpty(text)
  guardCells(title, filled)
  return filled
}

/** Spreadsheets save formats of cells and rows that hold nothing, down to row 1,048,576 (LibreOffice). */
const withoutEmpty = (text: string): string =>
  text.replace(/<c(?=[\s/>])[^>]*?(?:\/>|>\s*<\/c>)/g, '').replace(/<row(?=[\s/>])[^>]*?(?:\/>|>\s*<\/row>)/g, '')

function guardCells(title: string, text: string): void {
  let cell = 'A1'
  let rows = 0
  for (const [, name, attributes = ''] of text.matchAll(tag)) {
    const address = attribute(attributes, 'r')
    if (name === 'f') throw new SheetError(`Trang “${title}”, ô ${cell} có công thức. Bảng nhập vào chỉ nhận chữ: chép giá trị (Dán đặc biệt → Giá trị) rồi lưu lại.`)
    if (name === 'row') {
      rows++
      if (!isWithin(limits.rows, Number(address ?? rows))) throw farOff(title, `dòng ${address ?? rows}`)
      continue
    }
    cell = address ?? ''
    const [, letters = '', row] = /^([A-Z]{1,3})(\d{1,7})$/.exec(cell) ?? []
    if (!isWithin(limits.columns, columnNumber(letters)) || !isWithin(limits.rows, Number(row))) throw farOff(title, `ô ${cell}`)
    if (attribute(attributes, 't') === 'e') throw new SheetError(`Trang “${title}”, ô ${cell} là một lỗi tính toán (như #REF!). Gõ lại chữ vào ô rồi lưu.`)
  }
}

const odd = (where: string): SheetError => new SheetError(`Bảng tính có phần viết khác thường (trong ${where}) nên không đọc. Mở bằng Excel hoặc LibreOffice rồi lưu lại.`)

const isWithin = (limit: number, value: number): boolean => Number.isInteger(value) && value >= 1 && value <= limit

const farOff = (title: string, where: string): SheetError =>
  new SheetError(`Trang “${title}”, ${where} nằm quá xa (tối đa ${limits.rows} dòng, ${limits.columns} cột) nên không đọc. Xóa các dòng, cột thừa rồi lưu lại.`)

const columnNumber = (letters: string): number => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

/** What the sheets are called, by the part that holds them. */
function sheetTitles(texts: ReadonlyMap<string, string>): Map<string, string> {
  const targets = new Map(elements(texts.get('xl/_rels/workbook.xml.rels') ?? '', 'Relationship').map((element) => [attribute(element, 'Id'), attribute(element, 'Target') ?? '']))
  return new Map(elements(texts.get('xl/workbook.xml') ?? '', 'sheet').map((element) => {
    const target = targets.get(attribute(element, '[\\w.-]+:id')) ?? ''
    return [target.startsWith('/') ? target.slice(1) : `xl/${target}`, unescaped(attribute(element, 'name') ?? '')]
  }))
}

const elements = (text: string, name: string): string[] =>
  [...text.matchAll(new RegExp(`<(?:[\\w.-]+:)?${name}((?:\\s(?:[^<>"']|"[^"]*"|'[^']*')*)?)>`, 'g'))].map(([, attributes = '']) => attributes)

/** Null where there is none. */
function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)
  return found === null ? null : (found[1] ?? found[2] ?? '')
}

const unescaped = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex?: string, decimal?: string, named?: string) =>
    named === undefined ? characterOf(whole, hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)) : ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[named] ?? whole))

const characterOf = (whole: string, code: number): string => (code <= 0x10FFFF ? String.fromCodePoint(code) : whole)
