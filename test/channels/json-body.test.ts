import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonBody } from '../../src/channels/json-body.ts'
import { fixed } from '../../src/core/fixed.ts'

const read = (body: object): unknown => JSON.parse(Buffer.from(jsonBody(body)).toString('utf8'))
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('Dịch vụ công trực tuyến của tỉnh, 8 giờ đến 17 giờ. '.repeat(3), `"\\\n\u2028${'ấ'.repeat(90)}`))
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 4 }), tie('object'), tie('object').map(fixed)),
  object: fc.dictionary(fc.string({ unit: 'grapheme' }).filter((key) => key !== '__proto__'), tie('any'), { maxKeys: 5 }),
}))

test('says what JSON.stringify says, also of what is the same again', () => {
  fc.assert(fc.property(value.object, (body) => {
    const told: unknown = JSON.parse(JSON.stringify(body))
    expect(read(body as object)).toEqual(told)
    expect(read({ before: body, again: body })).toEqual({ before: told, again: told })
  }), { numRuns: 300 })
})

test('leaves out what is undefined', () => {
  expect(Buffer.from(jsonBody({ a: undefined, b: { c: undefined }, d: 1 })).toString()).toBe('{"b":{},"d":1}')
})

test('an array is told as it is now', () => {
  const list = [1]
  const before = read({ list })
  list.push(2)
  expect([before, read({ list })]).toEqual([{ list: [1] }, { list: [1, 2] }])
})
