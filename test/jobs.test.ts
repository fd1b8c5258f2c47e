import { describe, expect, it } from 'vitest'
import { silentLog } from '../src/core/ports.ts'
import { due } from '../src/jobs/handovers.ts'
import { createJobs } from '../src/jobs/job.ts'
import { MINUTE } from '../src/core/time.ts'
import { sampleContent } from './support/content.ts'
import { monday9 } from './support/dialogue.ts'
import type { Handover } from '../src/store/ports.ts'

describe('jobs', () => {
  it('run when they are due, a failing one does not keep the others', async () => {
    const ran: string[] = []
    const jobs = createJobs([
      { name: 'a', every: 10, step: async () => { ran.push('a'); throw new Error('x') } },
      { name: 'b', every: 25, step: async () => void ran.push('b') },
    ], silentLog)
    for (const now of [0, 9, 10, 20, 25]) await jobs.run(now)
    expect(ran).toEqual(['a', 'b', 'a', 'a', 'b'])
  })

  it('a clock set back two hours stops nothing', async () => {
    let runs = 0
    const jobs = createJobs([{ name: 'a', every: 10, step: async () => void runs++ }], silentLog)
    for (const now of [7_200_000, 0, 10]) await jobs.run(now)
    expect(runs).toBe(3)
  })

  it('two runs at once are one', async () => {
    let running = 0
    let most = 0
    const jobs = createJobs([{ name: 'a', every: 0, async step() {
      most = Math.max(most, ++running)
      await Promise.resolve()
      running--
    } }], silentLog)
    await Promise.all([jobs.run(1), jobs.run(2)])
    expect(most).toBe(1)
  })
})

describe('what an open handover needs', () => {
  const ports = { province: () => sampleContent().province, answerWithin: 30 * MINUTE, pause: 240 * MINUTE }
  const open: Handover = { id: 'e', contactKey: 'k', account: 'zalo:oa', reason: 'asked', askedAt: monday9, firstStaffAnswerAt: null, closedAt: null, marks: [] }
  it.each([
    ['just asked', open, 0, ['staff_alerted', 'window_told']],
    ['staff know', { ...open, marks: ['staff_alerted'] }, 5, ['window_told']],
    ['30 working minutes later', { ...open, marks: ['staff_alerted'] }, 30, ['staff_reminded', 'citizen_told', 'window_told']],
    ['everybody told', { ...open, marks: ['staff_alerted', 'staff_reminded', 'citizen_told', 'window_told'] }, 90, []],
    ['answered', { ...open, firstStaffAnswerAt: monday9 }, 90, []],
    ['answered long ago', { ...open, firstStaffAnswerAt: monday9 }, 241, ['close']],
  ])('%s', (_, handover, minutes, expected) => {
    expect(due(ports, handover, monday9 + minutes * MINUTE)).toEqual(expected)
  })

  it('nights do not count as waiting', () => {
    const asked = { ...open, askedAt: monday9 + 8 * 60 * MINUTE, marks: ['staff_alerted'] }
    expect(due(ports, asked, monday9 + 20 * 60 * MINUTE)).toEqual(['window_told'])
  })
})
