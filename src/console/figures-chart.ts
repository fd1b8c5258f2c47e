import { html } from 'hono/html'
import type { Html } from './components.ts'
import { figure } from './show.ts'

/** Charts drawn on the server: plain SVG in the page's own colours. Each stands beside a table with the same numbers. */

export interface Column { label: string; value: number; /** The darker part of the column, such as the answered ones. */ part?: number }

/** Small, so that its letters are readable where a phone makes it smaller. */
const size = { width: 480, height: 190, left: 62, right: 8, top: 12, bottom: 28 }

const mostNamed = 5

/** Columns from left to right, such as days. `what` says in a sentence what is seen; the table below says it exactly. */
export function columnChart(what: string, columns: readonly Column[]): Html | '' {
  if (columns.length === 0) return ''
  const top = ceiling(Math.max(1, ...columns.map(({ value }) => value)))
  const [width, height] = [size.width - size.left - size.right, size.height - size.top - size.bottom]
  const step = width / columns.length
  const tall = (value: number): number => round((value / top) * height)
  const named = Math.max(1, Math.ceil(columns.length / mostNamed))
  const thick = round(Math.max(1, Math.min(step * 0.72, 48)))
  return html`<svg class="chart" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${what}">
${[0, 0.5, 1].map((share) => {
    const y = round(size.top + height * (1 - share))
    return html`<line class="grid-line" x1="${size.left}" x2="${size.width - size.right}" y1="${y}" y2="${y}"/><text class="mark" x="${size.left - 8}" y="${y + 4}" text-anchor="end">${figure(Math.round(top * share))}</text>`
  })}
${columns.map(({ label, value, part = 0 }, at) => {
    const x = round(size.left + step * at + (step - thick) / 2)
    const bar = (of: number, name: string): Html => html`<rect class="${name}" x="${x}" width="${thick}" y="${round(size.top + height - tall(of))}" height="${tall(of)}"/>`
    return html`<g><title>${label}: ${figure(value)}</title>${bar(value, 'bar')}${part > 0 ? bar(part, 'part-bar') : ''}</g>${at % named === 0 ? html`<text class="mark" x="${round(x + thick / 2)}" y="${size.height - 8}" text-anchor="middle">${label}</text>` : ''}`
  })}
</svg>`
}

/** One bar in a line of a table: how much of the largest it is. Read out is the number beside it. */
export function lineBar(value: number, most: number): Html {
  const share = most <= 0 ? 0 : round((value / most) * 100)
  return html`<svg class="line-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="bar" width="${share}" height="10" rx="1"/></svg>`
}

/** The next of 1, 2, 5, 10, 20, 50 …, so that the scale has even marks. */
export function ceiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const next = [1, 2, 5, 10].find((factor) => factor * power >= value)! * power
  return Math.max(2, next)
}

const round = (value: number): number => Math.round(value * 10) / 10
