import type { SendOutcome } from '../core/delivery.ts'

const gone: SendOutcome = { kind: 'contact_gone', reason: 'blocked' }
const rejected: SendOutcome = { kind: 'rejected' }
const deadToken: SendOutcome = { kind: 'bad_configuration', needs: 'consent' }

/**
 * `error_code` and words of `description` (lower case), first match wins; `says: ''` is every other description of that
 * code. Telegram has no finer numbers; the words are those of its published server source. 429 and 5xx are not here: the
 * first carries its own wait, the others are judged as bare statuses.
 */
export const telegramOutcomes: readonly { code: number; says: string; outcome: SendOutcome }[] = [
  { code: 400, says: 'chat not found', outcome: gone },
  { code: 400, says: 'peer_id_invalid', outcome: gone },
  { code: 400, says: 'upgraded to a supergroup', outcome: gone },
  { code: 400, says: 'message is too long', outcome: rejected },
  { code: 400, says: 'query is too old', outcome: rejected },
  { code: 400, says: 'message is not modified', outcome: rejected },
  { code: 400, says: 'message to delete not found', outcome: rejected },
  { code: 400, says: '', outcome: rejected },
  { code: 401, says: '', outcome: deadToken },
  { code: 403, says: 'bot was blocked', outcome: gone },
  { code: 403, says: 'user is deactivated', outcome: gone },
  { code: 403, says: "can't initiate conversation", outcome: gone },
  { code: 403, says: 'bot was kicked', outcome: gone },
  { code: 403, says: '', outcome: gone },
  // What Telegram answers to a token that never was one.
  { code: 404, says: '', outcome: deadToken },
]

/** The table's line for an answer; null when only the status can judge it. */
export function telegramOutcome(code: number, description: string): { outcome: SendOutcome; code: string } | null {
  const lower = description.toLowerCase()
  const line = telegramOutcomes.find((line) => line.code === code && lower.includes(line.says))
  return line === undefined ? null : { outcome: line.outcome, code: line.says === '' ? String(code) : `${code} ${line.says}` }
}

/** A change that was asked for twice, as after a call without an answer: it stands already. */
export const isChangedAlready = (code: string): boolean => code === '400 message is not modified' || code === '400 message to delete not found'

/** A button's address or a file's URL was refused, not the person and not the words. */
export const isFormRefused = (code: string): boolean => code === '400'
