import { type AccountKey, accountKey } from '../src/core/contact.ts'
import type { Log } from '../src/core/ports.ts'
import { MINUTE, type Clock, type Millis } from '../src/core/time.ts'
import type { Refusal } from './route.ts'

/** A line for each refused request, bounded: whoever floods the webhook must not fill the disk. */
export interface RefusalLog {
  refused(refusal: Refusal): void
  /** Tells how many more there were in windows that are over. To be called now and then. */
  flush(now: Millis): void
}

/** So many lines a minute for one channel and status; the rest of that minute is one line with their number. */
export const linesPerMinute = 10

/** `isOurs`: an account in the address is written by whoever sends, so only one that is configured may stand in the log. */
export function createRefusalLog(log: Log, now: Clock, isOurs: (account: AccountKey) => boolean): RefusalLog {
  /** By channel and status, which are few. */
  const windows = new Map<string, { since: Millis; seen: number; of: Pick<Refusal, 'channel' | 'status'> }>()

  function close(key: string): void {
    const window = windows.get(key)
    windows.delete(key)
    if (window === undefined || window.seen <= linesPerMinute) return
    log.warn({ ...window.of, more: window.seen - linesPerMinute, since: new Date(window.since).toISOString() }, 'more webhook requests refused')
  }

  return {
    refused({ request, channel, accountId, status, reason }) {
      const at = now()
      const key = `${channel} ${status}`
      if (isOver(windows.get(key)?.since, at)) close(key)
      const window = windows.get(key) ?? { since: at, seen: 0, of: { channel, status } }
      windows.set(key, window)
      if (++window.seen > linesPerMinute) return
      const account = accountId === null ? null : accountKey({ channel, accountId })
      log.warn({ request, channel, account: account !== null && isOurs(account) ? account : null, status, reason }, 'webhook request refused')
    },
    flush(at) {
      for (const [key, { since }] of windows) if (isOver(since, at)) close(key)
    },
  }
}

/** A clock that was put back ends the window too. */
const isOver = (since: Millis | undefined, now: Millis): boolean => since !== undefined && (now - since >= MINUTE || now < since)
