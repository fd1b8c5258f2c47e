import type { Target } from './flow.ts'
import type { MapCard, MapFlow, MapRow } from './map.ts'
import { cutToWidth, widthOf, wrap } from './text-width.ts'

/** Where everything of the map stands, in pixels. Pure. */

export const size = { margin: 30, top: 120, card: 270, gap: 22, leaf: 280, corridor: 64, row: 24, line: 16, pad: 8, font: 13, betweenCards: 16, betweenPanels: 28, panelHead: 58, widest: 3_400 }
/** Room for text inside a card, beside its colour bar. */
export const cardText = size.card - 2 * size.pad - 8
export const leafText = size.leaf - 20
const longestAsk = 4

export interface LaidRow { row: MapRow; y: number; height: number; says: string[]; leaf: string[]; child: Laid | null }
export interface Laid { card: MapCard; x: number; y: number; ask: string[]; rows: LaidRow[]; cardHeight: number; height: number }
/** One flow: a frame with its title, and its steps from left to right. */
export interface Panel { flow: MapFlow; x: number; y: number; width: number; height: number; roots: Laid[]; leafWidths: number[] }

/** `nameElsewhere` is what a step is called, seen from a flow, that is drawn in another place. */
export function layPanels(flows: readonly MapFlow[], nameElsewhere: (at: Target, from: string) => string): Panel[] {
  return pack(flows.map((flow) => layPanel(flow, nameElsewhere)))
}

function layPanel(flow: MapFlow, nameElsewhere: (at: Target, from: string) => string): Panel {
  const leafOf = ({ leads }: MapRow): string => (leads.to === 'card' ? '' : leads.to === 'article' ? leads.title : leads.to === 'person' ? 'Gặp cán bộ' : nameElsewhere(leads.at, flow.id))
  const leafWidths = widthsByDepth(flow.roots, leafOf)
  const columns = leafWidths.reduce((xs, width) => [...xs, xs.at(-1)! + size.card + (width === 0 ? 0 : size.gap + width) + size.corridor], [size.pad * 2])
  let y = size.panelHead
  const roots = flow.roots.map((root) => {
    const laid = lay(root, 0, y, { columns, leafOf })
    y += laid.height + size.betweenCards
    return laid
  })
  const titleWidth = widthOf(flow.title, 18) + widthOf(flow.id, size.font) + 60
  return { flow, x: 0, y: 0, roots, leafWidths, width: Math.max(titleWidth, columns.at(-1)! - size.corridor + size.pad * 2), height: y - size.betweenCards + size.pad * 2 }
}

/** How wide the leaves are beside the cards of each column; 0 where there are none. */
function widthsByDepth(roots: readonly MapCard[], leafOf: (row: MapRow) => string): number[] {
  const widths: number[] = []
  for (let level = roots; level.length > 0;) {
    const rows = level.flatMap((card) => card.rows)
    widths.push(Math.min(size.leaf, Math.max(0, ...rows.map(leafOf).filter((text) => text !== '').map((text) => widthOf(text, size.font) + 20))))
    level = rows.flatMap(({ leads }) => (leads.to === 'card' ? [leads.card] : []))
  }
  return widths
}

/** A card with its subtree to the right, the cards there one under the other in the order of the choices that lead to them. */
function lay(card: MapCard, depth: number, y: number, panel: { columns: readonly number[]; leafOf: (row: MapRow) => string }): Laid {
  const wrapped = card.says.trim().split(/\s*\n\s*/).flatMap((line) => wrap(line, cardText, size.font))
  const ask = wrapped.length > longestAsk ? [...wrapped.slice(0, longestAsk - 1), cutToWidth(`${wrapped[longestAsk - 1]} …`, cardText, size.font)] : wrapped
  let at = y + 30 + (ask.length + card.remarks.length) * size.line
  let childY = y
  const rows = card.rows.map((row): LaidRow => {
    const says = wrap(row.number === null ? row.says : `${row.number}. ${row.says}`, cardText, size.font).slice(0, 2)
    const leaf = panel.leafOf(row) === '' ? [] : wrap(panel.leafOf(row), leafText, size.font)
    const height = Math.max(size.row, Math.max(says.length, leaf.length) * size.line + 8)
    const child = row.leads.to === 'card' ? lay(row.leads.card, depth + 1, childY, panel) : null
    if (child !== null) childY += child.height + size.betweenCards
    const laid = { row, y: at, height, says, leaf, child }
    at += height
    return laid
  })
  const cardHeight = at + (rows.length === 0 ? 0 : size.pad / 2) - y
  return { card, x: panel.columns[depth]!, y, ask, rows, cardHeight, height: Math.max(cardHeight, childY - size.betweenCards - y) }
}

/** Puts each panel as high as there is room for it, in the order given, so that the whole stays near the shape of a sheet. */
function pack(panels: readonly Panel[]): Panel[] {
  const placed: Panel[] = []
  for (const panel of panels) {
    const xs = [size.margin, ...placed.map(({ x, width }) => x + width + size.betweenPanels)].filter((x) => x === size.margin || x + panel.width <= size.widest)
    const spots = xs.map((x) => ({ x, y: Math.max(size.top, ...placed.filter((other) => other.x < x + panel.width + size.betweenPanels && x < other.x + other.width + size.betweenPanels).map((other) => other.y + other.height + size.betweenPanels)) }))
    const { x, y } = spots.reduce((best, spot) => (spot.y < best.y || (spot.y === best.y && spot.x < best.x) ? spot : best))
    placed.push({ ...panel, x, y })
  }
  return placed
}

export const flat = (laid: Laid): Laid[] => [laid, ...laid.rows.flatMap(({ child }) => (child === null ? [] : flat(child)))]
