import {
  AlignmentType, BorderStyle, HeightRule, ImageRun, LeaderType, Paragraph, Tab, Table, TableCell, TableLayoutType, TableRow, TabStopType, TextRun, VerticalAlignTable, WidthType, type IBorderOptions, type IParagraphOptions, type IRunOptions,
} from 'docx'
import { xmlSafe } from './activity-sheet.ts'

/** The pieces of an official document, by Nghị định 30/2020/NĐ-CP, Phụ lục I: A4, Times New Roman, black. Sizes are half points, lengths twentieths of a point. */

export const font = 'Times New Roman'
export const sizes = { body: 28, head: 26, table: 24, small: 22 } as const
const centimetre = 567
/** Top and bottom 2 cm, left 3 cm, right 2 cm. */
export const page = { width: 21 * centimetre, height: Math.round(29.7 * centimetre), margin: { top: 2 * centimetre, bottom: 2 * centimetre, left: 3 * centimetre, right: 2 * centimetre } } as const
export const textWidth = page.width - page.margin.left - page.margin.right

export type Run = Omit<IRunOptions, 'text' | 'children'>

/** Text as it is, whatever stands in it; a line break for each of its own. */
export const run = (text: string, options: Run = {}): TextRun[] =>
  text.split('\n').map((line, at) => new TextRun({ ...options, text: xmlSafe(line), ...(at > 0 && { break: 1 }) }))

export const line = (text: string | TextRun[], options: Omit<IParagraphOptions, 'children'> = {}, runs: Run = {}): Paragraph =>
  new Paragraph({ ...options, children: typeof text === 'string' ? run(text, runs) : text })

/** A paragraph of the text: first line in by 1 cm, both edges even, 6 points apart. */
export const paragraph = (text: string | TextRun[], options: Omit<IParagraphOptions, 'children'> = {}): Paragraph =>
  line(text, { alignment: AlignmentType.JUSTIFIED, indent: { firstLine: centimetre }, spacing: { after: 120, line: 288 }, ...options })

/** Each of its lines as a paragraph; a dotted line to be filled in by hand where nothing was written. */
export const written = (text: string): Paragraph[] => {
  const lines = text.split('\n').map((each) => each.trim()).filter((each) => each !== '')
  return lines.length === 0 ? [dotted(), dotted()] : lines.map((each) => paragraph(each))
}
const dotted = (): Paragraph => new Paragraph({ tabStops: [{ type: TabStopType.RIGHT, position: textWidth, leader: LeaderType.DOT }], spacing: { after: 120 }, children: [new TextRun({ children: [new Tab()] })] })

export const chapter = (text: string): Paragraph => line(text, { spacing: { before: 160, after: 120 }, indent: { firstLine: centimetre }, keepNext: true }, { bold: true })
export const section = (text: string): Paragraph => line(text, { spacing: { before: 160, after: 120 }, indent: { firstLine: centimetre }, keepNext: true, alignment: AlignmentType.JUSTIFIED }, { bold: true })
const caption = (text: string): Paragraph => line(text, { alignment: AlignmentType.CENTER, spacing: { before: 120, after: 80 }, keepNext: true }, { italics: true, size: sizes.head })

/** Titles of tables and charts, numbered as they come. */
export interface Captions { table(title: string): Paragraph; chart(title: string): Paragraph }
export function createCaptions(): Captions {
  let [tables, charts] = [0, 0]
  return { table: (title) => caption(`Bảng ${++tables}. ${title}`), chart: (title) => caption(`Biểu ${++charts}. ${title}`) }
}

/** A rule under a line of words, as wide as they are: the paragraph's lower edge, drawn in by `inset` on both sides. */
export const rule = (inset: number): Paragraph => new Paragraph({
  indent: { left: inset, right: inset }, spacing: { before: 60, after: 0, line: 60, lineRule: 'exact' }, border: { top: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } }, children: [],
})

const none: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const noBorders = { top: none, bottom: none, left: none, right: none }

/** Things side by side without a frame; widths add up to the text's. */
export const sideBySide = (cells: readonly { width: number; children: Paragraph[] }[]): Table => new Table({
  width: { size: textWidth, type: WidthType.DXA }, columnWidths: cells.map(({ width }) => width), layout: TableLayoutType.FIXED,
  borders: { ...noBorders, insideHorizontal: none, insideVertical: none },
  rows: [new TableRow({ cantSplit: true, children: cells.map(({ width, children }) => new TableCell({ width: { size: width, type: WidthType.DXA }, borders: noBorders, margins: { left: 0, right: 0 }, children })) })],
})

export interface ColumnOf { title: string; /** Of the text's width. */ share: number; align?: 'left' | 'right' | 'center' }

const alignments = { left: AlignmentType.LEFT, right: AlignmentType.RIGHT, center: AlignmentType.CENTER } as const

/** A ruled table whose headings stand on each page again. Cells are words, or a run such as a bar. */
export function ruledTable(columns: readonly ColumnOf[], rows: readonly (readonly (string | ImageRun)[])[]): Table {
  const widths = columns.map(({ share }) => Math.round(share * textWidth))
  const cell = (content: string | ImageRun, at: number, heading: boolean): TableCell => new TableCell({
    width: { size: widths[at]!, type: WidthType.DXA }, verticalAlign: VerticalAlignTable.CENTER, margins: { top: 40, bottom: 40, left: 80, right: 80 },
    children: [new Paragraph({
      alignment: heading ? AlignmentType.CENTER : alignments[columns[at]!.align ?? 'left'],
      ...(typeof content === 'string' ? {} : { spacing: { before: 90 } }),
      children: typeof content === 'string' ? run(content, { size: sizes.table, bold: heading }) : [content],
    })],
  })
  return new Table({
    width: { size: textWidth, type: WidthType.DXA }, columnWidths: widths, layout: TableLayoutType.FIXED,
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: columns.map(({ title }, at) => cell(title, at, true)) }),
      ...rows.map((row) => new TableRow({ cantSplit: true, height: { value: 320, rule: HeightRule.ATLEAST }, children: row.map((content, at) => cell(content, at, false)) })),
    ],
  })
}

/** One pixel; stretched to a bar, it is as sharp at every size, and every program shows it. */
const pixel = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOQj+8GAAGqAQp3hUrCAAAAAElFTkSuQmCC'), (character) => character.charCodeAt(0))

/** How long the longest bar is, in pixels at 96 to the inch. */
const longestBar = 230

/** A bar as long as `value` is of `most`; nothing where there is nothing. `says`: for who cannot see it. */
export function bar(value: number, most: number, says: string): string | ImageRun {
  if (value <= 0 || most <= 0) return ''
  return new ImageRun({
    type: 'png', data: pixel, transformation: { width: Math.max(2, Math.round((value / most) * longestBar)), height: 11 }, altText: { name: 'Cột', title: xmlSafe(says), description: xmlSafe(says) },
  })
}
