import { html } from 'hono/html'
import { isSample } from '../content.ts'
import { phoneNumbers } from '../content/phone-numbers.ts'
import { safeUrl } from './site.ts'

/** The plain text of an answer as paragraphs, lists and links. Nothing in it is ever taken for markup. */
export const shownText = (text: string) => html`${blocksOf(text).map(shownBlock)}`

/** Lines that belong together. An item may have points of its own. */
export type Block =
  | { kind: 'paragraph'; lines: string[] }
  | { kind: 'steps'; start: number; items: Item[] }
  | { kind: 'points'; items: Item[] }
interface Item { text: string; points: string[] }

/** Numbered lines are steps, lines with a dash are points: of the step before when they are indented. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let open: Block | null = null
  for (const line of text.split('\n')) {
    const [, number = '', step = ''] = /^(\d{1,3})\. +(.*)$/.exec(line) ?? []
    const [, indent = '', point = ''] = /^(\s*)[–•*-] +(.*)$/.exec(line) ?? []
    const last: Item | undefined = open === null || open.kind === 'paragraph' ? undefined : open.items.at(-1)
    if (line.trim() === '') open = null
    else if (step !== '') {
      if (open?.kind !== 'steps') blocks.push(open = { kind: 'steps', start: Number(number), items: [] })
      open.items.push({ text: step, points: [] })
    } else if (point !== '' && open?.kind === 'steps' && indent !== '') last?.points.push(point)
    else if (point !== '') {
      if (open?.kind !== 'points') blocks.push(open = { kind: 'points', items: [] })
      open.items.push({ text: point, points: [] })
    } else if (last !== undefined && /^\s/.test(line)) last.text += ` ${line.trim()}`
    else {
      if (open?.kind !== 'paragraph') blocks.push(open = { kind: 'paragraph', lines: [] })
      open.lines.push(line.trim())
    }
  }
  return blocks
}

function shownBlock(block: Block) {
  switch (block.kind) {
    case 'paragraph': return html`<p>${block.lines.map((line, index) => html`${index === 0 ? '' : html`<br>`}${withLinks(line)}`)}</p>`
    case 'steps': return html`<ol${block.start === 1 ? '' : html` start="${block.start}"`}>${block.items.map(shownItem)}</ol>`
    case 'points': return html`<ul>${block.items.map(shownItem)}</ul>`
  }
}

const shownItem = ({ text, points }: Item) =>
  html`<li>${withLinks(text)}${points.length === 0 ? '' : html`<ul>${points.map((point) => html`<li>${withLinks(point)}</li>`)}</ul>`}</li>`

/** What follows a number that stands in for the province's own: `1022 (SỐ MẪU)`. */
const saidToBeSample = (after: string): boolean => isSample(/^ ?\([^()]*\)/.exec(after)?.[0] ?? '')

/** A line whose addresses and telephone numbers can be tapped, but for those that are samples. */
export function withLinks(line: string) {
  const found = [
    ...[...line.matchAll(/https:\/\/[^\s<>"“”()]*[^\s<>"“”().,;:!?]/g)].flatMap(([raw]) => (safeUrl(raw) === null ? [] : [{ raw, href: raw }])),
    // Only the state may own these; what merely begins like one is left alone.
    ...[...line.matchAll(/(?<![\w@./-])(?:[a-z0-9-]+\.)+gov\.vn(?![\w@/-]|\.\w)/gi)].map(([raw]) => ({ raw, href: `https://${raw}` })),
    ...phoneNumbers(line).map(({ raw, digits }) => ({ raw, href: `tel:${digits}` })),
  ].map((link) => ({ ...link, at: line.indexOf(link.raw) })).sort((a, b) => a.at - b.at)
  let from = 0
  const parts = found.flatMap(({ raw, href, at: first }) => {
    const at = Math.max(first, line.indexOf(raw, from))
    if (first === -1 || at < from) return []
    const before = line.slice(from, at)
    from = at + raw.length
    if (isSample(raw) || saidToBeSample(line.slice(from))) return [before, raw]
    return [before, html`<a href="${href}">${raw}</a>`]
  })
  return html`${parts}${line.slice(from)}`
}
