import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseFlows } from '../../src/flow/parse.ts'
import { flowsOf } from './support.ts'

const step = (body: string) => flowsOf(`id: x\ntitle: X\nsteps:\n  a:\n    ask: Hỏi\n${body}`, 'id: other\ntitle: O\nstart: two\nsteps: { one: { ask: 1, otherwise: two }, two: { ask: 2, otherwise: one } }').get('x')!.steps['a']!

describe('a flow', () => {
  it('is read as it is written', () => {
    const flow = flowsOf(`
id: 0905
title: 2026
triggers: [113, { pattern: ^a }]
steps:
  yes: { ask: true, choices: [{ title: no, goto: yes, save: a, remember: role }] }
`).get('0905')
    expect(flow).toMatchObject({
      id: '0905', title: '2026', start: 'yes', urgent: false, file: '0.yaml',
      triggers: [{ words: '113' }, { pattern: '^a' }],
      steps: { yes: { id: 'yes', ask: 'true', choices: [{ title: 'no', save: 'a', remember: 'role', then: { to: 'step', target: { flow: '0905', step: 'yes' } } }], otherwise: { to: 'answer' }, goto: null } },
    })
  })

  it.each<[string, string, unknown]>([
    ['a step of its own', 'goto: a', { flow: 'x', step: 'a' }],
    ['the start of another flow', 'goto: other', { flow: 'other', step: 'two' }],
    ['a step of another flow', 'goto: other/one', { flow: 'other', step: 'one' }],
  ])('may lead to %s', (_, goto, target) => {
    expect(step(`    choices: [{ title: T, ${goto} }]\n`).choices[0]!.then).toEqual({ to: 'step', target })
  })

  it('prefers a step of its own to a flow of that name', () => {
    const flow = flowsOf('id: x\ntitle: X\nsteps: { other: { ask: 1, otherwise: x }, x: { ask: 2, otherwise: other } }', 'id: other\ntitle: O\nsteps: { a: { ask: 1, otherwise: answer } }').get('x')!
    expect(flow.steps['x']!.otherwise).toEqual({ to: 'step', target: { flow: 'x', step: 'other' }, save: null })
  })

  it.each<[string, unknown]>([
    ['    otherwise: answer\n', { to: 'answer' }],
    ['    otherwise: a\n', { to: 'step', target: { flow: 'x', step: 'a' }, save: null }],
    ['    otherwise: { goto: other, save: NAME }\n', { to: 'step', target: { flow: 'other', step: 'two' }, save: 'NAME' }],
  ])('does otherwise %j', (written, otherwise) => expect(step(written).otherwise).toEqual(otherwise))

  it.each(['triggers: nộp hồ sơ', 'triggers: [nộp hồ sơ]', 'triggers:\n  - nộp hồ sơ'])('takes %j', (triggers) => {
    expect(flowsOf(`id: x\ntitle: X\n${triggers}\nsteps: { a: { ask: 1, otherwise: a } }`).get('x')!.triggers).toEqual([{ words: 'nộp hồ sơ' }])
  })
})

describe('a flow that is left out', () => {
  const main = 'id: main\ntitle: M\nsteps: { menu: { ask: 1, choices: [{ title: A, goto: x }, { title: Xấu, goto: xau }] } }'
  const x = 'id: x\ntitle: X\nsteps: { a: { ask: 1, choices: [{ title: T, goto: xau/b }, { title: U, article: u }], otherwise: xau }, b: { say: 2, goto: xau } }'
  const read = (leftOut: { file: string; text: string }[]) => parseFlows([{ file: 'main.yaml', text: main }, { file: 'x.yaml', text: x }], leftOut)

  it('takes the choices with it that lead there; other ways lead to the answers and to the main menu', () => {
    const { flows, problems } = read([{ file: 'flows/khac.yaml', text: 'id: xau\ntitle: [' }])
    expect(problems).toEqual([])
    expect(flows.get('main')!.steps['menu']!.choices.map(({ title }) => title)).toEqual(['A'])
    expect(flows.get('x')!.steps['a']).toMatchObject({ choices: [{ title: 'U' }], otherwise: { to: 'answer' } })
    expect(flows.get('x')!.steps['b']!.goto).toEqual({ flow: 'main', step: 'menu' })
  })

  it('is known by the name of its file too, and by nothing else', () => {
    expect(read([{ file: 'flows/xau.yaml', text: '%%' }]).problems).toEqual([])
    expect(read([{ file: 'flows/la.yaml', text: 'id: la' }]).problems).toHaveLength(4)
  })
})

describe('a pattern', () => {
  const matcher = (pattern: string) => {
    const found = flowsOf(`id: x\ntitle: X\ntriggers: [{ pattern: '${pattern}' }]\nsteps: { a: { ask: 1, otherwise: a } }`).get('x')!.triggers[0]!
    if (!('pattern' in found)) throw new Error('no pattern')
    return found
  }
  it.each<[string, string, Record<string, string> | null]>([
    ['^đông$', ' ĐÔNG\n', {}],
    ['^đông$', 'ĐÔNG'.normalize('NFD'), {}],
    ['^đông$', 'dong', null],
    ['số (?P<so>\\d+)(?: ngày (?P<ngay>\\d+))?', 'Hồ sơ SỐ 12', { so: '12', ngay: '' }],
    ['là (?<ten>\\p{L}+)$', 'tôi LÀ Ánh', { ten: 'Ánh' }],
  ])('%j on %j', (pattern, text, groups) => {
    expect(matcher(pattern).test(text)).toEqual(groups)
  })
  it('takes linear time on what would take others for ever', () => {
    expect(matcher('^(a+)+$').test(`${'a'.repeat(499)}b`)).toBeNull()
  })
})

it('names every fault of every file, each in its place', () => {
  const { problems } = parseFlows([
    { file: 'a.yaml', text: 'id: A\ntitle: X\nstep: {}\n' },
    { file: 'b.yaml', text: 'id: b\ntitle: X\nsteps:\n  a:\n    ask: 1\n    goto: c\n  b:\n    ask: 2\n    otherwise: d\n' },
  ])
  expect(problems.map(({ file, line, column }) => `${file}:${line}:${column}`).sort()).toEqual(['a.yaml:1:5', 'a.yaml:3:1', 'b.yaml:6:11', 'b.yaml:9:16'])
})

it('every example in flows/README.md can be run', () => {
  const readme = readFileSync(new URL('../../flows/README.md', import.meta.url), 'utf8')
  const examples = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!)
  expect(examples).toHaveLength(3)
  expect(parseFlows(examples.map((text, index) => ({ file: `README ${index}`, text }))).problems).toEqual([])
})
