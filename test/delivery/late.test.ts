import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../src/core/time.ts'
import { lateEventOf, lateness } from '../../src/delivery/late.ts'
import { monday9 } from '../support/dialogue.ts'

const terms = { lateAfter: 15 * MINUTE, staleAfter: 2 * HOUR, lateLine: (time: string) => `Trả lời muộn cho tin lúc ${time}.` }
const delivery = { part: { text: 'Câu trả lời' }, questionAt: monday9, questionMessageId: 'm1', origin: 'reply' } as const

describe('lateness at the moment of sending', () => {
  it('in time: as it is', () => {
    expect(lateness(delivery, monday9 + 15 * MINUTE, terms)).toEqual({ kind: 'send', part: { text: 'Câu trả lời' } })
  })
  it('late: says so and quotes the question', () => {
    expect(lateness(delivery, monday9 + 16 * MINUTE, terms)).toEqual({ kind: 'send', part: { text: 'Trả lời muộn cho tin lúc 09:00.\n\nCâu trả lời', quote: 'm1' } })
  })
  it('too late: not sent', () => {
    expect(lateness(delivery, monday9 + 2 * HOUR + 1, terms)).toEqual({ kind: 'too_late' })
  })
  it('what answers no question is never late', () => {
    expect(lateness({ ...delivery, questionAt: null }, monday9 + 9 * HOUR, terms)).toMatchObject({ kind: 'send' })
    expect(lateness({ ...delivery, origin: 'staff' }, monday9 + 9 * HOUR, terms)).toMatchObject({ kind: 'send' })
  })
  it('several parts of one answer make one event', () => {
    const contact = { channel: 'zalo', accountId: 'a', userId: 'u' } as const
    expect(lateEventOf({ id: 'zalo:a:text:1#1', contact }, 5).id).toBe(lateEventOf({ id: 'zalo:a:text:1#2', contact }, 6).id)
  })
})
