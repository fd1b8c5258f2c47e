import { canonicalJson, sha256 } from '../campaign/canonical.ts'
import { withoutContacts } from '../core/mask.ts'
import { MINUTE, type Clock, type Millis } from '../core/time.ts'
import type { Register } from '../store/ports.ts'

/** Who looked at what citizens wrote, and who changed what: append-only, each line with the hash of the line before. */

export const accessActions = [
  'signed_in', 'signed_out', 'password_changed', 'case_claimed', 'case_taken_over', 'conversation_read', 'answer_sent', 'case_released', 'case_closed',
  'staff_added', 'staff_changed', 'uncertain_read', 'recipients_read', 'recipients_exported', 'trial_sent', 'trial_phone_added', 'trial_phone_removed', 'picture_added', 'comments_read', 'comment_answered', 'activities_changed', 'report_written', 'report_downloaded',
  'content_submitted', 'content_returned', 'content_published', 'content_dropped', 'content_restored', 'questions_read', 'question_released',
  'data_request_noted', 'data_request_closed', 'contact_exported', 'contact_erased',
] as const
export type AccessAction = (typeof accessActions)[number]

export interface AccessEntry {
  at: Millis
  who: string
  action: AccessAction
  /** A contact key, a filter or a staff name; never a platform id or a citizen's words. */
  about: string
  /** How many messages, people or rows; null where nothing is counted. */
  count: number | null
  /** Why, in the officer's words; empty where no reason is asked for. */
  reason: string
}

export interface AccessLine extends AccessEntry {
  /** From 1, without gaps. */
  seq: number
  /** The hash of the line before; 64 zeros for the first. */
  previous: string
  hash: string
}

export interface AccessLog {
  /** Durable when it resolves: what it tells of happens after it. */
  append(entry: AccessEntry): Promise<void>
  /** The last lines, newest first. */
  latest(limit: number): Promise<AccessLine[]>
  /** A stretch of at most a thousand lines that ends before the line `before` (null: with the last one), newest first; none where nothing stands before it. */
  before(before: number | null): Promise<AccessLine[]>
  /** Reads the whole chain; `brokenAt` is the first line that is not as it was written, null when all are. */
  verify(): Promise<{ lines: number; head: string; brokenAt: number | null }>
}

/** Looking at the same again within so long is one line of the log. */
export const oneReading: Millis = 15 * MINUTE

/** Notes who looks, at most once within `oneReading` each. Remembers in memory: after a restart a look is noted once more. */
export function createReadingLog(log: Pick<AccessLog, 'append'>, now: Clock): (looked: Pick<AccessEntry, 'who' | 'action' | 'about' | 'count'>) => Promise<void> {
  const readAt = new Map<string, Millis>()
  return async (looked) => {
    const at = now()
    if (at - (readAt.get(looked.who) ?? -Infinity) < oneReading) return
    readAt.set(looked.who, at)
    await log.append({ ...looked, at, reason: '' })
  }
}

const prefix = 'access:'
const headEntry = 'access-head'
/** Lines are listed a thousand at a time: their names share all but the last three digits. */
const nameOf = (seq: number): string => prefix + String(seq).padStart(12, '0')
const start = { seq: 0, hash: '0'.repeat(64) }

const hashOf = ({ hash: _, ...line }: Omit<AccessLine, 'hash'> & { hash?: string }): string => sha256(canonicalJson(line))

export function createAccessLog(register: Register): AccessLog {
  const lineAt = async (seq: number): Promise<AccessLine | null> => {
    const entry = await register.readEntry(nameOf(seq))
    return entry === null ? null : (JSON.parse(entry.value) as AccessLine)
  }

  /** The last line. The noted head may be behind after a crash, never ahead: a line is written before the note. */
  async function head(): Promise<{ seq: number; hash: string }> {
    const noted = await register.readEntry(headEntry)
    let last = noted === null ? start : (await lineAt(Number(noted.value))) ?? start
    for (let next = await lineAt(last.seq + 1); next !== null; next = await lineAt(last.seq + 1)) last = next
    return last
  }

  async function noteHead(seq: number): Promise<void> {
    const noted = await register.readEntry(headEntry)
    if (noted === null || Number(noted.value) < seq) await register.writeEntry(headEntry, String(seq), noted?.version ?? 0)
  }

  return {
    async append(entry) {
      for (;;) {
        const before = await head()
        const line = { ...entry, reason: withoutContacts(entry.reason), seq: before.seq + 1, previous: before.hash }
        const chained: AccessLine = { ...line, hash: hashOf(line) }
        if (await register.writeEntry(nameOf(chained.seq), JSON.stringify(chained), 0)) return noteHead(chained.seq)
      }
    },
    async latest(limit) {
      const { seq: last } = await head()
      const seqs = Array.from({ length: Math.min(limit, last) }, (_, back) => last - back)
      return (await Promise.all(seqs.map(lineAt))).flatMap((line) => (line === null ? [] : [line]))
    },
    async before(before) {
      const last = Math.min((await head()).seq, (before ?? Infinity) - 1)
      if (last < 1) return []
      const block = await register.listEntries(prefix + String(Math.floor(last / 1000)).padStart(9, '0'))
      return block.map(({ value }) => JSON.parse(value) as AccessLine).filter(({ seq }) => seq <= last).reverse()
    },
    async verify() {
      let before: { seq: number; hash: string } = start
      const noted = Number((await register.readEntry(headEntry))?.value ?? 0)
      for (let block = 0; ; block++) {
        const entries = await register.listEntries(prefix + String(block).padStart(9, '0'))
        if (entries.length === 0 && block * 1000 > noted) break
        for (const { value } of entries) {
          const line = JSON.parse(value) as AccessLine
          if (line.seq !== before.seq + 1 || line.previous !== before.hash || line.hash !== hashOf(line)) return { lines: before.seq, head: before.hash, brokenAt: before.seq + 1 }
          before = line
        }
      }
      return { lines: before.seq, head: before.hash, brokenAt: before.seq < noted ? before.seq + 1 : null }
    },
  }
}
