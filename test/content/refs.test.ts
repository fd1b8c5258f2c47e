import { describe, expect, it } from 'vitest'
import { codeWord, countedRef, otherRef, refAt, targetOf, typedRef } from '../../src/content/refs.ts'
import { sampleArticle, sampleContent } from '../support/content.ts'

const content = sampleContent({ articles: [sampleArticle('pay-qr-how'), sampleArticle('khai-sinh-lai')] })
const refs = { 'khai-sinh': 'article:pay-qr-how', vneid: 'flow:main' }
const known = { ...content, entry: { ...content.entry, refs } }

describe('codes that lead in', () => {
  it.each([
    ['#khai-sinh', 'khai-sinh'], ['#Khai Sinh', 'khai-sinh'], ['# khaisinh', 'khai-sinh'], ['  #KHAI-SINH ', 'khai-sinh'], ['#khai-sinh-cho-trung-tam', 'khai-sinh--cho-trung-tam'],
    ['#khai sinh Chợ Đầu Mối', 'khai-sinh--cho-dau-moi'], ['#vneid', 'vneid'], ['#pay-qr-how', 'pay-qr-how'], ['#khai-sinh-lai', 'khai-sinh-lai'],
    ['khai sinh', null], ['#', null], ['#khai', null], ['#khong-co', null], ['#constructor', null], [`#${'x'.repeat(500)}`, null], ['hỏi #khai-sinh', null],
  ])('%s → %s', (text, ref) => expect(typedRef(known, text)).toBe(ref))

  it.each([
    ['khai-sinh', 'khai-sinh'], ['khai-sinh--cho', 'khai-sinh--cho'], ['main', 'main'], ['pay-qr-how', 'pay-qr-how'], ['article:pay-qr-how', 'article:pay-qr-how'], ['muc-da-rut', 'muc-da-rut'],
    ['dot-1010', 'dot-1010'], ['la', otherRef], ['la--khai-sinh', otherRef], ['constructor', otherRef], ['', otherRef], [otherRef, otherRef],
  ])('%s is counted as %s', (ref, name) => {
    const ever = { ...known, withdrawn: new Map([['muc-da-rut', sampleArticle('muc-da-rut')]]), calendars: new Map([['dot-1010', []]]) }
    expect(countedRef(ever, ref)).toBe(name)
  })

  it('a place is counted apart and leads to the same; what is printed comes back as it was', () => {
    const ref = refAt('khai-sinh', 'Nhà văn hóa thôn Đông')
    expect(ref).toBe('khai-sinh--nha-van-hoa-thon-dong')
    expect(targetOf(known, ref)).toBe('article:pay-qr-how')
    expect(typedRef(known, codeWord(ref))).toBe(ref)
    expect(refAt('khai-sinh', ' … ')).toBe('khai-sinh')
    expect(refAt('khai-sinh', 'một '.repeat(40))).toMatch(/^[\w-]{1,64}$/)
    expect([targetOf(known, 'pay-qr-how--cho'), targetOf(known, 'la'), targetOf(known, 'toString')]).toEqual(['pay-qr-how', 'la', 'toString'])
  })
})
