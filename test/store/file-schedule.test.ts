import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Schedule } from '../../src/store/file/schedule.ts'

const step = fc.oneof(
  fc.record({ key: fc.nat(12).map(String), dueAt: fc.nat(20), tie: fc.nat(3) }),
  fc.record({ key: fc.nat(12).map(String), gone: fc.constant(true) }),
)

describe('Schedule', () => {
  it('gives the keys in order of time and tie, whatever was put in, moved and taken out', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const schedule = new Schedule()
      const model = new Map<string, { dueAt: number; tie: number }>()
      for (const one of steps) {
        if ('gone' in one) {
          schedule.delete(one.key)
          model.delete(one.key)
        } else {
          schedule.set(one.key, one.dueAt, one.tie)
          model.set(one.key, one)
        }
      }
      expect(schedule.size).toBe(model.size)
      const times: [number, number][] = []
      for (let first = schedule.first(); first !== null; first = schedule.first()) {
        const { dueAt, tie } = model.get(first.key)!
        expect(first.dueAt).toBe(dueAt)
        times.push([dueAt, tie])
        schedule.delete(first.key)
      }
      expect(times).toEqual([...model.values()].map(({ dueAt, tie }) => [dueAt, tie]).toSorted(([a, x], [b, y]) => a! - b! || x! - y!))
    }))
  })
})
