import type { AccountKey } from '../core/contact.ts'
import { MINUTE, type Millis } from '../core/time.ts'

/** So many contacts paused within a minute on one account are not a person typing. */
const contactsPerMinute = 8
const mostRemembered = 200

/**
 * Notices automatic messages of the platform's own app (away message, instant reply) that look like a person's: they
 * would silence the bot for everybody. It goes by when they were written: what a platform brings after an outage comes all
 * at once. Kept in memory, bounded; a restart begins anew.
 */
export function createAutomaticWatch(found: (account: AccountKey, contactKeys: string[]) => void) {
  const recent = new Map<AccountKey, { contactKey: string; writtenAt: Millis }[]>()
  return (contactKey: string, account: AccountKey, writtenAt: Millis): void => {
    const pauses = (recent.get(account) ?? []).filter((pause) => Math.abs(writtenAt - pause.writtenAt) < MINUTE && pause.contactKey !== contactKey)
    pauses.push({ contactKey, writtenAt })
    recent.set(account, pauses.slice(-mostRemembered))
    if (pauses.length < contactsPerMinute) return
    recent.delete(account)
    found(account, pauses.map((pause) => pause.contactKey))
  }
}
