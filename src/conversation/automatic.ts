import type { AccountKey } from '../core/contact.ts'
import { MINUTE, type Millis } from '../core/time.ts'

/** So many contacts paused within a minute on one account are not a person typing. */
const contactsPerMinute = 8
const mostRemembered = 200

/**
 * Notices automatic messages of the platform's own app (away message, instant reply) that look like a person's: they
 * would silence the bot for everybody. Kept in memory, bounded; a restart begins anew.
 */
export function createAutomaticWatch(found: (account: AccountKey, contactKeys: string[], at: Millis) => void) {
  const recent = new Map<AccountKey, { contactKey: string; at: Millis }[]>()
  return (contactKey: string, account: AccountKey, at: Millis): void => {
    const pauses = (recent.get(account) ?? []).filter((pause) => at - pause.at < MINUTE && pause.contactKey !== contactKey)
    pauses.push({ contactKey, at })
    recent.set(account, pauses.slice(-mostRemembered))
    if (pauses.length < contactsPerMinute) return
    recent.delete(account)
    found(account, pauses.map((pause) => pause.contactKey), at)
  }
}
