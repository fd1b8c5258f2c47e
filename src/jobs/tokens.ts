import type { Finding } from '../channels/finding.ts'
import { DAY, type Millis } from '../core/time.ts'
import type { Alarms } from './alarms.ts'
import type { Job } from './job.ts'

/** Tells people once, while there is time, that a token ends or lacks a permission. What could not be asked changes nothing. */
export function tokenJob(check: (now: Millis) => Promise<Finding[]>, alarms: Alarms): Job {
  return {
    name: 'tokens',
    every: 1 * DAY,
    alone: true,
    async step(now) {
      for (const [account, findings] of Map.groupBy(await check(now), (finding) => finding.account)) {
        if (findings.some(({ level }) => level === 'unknown')) continue
        const text = findings.filter(({ level }) => level !== 'ok').map(({ what }) => what).join(' ')
        await alarms.set(`token:${account}`, text === '' ? null : text, text === '' ? null : { kind: 'account_state', account, text })
      }
    },
  }
}
