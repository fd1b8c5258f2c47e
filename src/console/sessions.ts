import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { HOUR, MINUTE, type Millis } from '../core/time.ts'
import type { Register } from '../store/ports.ts'
import { staffKey, type StaffAccount, type StaffBook } from './staff.ts'

/** Without a click for so long, or signed in for so long: sign in again. */
const sessionTerms = { idle: 30 * MINUTE, longest: 12 * HOUR } as const

/** The time of the last click is written at most so often; until then the earlier one counts, so that nobody stays too long. */
const seenStep = 1 * MINUTE

/** What stands in the store under a hash of the session's id: the id itself is with the browser and nowhere else. */
interface KeptSession { staff: string; epoch: number; startedAt: Millis; seenAt: Millis }

export interface Sessions {
  /** A new session; the ids of earlier ones mean nothing for it. */
  start(account: StaffAccount, now: Millis): Promise<string>
  /** Whose session it is; null when it is over or was never ours. `acts` false (a page that refreshes itself) does not prolong it. */
  find(id: string, now: Millis, acts: boolean): Promise<StaffAccount | null>
  end(id: string): Promise<void>
}

const prefix = 'secret:session:'
const entryName = (id: string): string => prefix + createHash('sha256').update(id).digest('base64url')

/** `newId` gives 32 random bytes as base64url. */
export function createSessions(register: Register, staff: Pick<StaffBook, 'find'>, newId: () => string): Sessions {
  const isOver = ({ startedAt, seenAt }: KeptSession, now: Millis): boolean =>
    now - seenAt >= sessionTerms.idle || now - startedAt >= sessionTerms.longest || now < startedAt

  async function remove(name: string): Promise<void> {
    const entry = await register.readEntry(name)
    if (entry !== null) await register.writeEntry(name, null, entry.version)
  }

  async function sweep(now: Millis): Promise<void> {
    for (const { name, value } of await register.listEntries(prefix)) if (isOver(JSON.parse(value) as KeptSession, now)) await remove(name)
  }

  return {
    async start(account, now) {
      await sweep(now)
      const id = newId()
      const kept: KeptSession = { staff: staffKey(account.name), epoch: account.epoch, startedAt: now, seenAt: now }
      await register.writeEntry(entryName(id), JSON.stringify(kept), 0)
      return id
    },
    async find(id, now, acts) {
      const name = entryName(id)
      const entry = await register.readEntry(name)
      if (entry === null) return null
      const kept = JSON.parse(entry.value) as KeptSession
      const account = await staff.find(kept.staff)
      if (isOver(kept, now) || account === null || account.disabled || account.epoch !== kept.epoch) {
        await remove(name)
        return null
      }
      if (acts && now - kept.seenAt >= seenStep) await register.writeEntry(name, JSON.stringify({ ...kept, seenAt: now }), entry.version)
      return account
    },
    end: (id) => remove(entryName(id)),
  }
}

/** What every form of a session carries: only pages made for this session know it. */
export const formToken = (sessionId: string): string => createHmac('sha256', sessionId).update('form').digest('base64url')

export function isFormToken(sessionId: string, given: string): boolean {
  const [expected, found] = [Buffer.from(formToken(sessionId)), Buffer.from(given)]
  return expected.length === found.length && timingSafeEqual(expected, found)
}
