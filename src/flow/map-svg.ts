import { nameOf } from './graph.ts'
import { allCards, mostTaps, type FlowMap } from './map.ts'
import { cardText, flat, layPanels, leafText, size, type Laid, type LaidRow, type Panel } from './map-layout.ts'
import { cutToWidth, widthOf } from './text-width.ts'

/**
 * The map as one SVG: a frame for each flow, in it a card for each step, further right the more taps lead there. Articles
 * hang as leaves beside their choice; what leads to another place names it instead of drawing a line across the sheet.
 */
export function svgOf(map: FlowMap): string {
  const titles = new Map(map.flows.map(({ id, title }) => [id, title]))
  const starts = new Set(map.flows.map(({ roots }) => nameOf(roots[0]!.at)))
  const panels = layPanels(map.flows, (at, from) => {
    const flow = titles.get(at.flow) ?? at.flow
    return cutToWidth(starts.has(nameOf(at)) ? `→ ${flow}` : at.flow === from ? `→ ${at.step}` : `→ ${flow} / ${at.step}`, leafText, size.font)
  })
  const width = Math.ceil(Math.max(1_000, ...panels.map((panel) => panel.x + panel.width)) + size.margin)
  const height = Math.ceil(Math.max(...panels.map((panel) => panel.y + panel.height)) + size.margin)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Arial, 'Liberation Sans', 'Noto Sans', 'DejaVu Sans', sans-serif" role="img" aria-labelledby="t d">`,
    `<title id="t">Bản đồ kịch bản</title><desc id="d">${escape(summary(map))}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    heading(map),
    ...panels.map((panel, index) => drawPanel(panel, colours[index % colours.length]!)),
    '</svg>',
    '',
  ].join('\n')
}

/** They tell the flows apart; dark enough for white letters. */
const colours = ['#1f4e79', '#7a3e00', '#2e6b34', '#6a1b5e', '#8c1c13', '#0b6e75', '#5b5b00', '#3d3d8f', '#704214', '#00695c', '#4a148c', '#37474f']
const ink = { text: '#1a1a1a', quiet: '#555555', line: '#7a7a7a', wrong: '#b3261e', wrongFill: '#fdecea', article: '#e8f3e9', articleLine: '#2e7d32', person: '#e3eefb', personLine: '#1565c0', other: '#f3f3f3' }

function summary(map: FlowMap): string {
  const marked = allCards(map).filter(({ remarks }) => remarks.length > 0).length
  return `${map.flows.length} kịch bản, ${map.steps} bước, ${map.articles} mục hỏi–đáp. ${marked === 0 ? 'Không bước nào bị đánh dấu.' : `${marked} bước bị đánh dấu.`}`
}

function heading(map: FlowMap): string {
  const legend: [fill: string, stroke: string, text: string][] = [
    [ink.article, ink.articleLine, 'mục hỏi–đáp'], [ink.person, ink.personLine, 'gặp cán bộ'], [ink.other, ink.line, 'sang bước vẽ ở chỗ khác'],
    [ink.wrongFill, ink.wrong, `phải xem lại: không tới được, quá dài, quá nhiều lựa chọn, sâu quá ${mostTaps} lần chạm`],
  ]
  let x = size.margin
  const boxes = legend.map(([fill, stroke, text]) => {
    const box = `<rect x="${x}" y="76" width="20" height="14" rx="7" fill="${fill}" stroke="${stroke}"/>${line(text, x + 26, 88, { fill: ink.quiet })}`
    x += 46 + widthOf(text, size.font)
    return box
  })
  return [line('Bản đồ kịch bản', size.margin, 36, { fontSize: 22, bold: true }), line(summary(map), size.margin, 62, { fill: ink.quiet }), ...boxes].join('')
}

function drawPanel({ flow, x, y, width, height, roots }: Panel, colour: string): string {
  const room = width - 32
  const cards = roots.flatMap(flat)
  return [
    `<g id="${flow.id}" transform="translate(${x} ${y})"><rect width="${width}" height="${height}" rx="8" fill="#fafafa" stroke="${colour}" stroke-width="1.5"/>`,
    line(cutToWidth(flow.title, room - widthOf(flow.id, size.font) - 24, 18), 16, 26, { fontSize: 18, bold: true, fill: colour }),
    line(flow.id, width - 16, 26, { fill: ink.quiet, anchor: 'end' }),
    flow.triggers.length === 0 ? '' : line(cutToWidth(`gõ: ${flow.triggers.join(', ')}`, room, 12), 16, 45, { fontSize: 12, fill: ink.quiet }),
    ...cards.map(links),
    ...cards.map((laid) => drawCard(laid, colour)),
    '</g>',
  ].join('\n')
}

function drawCard({ card, x, y, ask, rows, cardHeight }: Laid, colour: string): string {
  const wrong = card.remarks.length > 0
  const taps = card.taps === null ? '' : card.taps === 0 ? 'lời chào' : `chạm ${card.taps}`
  let textY = y + 20
  const parts = [
    `<g id="${nameOf(card.at).replace('/', '--')}"><rect x="${x}" y="${y}" width="${size.card}" height="${cardHeight}" rx="6" fill="${wrong ? ink.wrongFill : '#ffffff'}" stroke="${wrong ? ink.wrong : ink.line}" stroke-width="${wrong ? 2.5 : 1}"${card.taps === null ? ' stroke-dasharray="6 4"' : ''}/>`,
    `<rect x="${x}" y="${y}" width="6" height="${cardHeight}" rx="3" fill="${colour}"/>`,
    line(cutToWidth(card.at.step, cardText - 70, size.font), x + size.pad + 6, textY, { bold: true, fill: colour }),
    line(taps, x + size.card - size.pad, textY, { fontSize: 11, fill: ink.quiet, anchor: 'end' }),
  ]
  textY += 4
  for (const text of ask) parts.push(line(text, x + size.pad + 6, (textY += size.line)))
  for (const remark of card.remarks) parts.push(line(cutToWidth(`⚠ ${remark}`, cardText, 12), x + size.pad + 6, (textY += size.line), { fontSize: 12, bold: true, fill: ink.wrong }))
  return `${[...parts, ...rows.map((row) => drawRow(row, x))].join('')}</g>`
}

function drawRow(laid: LaidRow, x: number): string {
  const { row, y, says, leaf } = laid
  return [
    `<line x1="${x + 6}" y1="${y}" x2="${x + size.card}" y2="${y}" stroke="#dddddd"/>`,
    ...centred(says, laid, x + size.pad + 6, row.number === null ? { fill: ink.quiet, italic: true } : {}),
    leaf.length === 0 ? '' : drawLeaf(laid, x + size.card + size.gap),
  ].join('')
}

function drawLeaf(laid: LaidRow, x: number): string {
  const { row: { leads, isDeep }, leaf, y, height } = laid
  const [fill, stroke] = isDeep ? [ink.wrongFill, ink.wrong] : leads.to === 'article' ? [ink.article, ink.articleLine] : leads.to === 'person' ? [ink.person, ink.personLine] : [ink.other, ink.line]
  const width = Math.min(size.leaf, Math.max(...leaf.map((text) => widthOf(text, size.font))) + 20)
  return [
    `<line x1="${x - size.gap}" y1="${y + height / 2}" x2="${x}" y2="${y + height / 2}" stroke="${stroke}"/>`,
    `<rect x="${x}" y="${y + 2}" width="${width.toFixed(1)}" height="${height - 4}" rx="10" fill="${fill}" stroke="${stroke}"${isDeep ? ' stroke-width="2"' : ''}/>`,
    ...centred(leaf, laid, x + 10),
  ].join('')
}

function centred(lines: readonly string[], { y, height }: LaidRow, x: number, style: Style = {}): string[] {
  const first = y + height / 2 - ((lines.length - 1) * size.line) / 2 + 4.5
  return lines.map((text, index) => line(text, x, first + index * size.line, style))
}

/** From a choice to its card: across to the corridor before the next column, up or down there, and in at the card's head. */
function links({ x, rows }: Laid): string {
  const ways = rows.filter((row) => row.child !== null)
  return ways.map(({ y, height, child }, index) => {
    const [from, to] = [y + height / 2, child!.y + 16]
    // Lines that go down keep clear of each other when the later ones turn earlier; those that go up, the other way round.
    const turn = to >= from ? ways.length - index : index + 1
    const bend = child!.x - size.corridor + (turn * (size.corridor - 10)) / (ways.length + 1)
    return `<path d="M${x + size.card} ${from} H${bend.toFixed(1)} V${to} H${child!.x}" fill="none" stroke="${ink.line}" stroke-width="1.5"/><path d="M${child!.x - 7} ${to - 4} L${child!.x} ${to} L${child!.x - 7} ${to + 4}" fill="none" stroke="${ink.line}" stroke-width="1.5"/>`
  }).join('')
}

interface Style { fontSize?: number; bold?: boolean; italic?: boolean; fill?: string; anchor?: 'end' }

function line(text: string, x: number, y: number, { fontSize = size.font, bold = false, italic = false, fill = ink.text, anchor }: Style = {}): string {
  if (text === '') return ''
  return `<text x="${x}" y="${y}" font-size="${fontSize}" fill="${fill}"${bold ? ' font-weight="bold"' : ''}${italic ? ' font-style="italic"' : ''}${anchor === undefined ? '' : ` text-anchor="${anchor}"`}>${escape(text)}</text>`
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`)
