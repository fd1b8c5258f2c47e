import fc from 'fast-check'
import { Zip, ZipDeflate, strFromU8, strToU8, unzipSync, zipSync, type ZippableFile } from 'fflate'
import { describe, expect, it } from 'vitest'
import { sheetNamed, sheets } from '../../src/content/sheets/layout.ts'
import { readCsv, writeCsv } from '../../src/content/sheets/csv.ts'
import { SheetError, type Table } from '../../src/content/sheets/table.ts'
import { unpack } from '../../src/content/sheets/unpack.ts'
import { readWorkbook } from '../../src/content/sheets/workbook-read.ts'
import { writeWorkbook } from '../../src/content/sheets/workbook-write.ts'

const sheet = sheetNamed('replies')
const headings = sheet.columns.map(({ heading }) => heading)
const written = (rows: string[][]): Promise<Uint8Array> => writeWorkbook([{ sheet, title: sheet.title, rows: [headings, ...rows] }], ['Đọc trước'])
const partsOf = (workbook: Uint8Array): Record<string, string> => Object.fromEntries(Object.entries(unzipSync(workbook)).map(([name, bytes]) => [name, strFromU8(bytes)]))

/** Texts that spreadsheets and XML like to change. */
const hostile = ['=1+1', '+84', '-x', '@a', '\tx', '\rx', 'a\rb', 'a\nb', ' x ', "'x", '"', '""', 'a,b;c', '0259', '1022', '2026-11-21', '10/10', '1e5', '50%', 'TRUE', '_x000D_', '_x005F_', 'constructor', '__proto__', 'toString',
  '<b>&amp;</b>', ']]>', 'Đường dây nóng', 'e\u0301', '😀', '\u0001', '\uFFFF', '\uFFFD', '\u{1FFFE}x', '\uD800', '\u0085', '\u009F', '{{province.hotline}}', '=HYPERLINK("http://a")', '\n', '\r\n', 'x\r\n']
const cells = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 12 }), fc.tuple(fc.constantFrom(...hostile), fc.constantFrom(...hostile)).map(([a, b]) => a + b))
/** The last cell is never empty, so that the row ends where it ends. */
const tables = fc.array(fc.tuple(cells, cells, cells, fc.constantFrom('v1', '=v')).map((row) => [...row]), { minLength: 1, maxLength: 6 })

describe('a table written and read again is the same to the letter', () => {
  it('as a workbook', async () => {
    await fc.assert(fc.asyncProperty(tables, async (rows) => {
      const [, back] = await readWorkbook(await written(rows))
      expect(back!.title).toBe(sheet.title)
      expect(back!.rows.slice(0, rows.length + 1)).toEqual([headings, ...rows])
    }), { numRuns: 60 })
  })

  it('as CSV, whichever separator it is saved with', () => {
    fc.assert(fc.property(tables, (rows) => {
      const text = writeCsv([headings, ...rows])
      expect(readCsv('x.csv', new TextEncoder().encode(text)).rows).toEqual([headings, ...rows.map((row) => row.map(whole))])
      for (const separator of [';', '\t']) {
        const saved = [headings, ...rows].map((row) => row.map((cell) => `"${(/^['=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(separator)).join('\n')
        expect(readCsv('x.csv', new TextEncoder().encode(saved)).rows).toEqual([headings, ...rows.map((row) => row.map(whole))])
      }
    }), { numRuns: 300 })
  })
})

/** UTF-8 has no lone surrogates. */
const whole = (text: string): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text))

describe('CSV as spreadsheets like it', () => {
  it('begins with a byte order mark, and guards what would be taken for a formula, a day or a number', () => {
    const text = writeCsv([['a', '=1', '+1', '-1', '@x', '\tx', "'x", '0259', '2026-11-21', '10/10', '1022', 'Đ"']])
    expect(text).toBe('\uFEFF"a","\'=1","\'+1","\'-1","\'@x","\'\tx","\'\'x","\'0259","\'2026-11-21","\'10/10","1022","Đ"""\r\n')
  })

  it('is refused when it is no UTF-8', () => {
    expect(() => readCsv('cau-hoi.csv', Uint8Array.from([0x4d, 0xe3, 0x20]))).toThrow('Tệp “cau-hoi.csv” không phải UTF-8')
  })

  it('a quote never closed loses nothing', () => {
    expect(readCsv('x.csv', strToU8('a,"b\nc')).rows).toEqual([['a', 'b\nc']])
    expect(readCsv('x.csv', strToU8('"a"b,c\n')).rows).toEqual([['ab', 'c']])
  })
})

describe('the workbook as other programs see it', () => {
  it('has a part for every sheet, named in Vietnamese, headings frozen and bold, columns as wide as wanted', async () => {
    const parts = partsOf(await writeWorkbook(sheets.map((one) => ({ sheet: one, title: one.title, rows: [one.columns.map(({ heading }) => heading)] })), ['Đọc trước']))
    expect([...parts['xl/workbook.xml']!.matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(([, name]) => name)).toEqual(['Hướng dẫn', ...sheets.map(({ title }) => title)])
    for (const [index, one] of sheets.entries()) {
      const xml = parts[`xl/worksheets/sheet${index + 2}.xml`]!
      expect(xml).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"\/>/)
      expect([...xml.matchAll(/<col min="\d+" max="\d+" width="(\d+)"/g)].map(([, width]) => Number(width))).toEqual(one.columns.map(({ width }) => width))
    }
    expect(Object.keys(parts)).toEqual(expect.arrayContaining(['[Content_Types].xml', '_rels/.rels', 'xl/styles.xml', 'xl/sharedStrings.xml']))
    for (const name of Object.keys(parts).filter((one) => one.startsWith('xl/worksheets/sheet'))) expect(parts['[Content_Types].xml']).toContain(`/${name}`)
  })

  it('every cell is a shared text formatted as text, none a formula or a number', async () => {
    const xml = partsOf(await written([['=1+1', '0259', '+84', '@x']]))['xl/worksheets/sheet2.xml']!
    expect(xml).not.toContain('<f')
    expect([...xml.matchAll(/<c r="[A-D]2"([^>]*)>/g)].map(([, rest]) => /t="s"/.test(rest!))).toEqual([true, true, true, true])
    const style = /<c r="C2" s="(\d+)"/.exec(xml)![1]
    const styles = partsOf(await written([['=1+1', '0259', '+84', '@x']]))['xl/styles.xml']!
    const format = /numFmtId="(\d+)" applyNumberFormat="1"/.exec([...styles.slice(styles.indexOf('<cellXfs')).matchAll(/<xf ([^>]*)>/g)][Number(style)]![1]!)![1]
    expect(styles).toContain(`<numFmt numFmtId="${format}" formatCode="@"/>`)
  })

  it('refuses a text that no cell holds', async () => {
    await expect(written([['a', '', 'x'.repeat(32_768), 'v']])).rejects.toThrow('Trang “Câu soạn sẵn”, dòng 2: chữ dài 32768 ký tự')
  })
})

/** A workbook as another program writes it: cells given as XML. */
const foreign = (sheetData: string, more: Record<string, ZippableFile> = {}): Uint8Array => zipSync({
  '[Content_Types].xml': strToU8('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
  'xl/workbook.xml': strToU8('<?xml version="1.0"?><workbook xmlns="m" xmlns:r="r"><sheets><sheet name="Câu &amp; hỏi" sheetId="1" r:id="rId7"/></sheets></workbook>'),
  'xl/_rels/workbook.xml.rels': strToU8('<?xml version="1.0"?><Relationships><Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/mot.xml"/><Relationship Id="rId8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>'),
  'xl/styles.xml': strToU8('<?xml version="1.0"?><styleSheet xmlns="m"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'),
  'xl/worksheets/mot.xml': strToU8(`<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="m"><sheetData>${sheetData}</sheetData></worksheet>`),
  ...more,
})

describe('workbooks of other programs', () => {
  it('texts inline, in runs and across lines, numbers, days and yes or no are read as text', async () => {
    const [table] = await readWorkbook(foreign(`<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a\nb </t></is></c><c r="C1" t="inlineStr"><is><r><t>đậm </t></r><r><t>nhạt</t></r></is></c></row>
      <row r="3"><c r="A3"><v>1022</v></c><c r="B3"><v>1E+3</v></c><c r="C3" s="1"><v>46347</v></c><c r="D3" t="b"><v>1</v></c><c r="E3"><v>0.5</v></c><c r="F3" t="str"><v>kết quả</v></c></row>`))
    expect(table).toEqual({ title: 'Câu & hỏi', rows: [[' a\nb ', '', 'đậm nhạt', '', '', ''], ['', '', '', '', '', ''], ['1022', '1000', '2026-11-21', 'true', '0.5', 'kết quả']] } satisfies Table)
  })

  it('formats of rows and cells that hold nothing are passed over, however far off', async () => {
    const [table] = await readWorkbook(foreign('<row r="1" spans="1:2"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="XFD1" s="1"/></row><row r="900000"><c r="B900000" s="1"/><c r="ABC900000" s="1"></c></row><row r="1048576" ht="12.8" collapsed="false"></row>'))
    expect(table!.rows).toEqual([['a']])
  })

  it('an archive written as a stream, sizes after the data', async () => {
    const chunks: Uint8Array[] = []
    const zip = new Zip((_, chunk) => void chunks.push(chunk))
    for (const [name, bytes] of Object.entries(unzipSync(await written([['a', 'b', 'c', 'v']])))) {
      const file = new ZipDeflate(name)
      zip.add(file)
      file.push(bytes, true)
    }
    zip.end()
    const [, table] = await readWorkbook(Uint8Array.from(chunks.flatMap((chunk) => [...chunk])))
    expect(table!.rows[1]).toEqual(['a', 'b', 'c', 'v'])
  })

  it.each<[string, string, Record<string, ZippableFile>, string]>([
    ['a formula', '<row r="2"><c r="B2"><f>1+1</f><v>2</v></c></row>', {}, 'Trang “Câu & hỏi”, ô B2 có công thức'],
    ['a shared formula without text', '<row r="2"><c r="C7" t="str"><f t="shared" si="0"/></c></row>', {}, 'Trang “Câu & hỏi”, ô C7 có công thức'],
    ['a formula in a namespace', '<row r="2"><x:c r="C7"><x:f>1</x:f></x:c></row>', {}, 'Trang “Câu & hỏi”, ô C7 có công thức'],
    ['an error value', '<row r="2"><c r="B2" t="e"><v>#REF!</v></c></row>', {}, 'Trang “Câu & hỏi”, ô B2 là một lỗi tính toán'],
    ['a cell far to the right', '<row r="2"><c r="ZZZ2"><v>1</v></c></row>', {}, 'Trang “Câu & hỏi”, ô ZZZ2 nằm quá xa'],
    ['a cell whose address is endless', '<row r="2"><c r="ZZZZZZZZZZ2"><v>1</v></c></row>', {}, 'ô ZZZZZZZZZZ2 nằm quá xa'],
    ['a row far down', '<row r="999999999"><c r="A1"><v>1</v></c></row>', {}, 'Trang “Câu & hỏi”, dòng 999999999 nằm quá xa'],
    ['more rows than any sheet has', '<row><x/></row>'.repeat(20_001), {}, 'dòng 20001 nằm quá xa'],
    ['a cell hidden in an attribute', `<row x="><c r='ZZZZZ9'/>"><c r="A1"/></row>`, {}, 'viết khác thường'],
    ['two addresses in a cell', '<row r="1"><c r="A1" r="ZZZZZ1"/></row>', {}, 'viết khác thường'],
    ['a document type', '', { 'xl/worksheets/mot.xml': strToU8('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>') }, 'DOCTYPE/ENTITY (trong xl/worksheets/mot.xml)'],
    ['an entity in a part nobody reads', '', { 'docProps/app.xml': strToU8('<?xml version="1.0"?><!doctype x><Properties/>') }, 'DOCTYPE/ENTITY (trong docProps/app.xml)'],
    ['an entity in the relations', '', { '_rels/.rels': strToU8('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Relationships/>') }, 'DOCTYPE/ENTITY (trong _rels/.rels)'],
    ['a part in UTF-16, where a document type could hide', '', { 'docProps/app.xml': Uint8Array.from([0xff, 0xfe, 0x3c, 0x00, 0x21, 0x00]) }, 'không phải UTF-8 (docProps/app.xml)'],
    ['a part that says it is UTF-7', '', { 'docProps/app.xml': strToU8('<?xml version="1.0" encoding="utf-7"?><a/>') }, 'không phải UTF-8 (docProps/app.xml)'],
    ['unread text between', '<row r="1"><c r="A1"><![CDATA[x]]></c></row>', {}, 'viết khác thường'],
    ['a path that leads out', '', { '../x.xml': strToU8('<a/>') }, 'tệp “../x.xml” nằm ngoài'],
    ['an absolute path', '', { '/etc/x.xml': strToU8('<a/>') }, 'nằm ngoài'],
    ['a path with a drive', '', { 'C:x.xml': strToU8('<a/>') }, 'nằm ngoài'],
    ['a path with backslashes', '', { '..\\x.xml': strToU8('<a/>') }, 'nằm ngoài'],
  ])('refuses %s', async (_, sheetData, more, sentence) => {
    await expect(readWorkbook(foreign(sheetData, more))).rejects.toThrow(sentence)
    await expect(readWorkbook(foreign(sheetData, more))).rejects.toBeInstanceOf(SheetError)
  })

  it('refuses what unpacks to more than 20 MB, in one file or in all together', () => {
    const bomb = zipSync({ 'xl/a.xml': [new Uint8Array(60 * 1024 * 1024), { level: 9 }] })
    expect(bomb.length).toBeLessThan(100_000)
    expect(() => unpack(bomb)).toThrow('giải nén ra quá 20 MB')
    const many = zipSync(Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`${index}.xml`, [new Uint8Array(5 * 1024 * 1024), { level: 9 }]] as const)) as Record<string, ZippableFile>)
    expect(() => unpack(many)).toThrow('giải nén ra quá 20 MB')
  })

  it('does not believe the sizes an archive claims', () => {
    const bomb = zipSync({ 'xl/a.xml': [new Uint8Array(30 * 1024 * 1024), { level: 9 }] })
    const view = new DataView(bomb.buffer)
    const directory = view.getUint32(bomb.length - 6, true)
    view.setUint32(directory + 24, 10, true)
    view.setUint32(22, 10, true)
    expect(() => unpack(bomb)).toThrow('giải nén ra quá 20 MB')
  })

  it('refuses too many files inside, passwords, strange packing, and what is no archive', () => {
    expect(() => unpack(zipSync(Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`${index}.xml`, new Uint8Array(1)]))))).toThrow('Bảng tính có 301 tệp bên trong')
    const small = zipSync({ 'a.xml': strToU8('x'.repeat(100)) })
    const directory = new DataView(small.buffer).getUint32(small.length - 6, true)
    expect(() => unpack(small.with(directory + 8, 1))).toThrow('có mật khẩu')
    expect(() => unpack(small.with(directory + 10, 99))).toThrow('nén theo kiểu lạ')
    expect(() => unpack(small.with(40, 0xff))).toThrow('tệp bị hỏng')
    expect(() => unpack(small.subarray(0, small.length - 30))).toThrow('không phải tệp nén')
    expect(() => unpack(strToU8('xin chào'))).toThrow('không phải tệp nén')
    expect(() => unpack(new Uint8Array(21 * 1024 * 1024))).toThrow('quá 20 MB')
  })

  it('any bytes changed in a workbook give a table or a sentence, never another error', async () => {
    const workbook = await written([['a', 'b', 'c', 'v']])
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(workbook.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), async (changes) => {
      const broken = changes.reduce((bytes, [at, value]) => bytes.with(at, value), workbook)
      const outcome = await readWorkbook(broken).catch((error: unknown) => error)
      expect(Array.isArray(outcome) || outcome instanceof SheetError).toBe(true)
    }), { numRuns: 100 })
  })
})
