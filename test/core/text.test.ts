import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bareWords, clean, fold, lengthOf, saysBare, says, shorten, splitText, words } from '../../src/core/text.ts'

const anyText = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom('Nộp hồ sơ ở xã.\n\n1. Mở https://dichvucong.gov.vn/p/home?a=1\n2. Gọi 1800 1096! 👨‍👩‍👧‍👦'))

describe('folding', () => {
  it.each([
    ['Định Danh', 'dinh danh'],
    ['ĐƯỜNG', 'duong'],
    ['ơ Ơ ư Ư', 'o o u u'],
    ['thuỷ thủy', 'thuy thuy'],
    ['Đ'.normalize('NFD'), 'd'],
  ])('%j → %j', (text, folded) => expect(fold(text)).toBe(folded))
  it('is the same for composed and decomposed letters, and folding twice changes nothing', () => {
    fc.assert(fc.property(anyText, (text) => {
      expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')))
      expect(fold(fold(text))).toBe(fold(text))
    }))
  })
})

describe('cleaning', () => {
  it('takes out what a database refuses', () => {
    expect(clean('a\0b\uD800c')).toBe('abc')
    expect(clean('Ｇõ　１，２！')).toBe('Gõ　1,2!')
    fc.assert(fc.property(anyText, (text) => {
      expect(clean(text).isWellFormed()).toBe(true)
      expect(clean(clean(text))).toBe(clean(text))
    }))
  })
})

describe('bare words', () => {
  it.each([
    ['Dạ em muốn nộp hồ sơ ạ!', 'nop ho so'],
    ['xin chào', 'chao'],
    ['dạ có ạ', 'co'],
    ['Có', 'co'],
    ['dạ', 'da'],
    ['cho tôi', 'cho toi'],
    ['cho tôi với ạ', 'cho toi'],
    ['🙂 !!', ''],
  ])('%j → %j', (text, bare) => expect(bareWords(text)).toBe(bare))
  it('are empty only when there are no words, and hold no new ones', () => {
    fc.assert(fc.property(anyText, (text) => {
      expect(bareWords(text) === '').toBe(words(text).length === 0)
      expect(words(text).join(' ')).toContain(bareWords(text))
    }))
  })
})

describe('saying a phrase', () => {
  it.each<[string, string, boolean]>([
    ['nộp hồ sơ', 'Nộp hồ sơ', true],
    ['nop ho soo', 'nộp hồ sơ', true],
    ['npo ho so', 'nộp hồ sơ', true],
    ['nop hoo soo', 'nộp hồ sơ', false],
    ['quen mat khua vnied', 'quên mật khẩu VNeID', true],
    ['nộp hồ sơ khai sinh ở đâu?', 'nộp hồ sơ', false],
    ['phi', 'phí', true],
    ['phin', 'phí', false],
    ['mẫu 12 ct', 'mẫu 13 ct', false],
    ['mẫu 12 ct', 'mẫu 12 ct', true],
    ['', '', false],
  ])('%j says %j: %s', (message, phrase, said) => expect(says(message, phrase)).toBe(said))
  it('is mutual where both are long enough', () => {
    const phrase = fc.string({ unit: fc.constantFrom(...'abc '), minLength: 11, maxLength: 16 })
    fc.assert(fc.property(phrase, phrase, (a, b) => {
      expect(saysBare(a, b)).toBe(saysBare(b, a))
    }))
  })
})

describe('shortening', () => {
  it('keeps the limit, at a word where it can', () => {
    expect(shorten('một hai ba', 10)).toBe('một hai ba')
    expect(shorten('một hai ba bốn', 9)).toBe('một hai…')
    fc.assert(fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, max) => {
      expect(lengthOf(shorten(text, max))).toBeLessThanOrEqual(max)
    }))
  })
})

describe('splitting', () => {
  const squeezed = (text: string) => text.normalize('NFC').replace(/\s+/gu, '')
  it('loses nothing but white space, and keeps the limit', () => {
    fc.assert(fc.property(anyText, fc.integer({ min: 40, max: 120 }), (text, max) => {
      const pieces = splitText(text, max)
      expect(squeezed(pieces.join(''))).toBe(squeezed(text))
      for (const piece of pieces) expect(lengthOf(piece)).toBeLessThanOrEqual(max)
    }))
  })
  it('prefers a blank line, then a line end, then a sentence end', () => {
    expect(splitText('Một câu. Hai\n\nBa câu nữa đây', 20)).toEqual(['Một câu. Hai', 'Ba câu nữa đây'])
    expect(splitText('Một câu. Hai\nBa câu nữa đây', 20)).toEqual(['Một câu. Hai', 'Ba câu nữa đây'])
    expect(splitText('Một câu ngắn. Hai câu nữa đây', 20)).toEqual(['Một câu ngắn.', 'Hai câu nữa đây'])
  })
  it('does not cut inside a number, a link or an emoji', () => {
    expect(splitText('Bà con gọi 1800 1096 nhé', 16)).toEqual(['Bà con gọi', '1800 1096 nhé'])
    expect(splitText('Mở https://a.vn/p?x=1.2 rồi bấm', 24)).toEqual(['Mở https://a.vn/p?x=1.2', 'rồi bấm'])
    expect(splitText('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 7)).toEqual(['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'])
  })
})
