import { describe, expect, it } from 'vitest'
import { fixed, onceForFixed } from '../../src/core/fixed.ts'

describe('fixed', () => {
  it('freezes through and through, and gives the same object back', () => {
    const menu = { text: 'a', choices: [{ title: 'b' }] }
    expect(fixed(menu)).toBe(menu)
    expect([menu, menu.choices, menu.choices[0]].every(Object.isFrozen)).toBe(true)
    expect([fixed('x'), fixed(null), fixed(undefined)]).toEqual(['x', null, undefined])
  })
})

describe('onceForFixed', () => {
  it('makes of a frozen object once, and of any other each time', () => {
    let made = 0
    const make = onceForFixed(({ text }: { text: string }) => ({ told: text, nth: ++made }))
    const same = fixed({ text: 'a' })
    expect(make(same)).toBe(make(same))
    expect(Object.isFrozen(make(same))).toBe(true)
    const own = { text: 'a' }
    expect([make(own).nth, make(own).nth]).toEqual([2, 3])
    expect(make(fixed({ text: 'b' })).told).toBe('b')
  })
})
