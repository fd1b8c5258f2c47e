import { describe, expect, it } from 'vitest'
import { planCorrection, type CorrectionStep } from '../../src/campaign/correction.ts'
import { channelOfMeans, meansNames, type MeansName } from '../../src/core/campaign.ts'
import { isPublication } from '../../src/campaign/means.ts'
import { HOUR, MINUTE } from '../../src/core/time.ts'
import { morning } from './support.ts'
import { rules } from './world.ts'

const after = (kind: 'correct' | 'recall', means: MeansName, ago = HOUR): CorrectionStep =>
  planCorrection(kind, [{ post: 'a', account: `${channelOfMeans(means)}:1`, means, at: morning - ago, people: isPublication(means) ? null : 1_234, unknown: 0 }], rules, morning)[0]!

describe('a correction', () => {
  it.each<[MeansName, CorrectionStep['step'], CorrectionStep['step']]>([
    ['zalo_broadcast', 'edit', 'hide'], ['zalo_consultation', 'follow_up', 'follow_up'], ['zalo_template', 'by_hand', 'by_hand'],
    ['facebook_post', 'edit', 'delete'], ['facebook_message', 'follow_up', 'follow_up'], ['facebook_utility', 'by_hand', 'by_hand'],
    ['telegram_channel', 'edit', 'delete'], ['telegram_direct', 'follow_up', 'follow_up'],
  ])('of %s: to put right %s, to take back %s', (means, correct, recall) => {
    expect([after('correct', means).step, after('recall', means).step]).toEqual([correct, recall])
  })

  it('can delete in a Telegram channel for 48 hours, then only put other words there', () => {
    expect(after('recall', 'telegram_channel', 48 * HOUR).step).toBe('delete')
    expect(after('recall', 'telegram_channel', 48 * HOUR + MINUTE)).toMatchObject({ step: 'edit', what: expect.stringContaining('quá hạn xóa') })
  })

  it('tells those of whom nobody knows apart', () => {
    const gone = { post: 'a', account: 'zalo:1', means: 'zalo_consultation', at: morning - HOUR, people: 302, unknown: 2 } as const
    expect(planCorrection('recall', [gone], rules, morning)[0]!.what).toMatch(/^302 người đã nhận, 2 chưa rõ; gửi lời thu hồi cho đúng những người này/)
  })

  it('says for every means what is not undone, with the number of people where it is known', () => {
    for (const means of meansNames) for (const kind of ['correct', 'recall'] as const) {
      const { what, account, post } = after(kind, means)
      expect({ account, post }).toEqual({ account: `${channelOfMeans(means)}:1`, post: 'a' })
      expect(what.length).toBeGreaterThan(10)
      if (!isPublication(means)) expect(what).toContain('1234 người')
    }
  })
})
