import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { flow } from '../../src/commands/flow.ts'
import type { FlowSet } from '../../src/flow/flow.ts'
import { allCards, mapFlows, type MapOptions } from '../../src/flow/map.ts'
import { mermaidOf } from '../../src/flow/map-mermaid.ts'
import { svgOf } from '../../src/flow/map-svg.ts'
import { launchBrowser } from '../support/browser.ts'
import { flowsOf } from './support.ts'

const options: MapOptions = { articleTitle: (id) => `Mục ${id}`, isOpened: () => false, remarks: () => [] }
const mapOf = (flows: FlowSet, more: Partial<MapOptions> = {}) => mapFlows(flows, { ...options, ...more })
const cardAt = (flows: FlowSet, step: string, more: Partial<MapOptions> = {}) => allCards(mapOf(flows, more)).find(({ at }) => `${at.flow}/${at.step}` === step)!

const main = `id: main
title: Menu chính
steps:
  menu:
    ask: Việc gì?
    choices:
      - { title: Hồ sơ, goto: ho-so }
      - { title: Xem mục, article: x }
      - { title: Cán bộ, handover: true }
      - { match: [riêng tư], article: y }
`
const deep = `id: ho-so
title: Hồ sơ
triggers: [hồ sơ]
steps:
  mot: { ask: 1, choices: [{ title: Tiếp, goto: hai }] }
  hai: { ask: 2, choices: [{ title: Tiếp, goto: noi }, { title: Tắt, goto: bon }] }
  noi: { say: Nói, goto: ba }
  ba: { ask: 3, choices: [{ title: Tiếp, goto: bon }], otherwise: mot }
  bon: { ask: 4, choices: [{ title: Xem, article: z }, { title: Menu, goto: main }] }
  nam: { ask: 5, otherwise: answer }
`

describe('the map', () => {
  const flows = flowsOf(deep, main)

  it('begins at the main menu and counts taps from the greeting; going on at once costs none', () => {
    expect(mapOf(flows).flows.map(({ id }) => id)).toEqual(['main', 'ho-so'])
    expect(Object.fromEntries(allCards(mapOf(flows)).map(({ at, taps }) => [at.step, taps]))).toEqual({ menu: 0, mot: 1, hai: 2, noi: 3, ba: 3, bon: 3, nam: null })
  })

  it('draws each step once, in its flow, and names it where else it is led to', () => {
    const names = allCards(mapOf(flows)).map(({ at }) => `${at.flow}/${at.step}`)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toHaveLength(7)
    expect(cardAt(flows, 'main/menu').rows.map(({ leads }) => leads.to)).toEqual(['elsewhere', 'article', 'person', 'article'])
    expect(cardAt(flows, 'ho-so/ba').rows.map(({ says, leads }) => [says, leads.to])).toEqual([['Tiếp', 'elsewhere'], ['nhắn lời khác', 'elsewhere']])
    expect(cardAt(flows, 'ho-so/hai').rows.map(({ leads }) => leads.to)).toEqual(['card', 'card'])
  })

  it('numbers what is shown, and says what only listens', () => {
    expect(cardAt(flows, 'main/menu').rows.map(({ number, says }) => [number, says])).toEqual([[1, 'Hồ sơ'], [2, 'Xem mục'], [3, 'Cán bộ'], [null, 'nghe: riêng tư']])
  })

  it('tells by words and by how many patterns what is heard unseen, once for each place it leads to', () => {
    const unseen = 'id: main\ntitle: Menu\ntriggers: [chào, { pattern: x+ }, { pattern: y+ }]\nsteps:\n  menu:\n    ask: Việc gì?\n    choices:\n'
      + '      - { title: Hồ sơ, goto: ho-so }\n      - { pattern: a+, goto: rieng }\n      - { pattern: b+, article: t }\n      - { match: [riêng], goto: rieng }\n  rieng: { ask: Riêng, otherwise: answer }\n'
    const [rows, drawn] = [cardAt(flowsOf(deep, unseen), 'main/menu').rows, mapOf(flowsOf(deep, unseen)).flows[0]!]
    expect(rows.map(({ says, leads }) => [says, leads.to])).toEqual([['Hồ sơ', 'elsewhere'], ['nghe: riêng, 1 mẫu câu', 'card'], ['nghe: 1 mẫu câu', 'article']])
    expect(drawn.triggers).toEqual(['chào', '2 mẫu câu'])
  })

  it('marks what nobody comes to, what lies too deep, and what it is told', () => {
    expect(cardAt(flows, 'ho-so/nam').remarks).toEqual(['không ai tới được'])
    expect(cardAt(flows, 'ho-so/bon').remarks).toEqual([])
    const deeper = flowsOf(deep.replace('{ title: Tắt, goto: bon }', '{ title: Tắt, article: t }'), main)
    expect(cardAt(deeper, 'ho-so/bon')).toMatchObject({ taps: 4, remarks: ['sâu quá 4 lần chạm'] })
    expect(cardAt(deeper, 'ho-so/bon').rows.map(({ isDeep }) => isDeep)).toEqual([true, false])
    expect(cardAt(flows, 'ho-so/ba', { remarks: ({ step }) => (step === 'ba' ? ['tin dài quá'] : []) }).remarks).toEqual(['tin dài quá'])
  })

  it('counts from where people come in: a flow’s own words, a menu or a printed code, whatever the way from the greeting', () => {
    const far = 'id: xa\ntitle: Xa\ntriggers: [xa]\nsteps: { a: { ask: 1, choices: [{ title: Tiếp, goto: b }] }, b: { ask: 2, otherwise: answer } }\n'
    const chained = flowsOf(deep.replace('{ title: Menu, goto: main }', '{ title: Xa, goto: xa }'), main, far)
    expect([cardAt(chained, 'xa/a').taps, cardAt(chained, 'xa/b').taps]).toEqual([1, 2])
    const silent = flowsOf(main, deep, far.replace('triggers: [xa]\n', ''))
    expect(cardAt(silent, 'xa/a')).toMatchObject({ taps: null, remarks: ['không ai tới được'] })
    expect(cardAt(silent, 'xa/a', { isOpened: (id) => id === 'xa' })).toMatchObject({ taps: 1, remarks: [] })
  })

  it('takes a flow that only its triggers open as one tap away', () => {
    expect(cardAt(flowsOf(deep), 'ho-so/mot').taps).toBe(1)
  })

  it('as Mermaid names every step, article and way, and nothing that is not there', () => {
    const text = mermaidOf(mapOf(flowsOf(deep, main.replace('Việc gì?', '"Việc \\"gì\\" <b>; #1?"'))))
    const defined = [...text.matchAll(/^ +([a-z]\d+)[[(]/gm)].map(([, id]) => id!)
    const used = [...text.matchAll(/^ +([a-z]\d+) -[-.] .* \.?-*> ([a-z]\d+)$/gm)].flatMap(([, from, to]) => [from!, to!])
    expect(used.length / 2).toBe([...text.matchAll(/^ .*-[-.] "/gm)].length)
    expect(used.filter((id) => !defined.includes(id))).toEqual([])
    expect(text).toContain('s0["menu: Việc #34;gì#34; #60;b#62;#59; #35;1?"]')
    expect(text).toContain('(["Mục x"]):::article')
    expect(text).toMatch(/class s\d wrong/)
    expect([...text].filter((sign) => sign === '"').length % 2).toBe(0)
  })
})

/** Run in the page: which text sticks out of its card or leaf, and which cards lie over each other. */
const findFaults = `(() => {
  const found = []
  const boxes = [...document.querySelectorAll('svg g > rect')].map((rect) => rect.getBoundingClientRect())
  const sheet = document.querySelector('svg').getBoundingClientRect()
  for (const text of document.querySelectorAll('svg text')) {
    const { left, right, top, bottom } = text.getBoundingClientRect()
    if (right > sheet.right || bottom > sheet.bottom || left < 0) found.push('outside: ' + text.textContent)
    if (text.closest('g') === null) continue
    const around = boxes.filter((box) => box.left <= left && left <= box.right && box.top <= (top + bottom) / 2 && (top + bottom) / 2 <= box.bottom)
    const smallest = around.sort((a, b) => a.width * a.height - b.width * b.height).find((box) => box.width > 6.5)
    if (smallest === undefined || right > smallest.right + 0.5 || bottom > smallest.bottom + 0.5 || top < smallest.top - 0.5) found.push('sticks out: ' + text.textContent)
  }
  const cards = [...document.querySelectorAll('g[id*="--"]')].map((card) => ({ id: card.id, box: card.firstElementChild.getBoundingClientRect() }))
  for (const [index, a] of cards.entries()) {
    for (const b of cards.slice(index + 1)) {
      if (a.box.left < b.box.right && b.box.left < a.box.right && a.box.top < b.box.bottom && b.box.top < a.box.bottom) found.push(a.id + ' over ' + b.id)
    }
  }
  return found
})()`

describe('the picture of all flows, in a browser', () => {
  let browser: Browser
  beforeAll(async () => { browser = await launchBrowser() })
  afterAll(() => browser.close())

  async function faultsOf(svg: string): Promise<string[]> {
    const page = await browser.newPage()
    await page.setContent(`<body style="margin:0">${svg}</body>`)
    const faults = await page.evaluate<string[]>(findFaults)
    await page.close()
    return faults
  }

  it('keeps every word in its box and every card apart', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'map-'))
    try {
      const said: string[] = []
      const terminal = { env: {}, input: process.stdin, out: (line: string) => void said.push(line), error: (line: string) => void said.push(line) }
      expect(await flow(['map', '--svg', join(dir, 'map.svg'), '--mermaid', join(dir, 'map.mmd')], terminal)).toBe(0)
      const svg = await readFile(join(dir, 'map.svg'), 'utf8')
      expect(said[0]).toMatch(/^Đã vẽ \d+ kịch bản, \d+ bước vào .*map\.svg và .*map\.mmd\.$/)
      expect(await readFile(join(dir, 'map.mmd'), 'utf8')).toMatch(/^flowchart LR\n/)
      expect(svg).toContain('>Menu chính</text>')
      expect(await faultsOf(svg)).toEqual([])
    } finally {
      await rm(dir, { recursive: true })
    }
  })

  it('also with words far too long, signs of markup, and steps nobody comes to', async () => {
    const long = 'Đăngkýtạmtrúchongườilớnvàtrẻemởnhàthuê'.repeat(4)
    const flows = flowsOf(deep.replace('ask: 1', `ask: "${long} <script>&amp; ${'MWMW '.repeat(60)}"`).replace('title: Xem,', `title: "${long}",`).replace('title: Hồ sơ', `title: ${long}`), main)
    const svg = svgOf(mapOf(flows, { articleTitle: () => `${long} ${'WWWW '.repeat(30)}`.trim() }))
    expect(svg).not.toContain('<script>')
    expect(await faultsOf(svg)).toEqual([])
  })
})
