import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { glanceAtJson } from '../../webhooks/json.ts'
import { payloadIn } from '../support/payload.ts'

const read = (text: string) => payloadIn(new TextEncoder().encode(text))

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value)
      expect(read(text)).toEqual(JSON.parse(text, (_, inner: unknown) => (typeof inner === 'number' && Number.isInteger(inner) && !Number.isSafeInteger(inner) && !/e/.test(String(inner)) ? String(inner) : inner)))
    }))
  })

  it.each([
    ['{"id":9007199254740993001}', { id: '9007199254740993001' }],
    ['{"id": -9007199254740993001}', { id: '-9007199254740993001' }],
    ['[9007199254740993001,\n9007199254740993002]', ['9007199254740993001', '9007199254740993002']],
    ['9007199254740993', '9007199254740993'],
    ['{"id":9007199254740991}', { id: 9007199254740991 }],
    ['{"id":1795224600000}', { id: 1795224600000 }],
    ['{"id":12345678901234567.5}', { id: 12345678901234567.5 }],
    ['{"id":"9007199254740993001"}', { id: '9007199254740993001' }],
    ['{"text":"stk:12345678901234567890, 12345678901234567890","n":1}', { text: 'stk:12345678901234567890, 12345678901234567890', n: 1 }],
  ])('keeps every digit of a long id: %s', (text, value) => {
    expect(read(text)).toEqual(value)
  })

  it.each(['', ' ', '{', '{"a":01}', 'undefined', "{'a':1}", '{"a":9007199254740993001'])('knows what is no JSON: %j', (text) => {
    expect(read(text)).toBeUndefined()
  })

  it('loses one letter, not the message, to a byte that is no UTF-8', () => {
    const bytes = new TextEncoder().encode('{"text":"Xin chào"}')
    bytes[bytes.indexOf(0xc3)] = 0xff
    expect(payloadIn(bytes)).toEqual({ text: 'Xin ch\ufffd\ufffdo' })
  })

  it('takes a byte order mark as nothing', () => {
    expect(read('\ufeff{"a":1}')).toEqual({ a: 1 })
  })

  it('at a glance only tells whether it is JSON, and rounds', () => {
    const glance = (text: string) => glanceAtJson(new TextEncoder().encode(text))
    expect(glance('{"id":9007199254740993001}')).toEqual({ text: '{"id":9007199254740993001}', value: { id: 9007199254740993000 } })
    expect(glance('{')).toBeUndefined()
  })

  it.each([['quoted', '"9007199254740993001"', '9007199254740993001'], ['bare, and rounded', '9007199254740993001', 9007199254740993000]])('endless nesting beside an id costs the id its digits at most: %s', (_, written, id) => {
    const text = `{"id":${written},"n":12345678901234567890,"more":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    expect((read(text) as { id: unknown }).id).toBe(id)
  })

  it('endless nesting that does not end is no JSON', () => {
    expect(read(`${'['.repeat(200_000)}12345678901234567890`)).toBeUndefined()
  })
})
