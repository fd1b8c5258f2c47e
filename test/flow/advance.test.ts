import { describe, expect, it } from 'vitest'
import { again, back, enter, otherwise, said, tapped, triggered } from '../../src/flow/advance.ts'
import { noFlow, type FlowMove, type FlowState } from '../../src/flow/flow.ts'
import { at, context, flowsOf, shown } from './support.ts'

const main = `
id: main
title: Menu chính
start: menu
steps:
  menu:
    ask: Chào bà con {{province.name}}
    choices:
      - { title: Dịch vụ công, goto: dvc }
      - { title: Lừa đảo, article: scam-otp }
      - { title: Gặp cán bộ, handover: true }
`
const dvc = `
id: dvc
title: Dịch vụ công
triggers: [dịch vụ công, nộp hồ sơ]
start: menu
steps:
  menu:
    ask: Bà con cần gì?
    choices:
      - { title: Nộp hồ sơ mới, goto: name, match: [nộp, gửi giấy tờ] }
      - { pattern: '^hồ sơ (?:số )?(?P<number>\\d+)$', save: number, goto: found }
      - { pattern: 'kêu ca', save: complaint, goto: found }
      - { title: Chọn xã, goto: commune }
  name:
    ask: Tên gì ạ?
    otherwise: { goto: thanks, save: full_name }
  thanks:
    say: Cảm ơn {{saved.full_name}}, {{today}}.
    goto: menu
  found:
    ask: "Hồ sơ {{saved.number}}{{saved.complaint}} ({{text}})"
    choices: [{ title: 'Về với {{saved.number}}', goto: main }]
    otherwise: found
  commune:
    ask: Xã nào?
    choices:
      - { title: Xã Bình An, remember: commune, save: xa, goto: menu }
      - { pattern: '^xã (?P<commune>.+)$', remember: commune, goto: menu }
`
const flows = flowsOf(main, dvc)
const stateOf = (move: FlowMove | null): FlowState => move!.state

describe('going to a step', () => {
  it('says it with its choices and payloads', () => {
    const move = enter(flows, noFlow, { flow: 'main', step: 'menu' }, context())
    expect(move).toEqual({
      kind: 'said',
      state: { at: { flow: 'main', step: 'menu' }, page: 0, trail: [], saved: {} },
      messages: [{
        text: 'Chào bà con tỉnh Mẫu',
        choices: [
          { title: 'Dịch vụ công', payload: 'c:main:menu:1' },
          { title: 'Lừa đảo', payload: 'c:main:menu:2' },
          { title: 'Gặp cán bộ', payload: 'c:main:menu:3' },
        ],
      }],
    })
  })

  it('remembers the way back, but not a step entered from itself', () => {
    const move = enter(flows, at('main', 'menu'), { flow: 'dvc', step: 'found' }, context())
    expect(stateOf(move).trail).toEqual([{ flow: 'main', step: 'menu' }])
    expect(stateOf(enter(flows, stateOf(move), { flow: 'dvc', step: 'found' }, context())).trail).toHaveLength(1)
  })

  it('goes on at once from a step with goto', () => {
    const move = otherwise(flows, at('dvc', 'name'), context('  Lò Thị Mai '))
    expect(shown(move)).toEqual(['Cảm ơn Lò Thị Mai, 21/11/2026.', 'Bà con cần gì? | Nộp hồ sơ mới | Chọn xã'])
    expect(stateOf(move)).toMatchObject({ at: { flow: 'dvc', step: 'menu' }, trail: [{ flow: 'dvc', step: 'name' }] })
  })

  it('stops a circle of gotos after twenty steps', () => {
    const circle = flowsOf('id: x\ntitle: X\nsteps: { a: { say: một, goto: b }, b: { say: hai, goto: a } }')
    expect(shown(enter(circle, noFlow, { flow: 'x', step: 'a' }, context()))).toHaveLength(20)
  })

  it('leaves out what comes to nothing', () => {
    const quiet = flowsOf("id: x\ntitle: X\nsteps: { a: { say: '{{saved.v}}', goto: b }, b: { ask: hai, otherwise: { goto: a, save: v } } }")
    expect(shown(enter(quiet, noFlow, { flow: 'x', step: 'a' }, context()))).toEqual(['hai'])
    expect(shown(otherwise(quiet, at('x', 'b'), context('vâng')))).toEqual(['vâng', 'hai'])
  })

  it('leads to the main menu when the step is gone, and nowhere without one', () => {
    expect(shown(enter(flows, noFlow, { flow: 'dvc', step: 'constructor' }, context()))[0]).toContain('Chào bà con')
    expect(enter(flowsOf(dvc.replace('goto: main', 'goto: menu')), at('old', 'gone'), { flow: 'old', step: 'gone' }, context()))
      .toEqual({ kind: 'question', state: noFlow })
  })
})

describe('a tap', () => {
  const rows: [label: string, payload: string, expected: Partial<FlowMove>][] = [
    ['a step', 'c:main:menu:1', { kind: 'said' }],
    ['an article, staying where we are', 'c:main:menu:2', { kind: 'article', article: 'scam-otp', state: at('main', 'menu') }],
    ['a person', 'c:main:menu:3', { kind: 'handover', state: at('main', 'menu') }],
  ]
  it.each(rows)('leads to %s', (_, payload, expected) => {
    expect(tapped(flows, at('main', 'menu'), payload, context())).toMatchObject(expected)
  })

  it.each(['c:main:menu:4', 'c:main:menu:0', 'c:main:gone:1', 'c:gone:menu:1', 'c:main:menu:x', 'c:main:menu:-1', 'p:main:menu:1', 'x:main:menu:1', 'c:main:toString:1', 'c', ''])(
    'leads nowhere: %j', (payload) => expect(tapped(flows, at('main', 'menu'), payload, context())).toBeNull())

  it('on an old menu leads from that menu, and back goes there first', () => {
    const move = tapped(flows, at('dvc', 'name'), 'c:main:menu:1', context())
    expect(stateOf(move).trail).toEqual([{ flow: 'dvc', step: 'name' }, { flow: 'main', step: 'menu' }])
    expect(shown(back(flows, stateOf(move), context()))[0]).toContain('Chào bà con')
  })

  it('says the title to a step that shows what was said', () => {
    const echo = flowsOf("id: x\ntitle: X\nsteps: { a: { ask: A, choices: [{ title: Mất xe, goto: b }] }, b: { ask: '{{text}}', otherwise: a } }")
    expect(shown(tapped(echo, at('x', 'a'), 'c:x:a:1', context('')))).toEqual(['Mất xe'])
    expect(shown(tapped(echo, at('x', 'a'), 'c:x:a:1', context('1')))).toEqual(['1'])
  })

  it('saves the title, and asks before it remembers', () => {
    const move = tapped(flows, at('dvc', 'commune'), 'c:dvc:commune:1', context('1'))
    expect(move).toMatchObject({ kind: 'remember', field: 'commune', value: 'Xã Bình An', state: { saved: { xa: 'Xã Bình An' } }, then: { kind: 'said' } })
  })
})

describe('words', () => {
  const rows: [text: string, lands: string | null][] = [
    ['Nộp hồ sơ mới', 'name'],
    ['dạ em muốn nop ho so moi ạ', 'name'],
    ['nôp hô sơ mơi', 'name'],
    ['nop ho so mooi', 'name'],
    ['gửi giấy tờ', 'name'],
    ['nộp', 'name'],
    ['hồ sơ số 123', 'found'],
    ['HỒ SƠ 123', 'found'],
    ['nộp hồ sơ mới ở đâu?', null],
    ['123', null],
    ['', null],
    ['🙂', null],
  ]
  it.each(rows)('%j lands at %j', (text, lands) => {
    expect(said(flows, at('dvc', 'menu'), context(text))?.state.at?.step ?? null).toBe(lands)
  })

  it('prefers the exact words to nearly the same ones', () => {
    const near = flowsOf('id: x\ntitle: X\nsteps: { a: { ask: hỏi, choices: [{ title: Mật khẩu cũ, article: cu }, { title: Mật khẩu cu li, article: li }, { title: Mật khẩu cụ, match: [mat khau cul], article: cul }] } }')
    expect(said(near, at('x', 'a'), context('mat khau cul'))).toMatchObject({ article: 'cul' })
  })

  it('understands short answers with particles around them', () => {
    const yesNo = flowsOf('id: x\ntitle: X\nsteps: { a: { ask: Có không?, choices: [{ title: Có, article: co }, { title: Không, article: khong }] } }')
    for (const text of ['có', 'Có ạ', 'dạ có', 'dạ có ạ', 'co nha']) expect(said(yesNo, at('x', 'a'), context(text))).toMatchObject({ article: 'co' })
    for (const text of ['không', 'dạ không ạ', 'khong']) expect(said(yesNo, at('x', 'a'), context(text))).toMatchObject({ article: 'khong' })
    expect(said(yesNo, at('x', 'a'), context('dạ'))).toBeNull()
  })

  it('keeps the group of the name, the whole text without one, and shows both once', () => {
    const number = said(flows, at('dvc', 'menu'), context('hồ sơ số 4711'))
    expect(number).toMatchObject({ state: { saved: { number: '4711' } } })
    expect(shown(number)).toEqual(['Hồ sơ 4711 (hồ sơ số 4711) | Về với 4711'])
    const complaint = said(flows, at('dvc', 'menu'), context('tôi kêu ca {{saved.number}} {{province.hotline}}'))
    expect(shown(complaint)[0]).toContain('Hồ sơ tôi kêu ca {{saved.number}} {{province.hotline}} (')
  })

  it('remembers the group of a pattern', () => {
    expect(said(flows, at('dvc', 'commune'), context('xã Phú Lộc'))).toMatchObject({ kind: 'remember', value: 'Phú Lộc' })
  })

  it('listens for a title with a saved value as it was shown', () => {
    expect(said(flows, at('dvc', 'found', { saved: { number: '4711' } }), context('về với 4711'))?.state.at).toEqual({ flow: 'main', step: 'menu' })
    expect(said(flows, at('dvc', 'found', { saved: { number: '4711' } }), context('về với 4712'))).toBeNull()
  })

  it('does not listen for a title that repeats what is said', () => {
    const echo = flowsOf("id: x\ntitle: X\nsteps: { a: { ask: hỏi, choices: [{ title: '{{text}}', handover: true }] } }")
    expect(said(echo, at('x', 'a'), context('gì cũng được'))).toBeNull()
  })
})

describe('triggers', () => {
  it('lead to the start of their flow', () => expect(triggered(flows, context('Dạ cho em hỏi... nộp hồ sơ'))).toBeNull())
  it('are whole messages', () => expect(triggered(flows, context('em muốn nộp hồ sơ ạ'))).toEqual({ flow: 'dvc', step: 'menu' }))
})

describe('any other text', () => {
  it('is a question by default, and outside every flow', () => {
    expect(otherwise(flows, at('main', 'menu'), context('abc'))).toEqual({ kind: 'question', state: at('main', 'menu') })
    expect(otherwise(flows, noFlow, context('abc'))).toEqual({ kind: 'question', state: noFlow })
  })
  it('stays at a step that names itself', () => {
    const move = otherwise(flows, at('dvc', 'found'), context('lạ'))
    expect(shown(move)[0]).toContain('(lạ)')
    expect(stateOf(move)).toEqual({ ...noFlow, at: { flow: 'dvc', step: 'found', text: 'lạ' } })
  })
  it('shows and keeps at most 500 characters', () => {
    const move = otherwise(flows, at('dvc', 'name'), context('ố'.repeat(2_000)))
    expect(stateOf(move).saved['full_name']).toBe('ố'.repeat(500))
    expect(shown(otherwise(flows, at('dvc', 'found'), context('😀'.repeat(900))))[0]).toBe(`Hồ sơ  (${'😀'.repeat(500)}) | Về với `)
  })
})

describe('back and again', () => {
  it('back undoes one step, at last to the main menu', () => {
    const deep = at('dvc', 'found', { trail: [{ flow: 'main', step: 'menu' }, { flow: 'dvc', step: 'menu' }] })
    const once = back(flows, deep, context())
    expect(stateOf(once)).toEqual(at('dvc', 'menu', { trail: [{ flow: 'main', step: 'menu' }] }))
    const twice = back(flows, stateOf(once), context())
    expect(stateOf(twice)).toEqual(at('main', 'menu'))
    expect(stateOf(back(flows, stateOf(twice), context()))).toEqual(at('main', 'menu'))
  })
  it('back passes over steps that are gone', () => {
    const trail = [{ flow: 'dvc', step: 'menu' }, { flow: 'dvc', step: 'gone' }, { flow: 'gone', step: 'menu' }]
    expect(stateOf(back(flows, at('dvc', 'found', { trail }), context()))).toEqual(at('dvc', 'menu'))
  })
  it('both repeat what was said on coming to the step, ID numbers masked', () => {
    const echo = flowsOf("id: x\ntitle: X\nsteps: { a: { ask: 'Nghe: {{text}}', choices: [{ title: Đi, goto: b }], otherwise: a }, b: { ask: B, otherwise: b } }")
    const heard = stateOf(otherwise(echo, at('x', 'a'), context('nhà dột, thẻ 079085001234')))
    expect(shown(again(echo, heard, context('')))[0]).toBe('Nghe: nhà dột, thẻ [đã che] | Đi')
    const gone = stateOf(said(echo, heard, context('đi')))
    expect(shown(back(echo, gone, context('')))[0]).toBe('Nghe: nhà dột, thẻ [đã che] | Đi')
  })
  it('what was said at steps long passed is let go before the state grows large', () => {
    const rounds = flowsOf("id: x\ntitle: X\nsteps: { a: { ask: '{{text}}', otherwise: b }, b: { ask: '{{text}}', otherwise: a } }")
    let state = at('x', 'a')
    for (let turn = 0; turn < 30; turn++) state = stateOf(otherwise(rounds, state, context('😀'.repeat(900))))
    expect(state.trail).toHaveLength(20)
    expect(state.trail.map(({ text }) => text !== undefined)).toEqual([...Array<boolean>(19).fill(false), true])
  })
  it('again says the step anew, or the main menu when it is gone', () => {
    expect(shown(again(flows, at('dvc', 'name'), context()))).toEqual(['Tên gì ạ?'])
    expect(shown(again(flows, at('dvc', 'gone'), context()))[0]).toContain('Chào bà con')
  })
})

describe('long menus', () => {
  const menuOf = (count: number) => flowsOf(`id: x\ntitle: X\nsteps:\n  a:\n    ask: Chọn\n    choices:\n${
    Array.from({ length: count }, (_, n) => `      - { title: Mục số ${n + 1}, article: a${n + 1} }\n`).join('')}      - { pattern: ẩn, article: hidden }\n`)

  it.each([[1, 1], [8, 8], [9, 8], [14, 8], [15, 8], [40, 8]])('%i choices show %i entries on the first page', (count, entries) => {
    const [text] = shown(enter(menuOf(count), noFlow, { flow: 'x', step: 'a' }, context()))
    expect(text!.split(' | ').slice(1)).toHaveLength(entries)
  })

  it('turn page by page and come round to the first', () => {
    const long = menuOf(16)
    const first = enter(long, noFlow, { flow: 'x', step: 'a' }, context())
    const entries = (move: FlowMove | null) => (move?.kind === 'said' ? move.messages[0]!.choices! : [])
    const seen: string[][] = []
    let move: FlowMove | null = first
    for (let page = 0; page < 3; page++) {
      seen.push(entries(move).map(({ title }) => title))
      move = tapped(long, stateOf(move), entries(move).at(-1)!.payload, context())
    }
    expect(seen).toEqual([
      ['Mục số 1', 'Mục số 2', 'Mục số 3', 'Mục số 4', 'Mục số 5', 'Mục số 6', 'Mục số 7', 'Xem thêm'],
      ['Mục số 8', 'Mục số 9', 'Mục số 10', 'Mục số 11', 'Mục số 12', 'Mục số 13', 'Mục số 14', 'Xem thêm'],
      ['Mục số 15', 'Mục số 16', 'Về đầu'],
    ])
    expect(move).toEqual(first)
  })

  it('back turns one page back, and comes back to the page that was left', () => {
    const long = menuOf(16)
    const third = back(long, at('x', 'a', { page: 2 }), context())
    expect(shown(third)[0]).toContain('Mục số 8')
    const first = back(long, stateOf(third), context())
    expect(shown(first)[0]).toContain('Mục số 1 ')
    expect(stateOf(back(long, stateOf(first), context())).at).toBeNull()
    const flow = flowsOf(`id: x\ntitle: X\nsteps:\n  a:\n    ask: Chọn\n    choices:\n${Array.from({ length: 12 }, (_, n) => `      - { title: Mục số ${n + 1}, goto: b }\n`).join('')}  b: { ask: B, otherwise: answer }\n`)
    const chosen = stateOf(tapped(flow, at('x', 'a', { page: 1 }), 'c:x:a:9', context('2')))
    expect(stateOf(back(flow, chosen, context()))).toEqual(at('x', 'a', { page: 1 }))
    expect(stateOf(tapped(long, at('x', 'a', { page: 1 }), 'c:x:a:9', context()))).toEqual(at('x', 'a', { page: 1 }))
  })

  it('the page-turner leads on, so that it keeps its button', () => {
    const move = enter(menuOf(16), noFlow, { flow: 'x', step: 'a' }, context())
    expect(move.kind === 'said' && move.messages[0]!.choices!.map(({ leadsOn }) => leadsOn === true)).toEqual([...Array<boolean>(7).fill(false), true])
  })

  it('keep the page when shown again, and understand words from other pages', () => {
    const long = menuOf(16)
    const second = at('x', 'a', { page: 1 })
    expect(shown(again(long, second, context()))[0]).toContain('Mục số 8')
    expect(shown(again(menuOf(3), second, context()))[0]).toContain('Mục số 1')
    expect(said(long, second, context('mục số 16'))).toMatchObject({ article: 'a16' })
    expect(said(long, second, context('ẩn'))).toMatchObject({ article: 'hidden' })
  })
})

it('what is saved stays within its bounds: the oldest goes first, the newest is there', () => {
  const steps = Array.from({ length: 12 }, (_, n) => `  s${n}:\n    ask: Bước ${n}\n    otherwise: { goto: s${(n + 1) % 12}, save: v${n} }\n`).join('')
  const flows = flowsOf(`id: main\ntitle: M\nstart: s0\nsteps:\n${steps}`)
  let state = at('main', 's0')
  for (let n = 0; n < 30; n++) state = otherwise(flows, state, context(`${n} ${'ớ'.repeat(600)}`)).state
  const { saved } = state
  expect(new TextEncoder().encode(JSON.stringify(saved)).length).toBeLessThanOrEqual(5_000)
  expect(Object.keys(saved).at(-1)).toBe('v5')
  expect(saved['v5']).toMatch(/^29 ớ/)
})
