import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/answer/article.ts'
import { expiredAnswer, reviewOf } from '../../src/conversation/compose.ts'
import { sampleArticle, sampleContent } from '../support/content.ts'
import { Dialogue } from '../support/dialogue.ts'

const press = [{ title: 'Soha', number: null, date: '2026', url: 'https://soha.vn/x' }]
const safety = 'content/articles/an-toan/a.md'
const payment = 'content/articles/thanh-toan/a.md'
const button = (url: string) => ({ actions: [{ title: 'Mở', url }] })
const textOf = (change: Partial<Article>): string => expiredAnswer(sampleContent(), sampleArticle('a', change)).text

describe('an expired article', () => {
  it.each<[string, Partial<Article>, string]>([
    ['its button', { sources: press }, '«expired_article» Mục a https://dichvucong.gov.vn'],
    ['a source on a listed site', { actions: [], sources: [...press, { ...press[0]!, url: 'https://thutuc.dichvucong.gov.vn/1' }] }, '«expired_article» Mục a https://thutuc.dichvucong.gov.vn/1'],
    ['its button on any page of the state', button('https://tinh.gov.vn/x'), '«expired_article» Mục a https://tinh.gov.vn/x'],
    ['no button that leads elsewhere', { ...button('https://soha.vn/x'), sources: press }, '«expired_article» Mục a'],
    ['no page of the state that is only a source of news', { actions: [], sources: [{ ...press[0]!, url: 'https://xa-cu.gov.vn/tin' }] }, '«expired_article» Mục a'],
    ['on payment, whom to call first', { actions: [], sources: press, file: payment }, '«expired_article» Mục a\n\n«expired_safety»'],
    ['no newspaper', { actions: [], sources: press }, '«expired_article» Mục a'],
    ['on safety, whom to call first', { actions: [], sources: press, file: safety }, '«expired_article» Mục a\n\n«expired_safety»'],
  ])('gives %s', (_, change, text) => expect(textOf(change)).toBe(text))
})

describe('a step that states facts of an article', () => {
  const flows = { 'flows/main.yaml': `
id: main
title: Menu chính
steps:
  menu:
    ask: Bà con cần gì?
    choices: [{ title: Khai sinh, goto: khai-sinh }]
  khai-sinh:
    ask: Giấy cần có là giấy chứng sinh.
    facts: khai-sinh
    choices: [{ title: Về đầu, goto: menu }]
` }
  const hears = (change: Partial<Article>, withdrawn = false): string => {
    const article = sampleArticle('khai-sinh', change)
    const content = sampleContent({ flows, articles: withdrawn ? [] : [article], change: withdrawn ? { withdrawn: new Map([['khai-sinh', article]]) } : {} })
    const citizen = new Dialogue(content)
    citizen.hears('menu')
    return citizen.hears('khai sinh').join('\n')
  }

  it('ends with where they are from and when they were reviewed', () => {
    expect(hears({})).toMatch(/^Giấy cần có là giấy chứng sinh\.\n\nNguồn: Nghị định 69\/2024\/NĐ-CP, 21\/11\/2026\n\n/)
  })
  it('says they are being reviewed once the article has expired, with the official page and the same choices', () => {
    const heard = hears({ reviewBy: '2026-01-01' })
    expect(heard).toContain('«expired_article» Mục khai-sinh https://dichvucong.gov.vn')
    expect(heard).toContain('Về đầu')
    expect(heard).not.toContain('giấy chứng sinh')
  })
  it('says no more of a withdrawn one, and that it is withdrawn', () => {
    const heard = hears({ withdrawn: { on: '2026-01-01', replacedBy: null } }, true)
    expect(heard).not.toContain('giấy chứng sinh')
    expect(heard).toContain('«withdrawn_article» Mục khai-sinh 01/01/2026 https://dichvucong.gov.vn')
  })
  it('is dated by the article reviewed longest ago, and silent when any has expired', () => {
    const content = sampleContent({ articles: [sampleArticle('a', { reviewed: '2026-11-02' }), sampleArticle('b', { reviewed: '2026-11-01' }), sampleArticle('c', { reviewBy: '2026-11-20' })] })
    expect(reviewOf(content, ['a', 'b'], '2026-11-21')).toEqual({ after: expect.stringContaining('01/11/2026') })
    expect(reviewOf(content, ['a', 'b', 'c'], '2026-11-21')).toEqual({ instead: expect.stringContaining('Mục c') })
    expect(reviewOf(content, ['khong-co'], '2026-11-21')).toEqual({ after: '' })
  })
})

describe('a withdrawn article that a flow, a button and a code still name', () => {
  const gone = (replacedBy: string | null) => {
    const old = sampleArticle('dvc-forgot-password', { withdrawn: { on: '2026-11-01', replacedBy } })
    return new Dialogue(sampleContent({ articles: [sampleArticle('moi')], change: { withdrawn: new Map([[old.id, old]]) } }))
  }
  const ways: [string, (citizen: Dialogue) => string][] = [
    ['a choice of the flow', (citizen) => { citizen.hears('menu'); return citizen.hears('Quên mật khẩu').join('\n') }],
    ['an old button', (citizen) => citizen.taps('a:dvc-forgot-password').messages.map(({ text }) => text).join('\n')],
    ['an old button to its steps', (citizen) => citizen.taps('s:dvc-forgot-password').messages.map(({ text }) => text).join('\n')],
  ]
  it.each(ways)('tells by %s that it is withdrawn, and gives the answer that replaced it', (_, heard) => {
    expect(heard(gone('moi'))).toMatch(/^«withdrawn_replaced» Mục dvc-forgot-password 01\/11\/2026 Mục moi\n\nTrả lời ngắn moi\./)
  })
  it.each(ways)('tells by %s that it is withdrawn where nothing replaced it', (_, heard) => {
    expect(heard(gone(null))).toMatch(/^«withdrawn_article» Mục dvc-forgot-password 01\/11\/2026 https:\/\/dichvucong\.gov\.vn/)
  })
})
