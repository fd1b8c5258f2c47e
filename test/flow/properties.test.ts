import fc from 'fast-check'
import { expect, it } from 'vitest'
import { again, back, enter, otherwise, said, tapped, triggered } from '../../src/flow/advance.ts'
import { noFlow, type FlowMove, type FlowSet, type FlowState } from '../../src/flow/flow.ts'
import { context, flowsOf } from './support.ts'

/** A small world with every feature: pages, hidden choices, saving under many names, circles, steps across flows. */
const names = Array.from({ length: 12 }, (_, n) => `v${n}`)
const flows = flowsOf(
  `id: main\ntitle: M\ntriggers: [bắt đầu]\nsteps:\n  menu:\n    ask: '{{text}} {{saved.v0}}'\n    choices:\n${
    names.map((name) => `      - { title: 'Ghi ${name} {{saved.${name}}}', save: ${name}, goto: menu }\n      - { pattern: '${name} (?P<${name}>.*)', save: ${name}, goto: two }\n`).join('')}    otherwise: two\n`,
  `id: two\ntitle: T\ntriggers: [{ pattern: '^đi' }]\nsteps:\n  a: { ask: A, otherwise: { goto: b, save: v1 } }\n  b: { say: B, goto: c }\n  c: { ask: C, choices: [{ title: Nhớ, remember: role, save: v2, goto: main }, { title: Xa, goto: three }], otherwise: { goto: c, save: v3 } }\n`,
  'id: three\ntitle: B\nsteps: { x: { say: X, goto: y }, y: { say: Y, goto: x } }\n',
)

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 700 }), fc.string({ unit: 'binary', maxLength: 700 }),
  fc.constantFrom('bắt đầu', 'đi', 'nhớ', 'xa', 'Ghi v3', '\u0001'.repeat(900), '😀'.repeat(900), '"\\'.repeat(400), 'v4 {{saved.v4}}{{text}}'),
  fc.tuple(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 600 })).map(([name, rest]) => `${name} ${rest}`),
)
const payload = fc.oneof(
  fc.string(),
  fc.tuple(fc.constantFrom('c', 'p', 'x'), fc.constantFrom('main', 'two', 'three', 'gone', '__proto__'), fc.constantFrom('menu', 'a', 'c', 'x', 'toString'), fc.integer({ min: -1, max: 30 })).map((parts) => parts.join(':')),
)
const doing = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), value: text }),
  fc.record({ kind: fc.constant('tap' as const), value: payload }),
  fc.record({ kind: fc.constantFrom('back' as const, 'again' as const), value: fc.constant('') }),
)

function next(set: FlowSet, state: FlowState, { kind, value }: { kind: 'text' | 'tap' | 'back' | 'again'; value: string }): FlowMove {
  const now = context(value)
  if (kind === 'back') return back(set, state, now)
  if (kind === 'again') return again(set, state, now)
  if (kind === 'tap') return tapped(set, state, value, now) ?? again(set, state, now)
  const target = triggered(set, now)
  return said(set, state, now) ?? (target === null ? otherwise(set, state, now) : enter(set, state, target, now))
}

const settled = (move: FlowMove): FlowMove => (move.kind === 'remember' ? settled(move.then) : move)

it('whatever is said and tapped, nothing throws and the state stays small and valid', () => {
  fc.assert(fc.property(fc.array(doing, { maxLength: 60 }), (turns) => {
    let state = noFlow
    for (const turn of turns) {
      const move = settled(next(flows, state, turn))
      state = JSON.parse(JSON.stringify(move.state)) as FlowState
      expect(state).toEqual(move.state)
      expect(state.trail.length).toBeLessThanOrEqual(20)
      expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThan(12 * 1024)
      if (state.at !== null) expect(flows.get(state.at.flow)!.steps[state.at.step]).toBeDefined()
      expect(state.page).toBeGreaterThanOrEqual(0)
      expect(state.page).toBeLessThan(state.at?.flow === 'main' ? 2 : 1)
      for (const message of move.kind === 'said' ? move.messages : []) {
        expect(message.choices?.length ?? 0).toBeLessThanOrEqual(8)
        for (const choice of message.choices ?? []) expect(Buffer.byteLength(choice.payload)).toBeLessThanOrEqual(64)
      }
    }
  }), { numRuns: 300 })
})

it('a state saved under other flows never throws under these', () => {
  const step = fc.record({ flow: fc.constantFrom('main', 'two', 'old', 'toString'), step: fc.constantFrom('menu', 'a', 'gone', 'constructor') })
  const old = fc.record({ at: fc.option(step), page: fc.nat({ max: 9 }), trail: fc.array(step, { maxLength: 20 }), saved: fc.dictionary(fc.string(), fc.string()) })
  fc.assert(fc.property(old, doing, (state, turn) => {
    const move = settled(next(flows, state, turn))
    if (move.kind === 'said') expect(flows.get(move.state.at!.flow)!.steps[move.state.at!.step]).toBeDefined()
  }), { numRuns: 300 })
})
