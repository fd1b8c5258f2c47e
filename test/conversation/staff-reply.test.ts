import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/core/time.ts'
import { sampleContent } from '../support/content.ts'
import { Dialogue } from '../support/dialogue.ts'

describe('an officer answers on our pages', () => {
  it('says exactly that, stops what the assistant had not sent yet, and the assistant falls silent', () => {
    const dialogue = new Dialogue(sampleContent())
    dialogue.says('gặp cán bộ')
    const draft = dialogue.on({ kind: 'staff_reply', says: { text: 'Chào bà con.' } })
    expect(draft).toMatchObject({ messages: [{ text: 'Chào bà con.' }], status: 'staff_reply', changes: { cancelReplies: 'staff_answered', handover: { kind: 'staff_answered' } } })
    expect(dialogue.hears('menu bị lỗi')).toEqual([])
    dialogue.now += 4 * HOUR
    expect(dialogue.hears('quên mật khẩu')).not.toEqual([])
  })

  it('is taken literally: a placeholder in it stays as it was typed', () => {
    const dialogue = new Dialogue(sampleContent())
    expect(dialogue.on({ kind: 'staff_reply', says: { text: '{{province.hotline}}' } }).messages).toEqual([{ text: '{{province.hotline}}' }])
  })

  it('an article goes whole, without choices; one past its review as such; one that is gone says nothing', () => {
    const dialogue = new Dialogue(sampleContent())
    const [whole] = dialogue.on({ kind: 'staff_reply', says: { article: 'pay-qr-how' } }).messages
    expect(whole).toEqual({ text: expect.stringMatching(/^Mục pay-qr-how\n\nTrả lời ngắn pay-qr-how\.\n\n1\. Bước một/) })
    expect(dialogue.on({ kind: 'staff_reply', says: { article: 'old-one' } }).messages).toEqual([{ text: expect.stringContaining('«expired_article»') }])
    expect(dialogue.on({ kind: 'staff_reply', says: { article: 'gone' } }).messages).toEqual([])
  })

  it('given back, the citizen still waits; settled, asking again is a new request', () => {
    const dialogue = new Dialogue(sampleContent())
    dialogue.says('gặp cán bộ')
    dialogue.on({ kind: 'thread_control', owner: 'others' })
    expect(dialogue.hears('alo')).toEqual([])
    dialogue.on({ kind: 'thread_control', owner: 'us' })
    expect(dialogue.hears('gặp cán bộ')[0]).toContain('«handover_again»')
    dialogue.on({ kind: 'thread_control', owner: 'us', settled: true })
    expect(dialogue.hears('gặp cán bộ')[0]).toContain('«handover_open»')
  })

  it('"menu" while an officer holds it ends the request: nothing is noted for staff any more, and asking again is a new one', () => {
    const dialogue = new Dialogue(sampleContent())
    dialogue.says('gặp cán bộ')
    dialogue.on({ kind: 'thread_control', owner: 'others' })
    expect(dialogue.says('menu')).toMatchObject({ changes: { handover: { kind: 'close' } } })
    expect(dialogue.says('hồ sơ của tôi mãi chưa thấy gì').status).toBe('no_source_found')
    expect(dialogue.hears('gặp cán bộ')[0]).toContain('«handover_open»')
  })
})
